"""Plain rows and counts of the database say what the reports themselves say, in random years."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest

from huangshi_tasks.lib.clock import SHANGHAI
from progress.models import Period, ProgressReport, ReportState, ReportVersion, TaskPeriod
from progress.periods.access import periods_of
from progress.periods.filed import Filed, as_rows, owed_among, read
from progress.periods.opening import ensure_reports
from progress.periods.owed import Filing, Reliefs, filing_state, is_on_time, owed
from progress.reviewing.queue import queue_of
from reports.stats.filing_lines import (
    DUE,
    NEW,
    OLD,
    Wanted,
    filing_lines,
    lines_to_do,
    lines_wanted,
)
from reports.stats.heat import heat_map
from reports.stats.newest import newest_of
from reports.stats.punctuality import counted_of, left_of, punctuality_of
from reports.tests.factories import freeze
from reports.tests.random_year import NOW, make_random_year
from tasks.models import Plan, Responsibility
from tests.cast import Cast
from tests.decisions import adjusted
from tests.sampling import sampled

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SECONDS = (-86400, -1, 0, 1, 86400, 5 * 86400)  # around the last moment of the last day


@pytest.fixture(params=sampled([2, 1, 3], 3))
def year(cast: Cast, plan: Plan, request: Any) -> Plan:
    """Some months filed in time, late, empty or never; some finalized; some who answer no more."""
    rng = Random(request.param)
    tasks = make_random_year(plan, cast, request.param)
    for period in Period.objects.filter(plan=plan, data_as_of__lt="2022-07-01"):
        ensure_reports(period, period.opens_on)
        if rng.random() < 0.7:
            Period.objects.filter(pk=period.pk).update(state="finalized")
    for report in ProgressReport.objects.filter(period__plan=plan):
        _file(report, rng)
    for task in rng.sample(tasks, 3):
        adjusted(cast, task, "suspension", rng.choice([date(2022, 5, 20), date(2022, 7, 1)]))
    for held in rng.sample(list(Responsibility.objects.filter(task__plan=plan)), 6):
        Responsibility.objects.filter(pk=held.pk).update(ends_on="2022-06-15", is_primary=False)
    for task in rng.sample(tasks, 8):
        freeze(task, "slow", code="2022-05", percent=20)
    return Plan.objects.get(pk=plan.pk)


def _file(report: ProgressReport, rng: Random) -> None:
    drawn = rng.random()
    if drawn < 0.4:
        return
    version, _ = ReportVersion.objects.get_or_create(report=report, number=1)
    if drawn < 0.5:
        return
    midnight = datetime.combine(report.due_on + timedelta(days=1), time(), SHANGHAI)
    left = midnight + timedelta(seconds=rng.choice(SECONDS))
    state = rng.choice([ReportState.REVIEWING, ReportState.ACCEPTED, ReportState.RETURNED])
    version.signed_at = left
    version.explanations = rng.choice([{}, {"jump:i3:value": "集中完工。"}, {"same_text:": " "}])
    version.save()
    ProgressReport.objects.filter(pk=report.pk).update(
        first_left_at=left,
        state=state,
        first_was_empty=rng.random() < 0.2,
        accepted_version=version if state == ReportState.ACCEPTED else None,
    )


def test_what_is_owed_is_the_same_in_rows_and_in_the_database(year: Plan) -> None:
    periods = periods_of(year)
    made = read([year], as_rows(ProgressReport.objects.filter(period__plan=year)))
    rows = owed_among(made, Reliefs.of(year))
    reports = {report.pk: report for period in periods for report in owed(period)}
    assert {row.pk for row in rows} == set(reports)
    assert len(rows) < len(made)
    for row in rows:
        report = reports[row.pk]
        assert filing_state(row, TODAY) == filing_state(report, TODAY)
        assert is_on_time(row) == is_on_time(report)
        assert (row.unit.pk, row.task.pk, row.task.code) == (
            report.unit.pk,
            report.task.pk,
            report.task.code,
        )
        assert (str(row), row.get_duty_display()) == (str(report), report.get_duty_display())


def test_the_database_counts_what_the_rows_say(year: Plan) -> None:
    lines = filing_lines(year, NOW)
    rows = [line.report for line in lines]
    todo = [line.report for line in lines_to_do([year], NOW)]
    at_hand = [each for each in todo if not each.period.is_finalized or not each.first_left_at]
    shown = heat_map([*left_of(year, TODAY), *counted_of(at_hand)])
    expected = heat_map(counted_of(rows))
    assert shown.days == expected.days
    assert [(row.unit, row.late, row.cells) for row in shown.rows] == [
        (row.unit, row.late, row.cells) for row in expected.rows
    ]
    assert sum(row.late for row in shown.rows) > 5
    found = [cell.punctuality for row in shown.rows for cell in row.cells if cell.punctuality]
    assert len({each.heat for each in found}) > 1
    for row in shown.rows:
        own = [each for each in rows if each.unit == row.unit]
        cells = [cell.punctuality for cell in row.cells if cell.punctuality is not None]
        assert [_plain(each) for each in cells] == [_plain(each) for each in punctuality_of(own)]


def _plain(each: Any) -> tuple[int, ...]:
    return each.period.pk, each.owed, each.late, each.missing


def test_the_sentence_of_a_unit_is_that_of_its_reports(year: Plan) -> None:
    rows = read([year], as_rows(ProgressReport.objects.filter(period__plan=year)))
    reports: list[Filing] = list(ProgressReport.objects.filter(period__plan=year))
    said = [each.sentence for each in punctuality_of(rows)]
    assert said == [each.sentence for each in punctuality_of(reports)]
    assert any("迟报" in each for each in said)


def test_what_is_to_do_is_part_of_all_lines(year: Plan) -> None:
    lines = {line.report.pk: line for line in filing_lines(year, NOW)}
    todo = lines_to_do([year], NOW)
    assert all(lines[line.report.pk] == line for line in todo)
    wanted = {pk for pk, line in lines.items() if _is_to_do(line.report)}
    assert {line.report.pk for line in todo} == wanted


def _is_to_do(report: Filed) -> bool:
    is_over = report.period.is_finalized and report.first_left_at is not None
    return not is_over or report.state == ReportState.REVIEWING


def test_what_waits_is_the_queue_of_the_reviewer(year: Plan) -> None:
    waiting = {line.report.pk: line for line in filing_lines(year, NOW) if line.wait}
    queue = {row.report.pk: row for row in queue_of([year], NOW).rows}
    assert waiting.keys() == queue.keys()
    for pk, row in queue.items():
        line = waiting[pk]
        assert line.age == row.age
        assert line.wait == (OLD if row.is_old else DUE if row.is_due else NEW)
        assert len(line.findings) == row.explained


def test_the_rows_of_a_condition_are_those_among_all(year: Plan) -> None:
    lines = filing_lines(year, NOW)
    values = {
        "day": ["2022-05-31", "2022-13-01"],
        "unit": [*sorted({line.unit for line in lines}), "0", "x", "²"],
        "state": ["draft", "overdue", "none", "reviewing", "accepted", "unreported", "left", "x"],
        "timing": ["punctual", "late", "missing", "unpunctual", "x"],
        "wait": [NEW, DUE, OLD, "x"],
        "finding": ["jump", "x"],
        "open": ["0", "1", "x"],
    }
    pairs = [(name, value) for name, those in values.items() for value in those]
    found = 0
    for two in combinations(pairs, 2):
        wanted = Wanted(**dict(two))
        expected = wanted.of(lines)
        assert lines_wanted(year, NOW, wanted) == expected, wanted
        found += bool(expected)
    assert found > 50


@pytest.mark.parametrize("until", [None, "2022-05-31"])
def test_the_newest_is_the_latest_of_each_item(year: Plan, until: str | None) -> None:
    day = None if until is None else Period.objects.get(code="2022-05").data_as_of
    latest = {row.task_id: row for row in TaskPeriod.objects.latest_of(year, day)}
    newest = newest_of(year, until=day)
    assert newest.keys() == latest.keys()
    for pk, row in newest.items():
        stored = latest[pk]
        assert (row.period.pk, row.light, row.percent, row.expected, row.reason) == (
            stored.period_id,
            stored.light,
            stored.percent,
            stored.expected,
            stored.reason,
        )
        assert row.light_label == stored.get_light_display()
    unit = Responsibility.objects.filter(task__plan=year)[0].unit_id
    own = set(Responsibility.objects.filter(unit=unit).values_list("task_id", flat=True))
    assert newest_of(year, unit, day) == {pk: row for pk, row in newest.items() if pk in own}
