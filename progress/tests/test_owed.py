import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from progress import workflow
from progress.decisions import new_approval, register_adjustment, request_adjustment
from progress.models import Duty, Period, PeriodState, ProgressReport
from progress.opening import (
    current_period,
    ensure_periods,
    ensure_reports,
    open_due_periods,
    open_period,
)
from progress.owed import duties_of, filing_state, is_on_time, on_time, owed
from progress.tests.cast import (
    Cast,
    at,
    file_report,
    fill,
    make_indicator,
    make_item,
    make_plan,
    make_responsibility,
    make_share,
    make_task,
    make_unit,
    period_of,
    report_of,
)
from tasks.models import Plan, Task
from units.models import Unit

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def plan() -> Plan:
    return make_plan()


def who_owes(period: Period) -> dict[str, str]:
    ensure_reports(period, period.opens_on)
    return {report.unit.name: report.duty for report in owed(period)}


def test_lead_co_lead_and_county_owe_and_support_does_not(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    make_responsibility(task, cast.county, "support")
    make_share(task.indicators.get(), cast.county, 100)
    assert who_owes(period_of(plan, "2022-07")) == {
        "市住建局": Duty.MAIN,
        "市城管委": Duty.CO_LEAD,
        "大冶市政府": Duty.SHARE,
    }


def test_of_a_project_the_responsibles_after_the_first_are_co_leads(cast: Cast, plan: Plan) -> None:
    project = make_task(plan, kind="practical_project")
    make_responsibility(project, cast.lead, "responsible", is_primary=True)
    make_responsibility(project, cast.co_lead, "responsible", ordinal=2)
    assert who_owes(period_of(plan, "2022-07")) == {"市住建局": "main", "市城管委": "co_lead"}


def test_a_county_that_leads_an_own_number_files_it_as_a_co_lead(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    own = make_responsibility(task, cast.county, "lead", ordinal=2)
    make_indicator(task, own)
    make_share(task.indicators.order_by("ordinal")[0], cast.county, 100)
    assert who_owes(period_of(plan, "2022-07"))["大冶市政府"] == Duty.CO_LEAD


def test_an_item_owes_in_the_periods_of_its_own_cycle(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast, 1)
    make_item(plan, cast, 2, cycle="quarterly", tracking="qualitative")
    assert [owed.responsibility.task.number for owed in duties(plan, "quarterly")] == [2]
    assert [owed.responsibility.task.number for owed in duties(plan, "monthly")] == [1]
    assert duties(plan, "half_yearly") == []


def duties(plan: Plan, cycle: str) -> list[Any]:
    return duties_of(plan, cycle, date(2022, 6, 30))


def test_what_is_owed_is_known_before_the_year_is_switched_on(cast: Cast) -> None:
    draft = make_plan("draft")
    make_item(draft, cast)
    assert len(duties(draft, "monthly")) == 1
    assert open_due_periods(draft, date(2022, 8, 3)) == 0


def test_a_successor_files_and_its_predecessor_does_not(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    period = period_of(plan, "2022-07")
    assert set(who_owes(period)) == {"市住建局"}
    held = task.responsibilities.get(is_primary=True)
    held.ends_on = date(2022, 7, 27)
    held.save()
    make_responsibility(task, cast.stranger, is_primary=True, starts_on=date(2022, 7, 28))
    assert set(who_owes(period)) == {"市体育局"}
    assert set(who_owes(period_of(plan, "2022-06"))) == {"市住建局"}


def suspend(cast: Cast, task: Task, from_day: date) -> None:
    adjustment = request_adjustment(
        task=task,
        kind="suspension",
        reason="示例",
        starts_on=from_day,
        detail={},
        actor=cast.office,
        now=NOW,
    )
    approval = new_approval(
        decided_by="市政府常务会议",
        decided_on=from_day,
        authority="示例纪要",
        actor=cast.office,
        now=NOW,
    )
    register_adjustment(adjustment=adjustment, approval=approval, actor=cast.office, now=NOW)


def test_a_suspended_item_owes_nothing_from_its_day_on(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    july = period_of(plan, "2022-07")
    assert len(who_owes(july)) == 1
    suspend(cast, task, date(2022, 7, 20))
    assert who_owes(july) == {}
    assert len(who_owes(period_of(plan, "2022-06"))) == 1


def test_what_was_filed_before_a_suspension_stays_counted(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    file_report(cast, report_of(task, cast.lead), NOW, 180)
    suspend(cast, task, date(2022, 7, 20))
    assert len(owed(period_of(plan, "2022-07"))) == 1


# --- making periods and reports ---


def test_making_periods_and_reports_twice_makes_them_once(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    assert len(ensure_periods(plan)) == 11 + 4 + 2
    assert len(ensure_periods(plan)) == 17
    assert open_due_periods(plan, date(2022, 3, 1)) == 1
    assert open_due_periods(plan, date(2022, 3, 1)) == 0
    assert open_due_periods(plan, date(2022, 3, 25)) == 1


def test_a_period_has_no_reports_before_it_opens_nor_new_ones_once_final(
    cast: Cast, plan: Plan
) -> None:
    make_item(plan, cast)
    july = period_of(plan, "2022-07")
    assert ensure_reports(july, date(2022, 7, 24)) == 0
    Period.objects.filter(pk=july.pk).update(state=PeriodState.FINALIZED)
    july.refresh_from_db()
    assert ensure_reports(july, date(2022, 8, 20)) == 0


def test_the_current_period_is_the_newest_that_opened(plan: Plan) -> None:
    july = period_of(plan, "2022-07")
    assert current_period(plan, "monthly", date(2022, 7, 25)) == july
    assert current_period(plan, "monthly", date(2022, 7, 24)) == period_of(plan, "2022-06")
    assert current_period(plan, "monthly", date(2022, 1, 31)) is None
    assert open_period(plan, "monthly", date(2022, 8, 3)) == july
    Period.objects.filter(pk=july.pk).update(state=PeriodState.FINALIZED)
    assert open_period(plan, "monthly", date(2022, 8, 3)) is None


# --- in time ---


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def zone_of_the_machine(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process runs in a zone of its own; Huangshi's day decides all the same."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone_of_the_machine")
@pytest.mark.parametrize(
    ("day", "clock", "in_time"),
    [
        ("2022-08-05", "00:00:00", True),
        ("2022-08-05", "23:59:59", True),
        ("2022-08-06", "00:00:00", False),
    ],
)
def test_the_last_day_is_on_time_until_24_o_clock(
    cast: Cast, plan: Plan, day: str, clock: str, in_time: bool
) -> None:
    task = make_item(plan, cast)
    report = file_report(cast, report_of(task, cast.lead), at(day, clock), 180)
    report.refresh_from_db()
    assert is_on_time(report) is in_time
    assert on_time(ProgressReport.objects.all()).exists() is in_time


def test_an_empty_first_filing_was_not_on_time(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    report = file_report(cast, report_of(task, cast.lead), NOW, 180)
    assert is_on_time(report)
    report = workflow.return_to_unit(
        report=report, actor=cast.office, now=NOW, reason="空报。", first_was_empty=True
    )
    assert is_on_time(report) is False
    assert not on_time(ProgressReport.objects.all()).exists()


def test_pages_see_what_is_to_do_and_what_is_overdue(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    report = report_of(task, cast.lead)
    in_time, too_late = date(2022, 8, 5), date(2022, 8, 6)
    assert filing_state(report, in_time) == "none"
    assert filing_state(report, too_late) == "overdue"
    assert is_on_time(report) is None
    fill(report, cast.reporter, NOW, 180)
    assert filing_state(report, in_time) == "draft"
    assert filing_state(owed(report.period).get(), in_time) == "draft"
    assert filing_state(report, too_late) == "overdue"
    sent = file_report(cast, report, NOW, 180)
    assert filing_state(sent, too_late) == "reviewing"


def test_owed_costs_a_fixed_number_of_queries(
    cast: Cast, plan: Plan, django_assert_max_num_queries: Any
) -> None:
    units: list[Unit] = [make_unit(f"示例单位{n}") for n in range(20)]
    for number, unit in enumerate(units, start=1):
        make_responsibility(make_task(plan, number), unit, is_primary=True)
    period = period_of(plan, "2022-07")
    with django_assert_max_num_queries(10):
        assert ensure_reports(period, date(2022, 7, 25)) == 20
    with django_assert_max_num_queries(3):
        assert [(r.unit.name, filing_state(r, date(2022, 8, 3))) for r in owed(period)]
