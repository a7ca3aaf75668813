from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.checking.look import look_at
from progress.contents.rows import Rows
from progress.filing import drafts
from progress.lifecycle import by_unit
from progress.models import ProgressReport
from tasks.models import Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    make_indicator,
    make_milestone,
    make_responsibility,
    make_share,
    report_of,
    save_draft,
)
from units.errors import Refused

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


def rows_of(report: ProgressReport) -> Rows:
    return look_at(report, report.latest()).rows


def save(cast: Cast, report: ProgressReport, base: str, **values: Any) -> drafts.Saved:
    return save_draft(report=report, actor=cast.reporter, now=NOW, values=values, base=base)


@pytest.fixture
def shared(cast: Cast, task: Task) -> Task:
    """The item with a county's share, and a co-lead with a number and a milestone of its own."""
    make_share(task.indicators.get(), cast.county, 100)
    make_responsibility(task, cast.county, "support")
    co_lead = make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    make_indicator(task, co_lead, 40, name="改造街巷", unit_of_measure="条")
    make_milestone(task, co_lead, date(2022, 9, 30))
    return task


def editable(report: ProgressReport) -> list[tuple[str, str]]:
    rows = rows_of(report)
    numbers = [(r.indicator.name, str(r.unit or "")) for r in rows.indicators if r.is_editable]
    return numbers + [(row.milestone.title, "") for row in rows.milestones if row.is_editable]


def test_each_unit_fills_its_own_rows_and_nobody_is_asked_twice(cast: Cast, shared: Task) -> None:
    assert editable(report_of(shared, cast.lead)) == [("改造道路", ""), ("改造道路", "大冶市政府")]
    assert editable(report_of(shared, cast.co_lead)) == [("改造街巷", ""), ("开工", "")]
    assert editable(report_of(shared, cast.county)) == [("改造道路", "大冶市政府")]
    locked = [row.locked_reason for row in rows_of(report_of(shared, cast.lead)).indicators]
    assert locked == ["", "", "由市城管委填报"]


def test_the_primary_fills_a_missing_county_row_and_it_is_marked(cast: Cast, shared: Task) -> None:
    report = report_of(shared, cast.lead)
    key = f"reading:{shared.indicators.get(name='改造道路').pk}:{cast.county.pk}:value"
    save(cast, report, "", **{key: Decimal(60)})
    reading = report.versions.get().readings.get()
    assert (reading.unit, reading.value, reading.filled_by_lead) == (cast.county, Decimal(60), True)


def test_a_row_that_the_county_sent_is_shown_and_locked(cast: Cast, shared: Task) -> None:
    indicator = shared.indicators.get(name="改造道路")
    prefix = f"reading:{indicator.pk}:{cast.county.pk}:"
    county_report = report_of(shared, cast.county)
    save_draft(
        report=county_report,
        actor=cast.county_reporter,
        now=NOW,
        values={prefix + "value": Decimal(61)},
        base="",
    )
    reading = county_report.versions.get().readings.get()
    assert not reading.filled_by_lead
    by_unit.submit(report=county_report, actor=cast.county_reporter, now=NOW)
    by_unit.sign(report=county_report, actor=cast.county_signer, now=NOW)
    row = next(r for r in rows_of(report_of(shared, cast.lead)).indicators if r.unit is not None)
    assert (row.value, row.is_editable, row.locked_reason) == (
        Decimal(61),
        False,
        "由大冶市政府填报",
    )


def test_a_county_does_not_write_the_citys_figure(cast: Cast, shared: Task) -> None:
    key = f"reading:{shared.indicators.get(name='改造道路').pk}::value"
    with pytest.raises(Refused):
        save_draft(
            report=report_of(shared, cast.county),
            actor=cast.county_reporter,
            now=NOW,
            values={key: Decimal(1)},
            base="",
        )


def test_the_form_shows_what_was_accepted_in_earlier_periods(cast: Cast, task: Task) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    row = rows_of(report_of(task, cast.lead)).indicators[0]
    assert (row.previous, row.value, row.target) == (Decimal(150), None, Decimal(300))
