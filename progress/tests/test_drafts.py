from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress import drafts, workflow
from progress.drafts import fingerprint, save_draft, values_of
from progress.models import ProgressReport
from progress.rows import rows_of
from progress.tests.cast import (
    Cast,
    accept_report,
    at,
    fill,
    make_indicator,
    make_item,
    make_milestone,
    make_plan,
    make_responsibility,
    make_share,
    report_of,
)
from tasks.models import Task
from units.errors import NotNow, Refused

pytestmark = pytest.mark.django_db

NOW, LATER = at("2022-08-03"), at("2022-08-03", "11:00:00")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def task(cast: Cast) -> Task:
    return make_item(make_plan(), cast)


@pytest.fixture
def report(task: Task, cast: Cast) -> ProgressReport:
    return report_of(task, cast.lead)


def save(cast: Cast, report: ProgressReport, base: str, **values: Any) -> drafts.Saved:
    return save_draft(report=report, actor=cast.reporter, now=LATER, values=values, base=base)


def km_key(task: Task) -> str:
    return f"reading:{task.indicators.get().pk}::value"


def test_the_first_save_makes_version_one_as_of_the_periods_date(
    cast: Cast, report: ProgressReport, task: Task
) -> None:
    saved = save(cast, report, fingerprint(None), **{"progress": "示例", km_key(task): Decimal(5)})
    assert (saved.version.number, saved.version.data_as_of) == (1, date(2022, 7, 31))
    assert set(saved.changed) == {"progress", km_key(task)}
    assert saved.version.readings.get().value == 5
    assert saved.version.edited_by_name.startswith("市住建局联络员")


def test_different_fields_of_two_editors_merge(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW)
    both_saw = fingerprint(report.latest())
    first = save(cast, report, both_saw, problems="示例：资金缺口。", next_steps="")
    second = save(cast, report, both_saw, problems="", next_steps="示例：下月招标。")
    assert first.conflicts == second.conflicts == ()
    values = values_of(report.latest())
    assert (values["problems"], values["next_steps"]) == ("示例：资金缺口。", "示例：下月招标。")


def test_the_same_field_of_two_editors_shows_both_and_loses_nothing(
    cast: Cast, report: ProgressReport, task: Task
) -> None:
    fill(report, cast.reporter, NOW, 100)
    both_saw = fingerprint(report.latest())
    save(cast, report, both_saw, **{"problems": "甲", km_key(task): Decimal(110)})
    second = save(
        cast, report, both_saw, **{"problems": "乙", km_key(task): Decimal(120), "note": "丙"}
    )
    assert second.changed == ("note",)
    kept = {conflict.key: (conflict.mine, conflict.theirs) for conflict in second.conflicts}
    assert kept == {"problems": ("乙", "甲"), km_key(task): (Decimal(120), Decimal(110))}
    assert second.conflicts[0].their_name.startswith("市住建局联络员")
    settled = save(cast, report, fingerprint(report.latest()), problems="甲；乙")
    assert settled.conflicts == ()
    assert values_of(report.latest())["problems"] == "甲；乙"


def test_two_editors_who_say_the_same_do_not_conflict(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 100)
    both_saw = fingerprint(report.latest())
    save(cast, report, both_saw, problems="甲\n乙")
    assert save(cast, report, both_saw, problems="甲\r\n乙").conflicts == ()


def test_a_number_written_differently_is_the_same_number(
    cast: Cast, report: ProgressReport, task: Task
) -> None:
    fill(report, cast.reporter, NOW, "100")
    saved = save(cast, report, fingerprint(report.latest()), **{km_key(task): Decimal("100.00")})
    assert saved.changed == ()


@pytest.mark.parametrize("base", ["", "null", "[1]", "{", '{"problems": 7}', "\x00"])
def test_nonsense_as_fingerprint_overwrites_nothing(
    cast: Cast, report: ProgressReport, base: str
) -> None:
    fill(report, cast.reporter, NOW, 100, problems="甲")
    saved = save(cast, report, base, problems="乙")
    assert [conflict.theirs for conflict in saved.conflicts] == ["甲"]


def test_only_the_liaison_of_the_unit_types(cast: Cast, report: ProgressReport) -> None:
    for actor in (cast.signer, cast.stranger_reporter, cast.office, cast.leader):
        with pytest.raises(Refused, match="联络员填报"):
            save_draft(report=report, actor=actor, now=NOW, values={"progress": "x"}, base="")


def test_rows_of_other_items_and_unknown_fields_are_refused(
    cast: Cast, report: ProgressReport, task: Task
) -> None:
    other = make_item(task.plan, cast, 2)
    for key in (km_key(other), "state", "decision", "reading:1:2:3", "milestone:9:done_on"):
        with pytest.raises(Refused, match="不属于这份填报"):
            save(cast, report, "", **{key: Decimal(1)})


def test_a_report_on_its_way_is_not_typed_in(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    with pytest.raises(NotNow, match="当前为“待审签”，不能修改"):
        save(cast, report, "", progress="x")


def test_explanations_of_warnings_are_part_of_the_draft(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    key = "explanation:same_text:progress"
    save(cast, report, fingerprint(report.latest()), **{key: "示例：按月推进。"})
    version = report.latest()
    assert version is not None
    assert version.explanations == {"same_text:progress": "示例：按月推进。"}


# --- who fills which row ---


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
    workflow.submit(report=county_report, actor=cast.county_reporter, now=NOW)
    workflow.sign(report=county_report, actor=cast.county_signer, now=NOW)
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
