from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.finalizing.finalize import (
    finalize,
    latest_frozen,
    override_light,
    rows_to_freeze,
    why_not,
)
from progress.lifecycle import by_office
from progress.models import Period, TaskPeriod
from progress.states import Light
from tasks.models import Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    make_indicator,
    make_item,
    period_of,
    report_of,
)
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun_in_june")]

FILED = at("2022-07-04")

CLOSED = at("2022-07-12")


def freeze(
    cast: Cast, period: Period, now: Any = CLOSED, reason: str = ""
) -> dict[int, TaskPeriod]:
    finalize(period=period, actor=cast.office, now=now, reason=reason)
    return {row.task.number: row for row in TaskPeriod.objects.filter(period=period)}


def test_finalizing_freezes_the_light_with_everything_it_rests_on(
    cast: Cast, task: Task, june_period: Period
) -> None:
    accepted = accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, "129.3")
    row = freeze(cast, june_period)[1]
    assert (row.light, row.computed_light) == ("slow", "slow")
    assert (row.percent, row.expected, row.gap) == (
        Decimal("43.10"),
        Decimal("50.00"),
        Decimal("-6.90"),
    )
    assert row.expected_basis == "按时间折算"
    assert row.reason == "完成率43.1%，低于序时进度6.9个百分点（按时间折算）"
    assert (row.version, row.digest) == (accepted.accepted_version, "示例采用稿。")
    assert row.unit_reason == "示例：征地滞后。"
    assert (row.is_missing, row.is_in_review, row.is_corrected) == (False, False, False)
    june_period.refresh_from_db()
    assert (june_period.state, june_period.finalized_at) == ("finalized", CLOSED)
    assert LogEntry.objects.filter(action="period.finalize").count() == 1


def test_every_item_of_the_cycle_is_frozen_and_no_other(
    cast: Cast, plan: Plan, june_period: Period
) -> None:
    make_item(plan, cast, 1)
    make_item(plan, cast, 2)
    make_item(plan, cast, 3, cycle="quarterly", tracking="qualitative")
    assert set(freeze(cast, june_period)) == {1, 2}


def test_an_item_never_reported_has_no_data_and_is_marked(
    cast: Cast, task: Task, june_period: Period
) -> None:
    report_of(task, cast.lead, "2022-06")
    row = freeze(cast, june_period)[1]
    assert (row.light, row.is_missing) == (Light.NO_DATA, True)


def test_a_missing_report_is_judged_at_this_periods_date(
    cast: Cast, task: Task, june_period: Period, plan: Plan
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 150)
    freeze(cast, june_period)
    report_of(task, cast.lead)
    row = freeze(cast, period_of(plan, "2022-07"), at("2022-08-12"))[1]
    assert (row.light, row.gap, row.is_missing) == ("slow", Decimal("-8.3"), True)


def test_two_periods_running_are_late(
    cast: Cast, task: Task, june_period: Period, plan: Plan
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, "129.3")
    freeze(cast, june_period)
    accept_report(cast, report_of(task, cast.lead), at("2022-08-03"), 150)
    row = freeze(cast, period_of(plan, "2022-07"), at("2022-08-12"))[1]
    assert row.light == "late"
    assert "连续两期" in row.reason


def test_a_correction_counts_from_the_next_finalizing_on(
    cast: Cast, task: Task, june_period: Period, plan: Plan
) -> None:
    accepted = accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 180)
    before = freeze(cast, june_period)[1]
    by_office.correct(report=accepted, actor=cast.reporter, now=at("2022-07-20"), reason="多计。")
    accept_report(cast, accepted, at("2022-07-20"), 150)
    before.refresh_from_db()
    assert before.percent == 60
    report_of(task, cast.lead)
    after = freeze(cast, period_of(plan, "2022-07"), at("2022-08-12"))[1]
    assert (after.percent, after.is_corrected) == (Decimal(50), True)


def test_the_offices_own_light_is_kept_beside_the_computed_one(
    cast: Cast, task: Task, june_period: Period
) -> None:
    accepted = accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 180)
    with pytest.raises(Refused):
        override_light(report=accepted, light="late", reason="x", actor=cast.leader, now=FILED)
    with pytest.raises(NotNow, match="原因"):
        override_light(report=accepted, light="late", reason="", actor=cast.office, now=FILED)
    override_light(report=accepted, light="late", reason="现场停工。", actor=cast.office, now=FILED)
    row = freeze(cast, june_period)[1]
    assert (row.light, row.computed_light, row.override_reason) == (
        "late",
        "ahead",
        "现场停工。",
    )
    accepted.period.refresh_from_db()
    with pytest.raises(NotNow, match="已定稿"):
        override_light(report=accepted, light="", reason="", actor=cast.office, now=CLOSED)


def test_an_override_does_not_outlive_its_period(
    cast: Cast, task: Task, june_period: Period, plan: Plan
) -> None:
    accepted = accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 180)
    override_light(report=accepted, light="late", reason="停工。", actor=cast.office, now=FILED)
    freeze(cast, june_period)
    report_of(task, cast.lead)
    row = freeze(cast, period_of(plan, "2022-07"), at("2022-08-12"))[1]
    assert (row.light, row.override_reason) == ("on_pace", "")


def test_finalizing_is_offered_from_the_closing_day_on_and_in_order(
    cast: Cast, task: Task, june_period: Period, plan: Plan
) -> None:
    with pytest.raises(NotNow, match="7月12日关闭"):
        finalize(period=june_period, actor=cast.office, now=at("2022-07-11", "23:59:59"))
    july = period_of(plan, "2022-07")
    assert why_not(july, date(2022, 8, 12)) == "请先对6月定稿。"
    assert why_not(june_period, date(2022, 7, 12)) == ""
    freeze(cast, june_period)
    with pytest.raises(NotNow, match="已定稿"):
        finalize(period=june_period, actor=cast.office, now=CLOSED)
    assert TaskPeriod.objects.count() == 1


def test_only_the_office_finalizes(cast: Cast, task: Task, june_period: Period) -> None:
    for actor in (cast.reporter, cast.signer, cast.leader, cast.observer, cast.admin):
        with pytest.raises(Refused):
            finalize(period=june_period, actor=actor, now=CLOSED)
    assert not TaskPeriod.objects.exists()


def test_leaders_read_each_items_latest_frozen_judgement(
    cast: Cast, task: Task, june_period: Period, plan: Plan
) -> None:
    slow_cycle = make_item(plan, cast, 2, cycle="quarterly", tracking="qualitative")
    freeze(cast, june_period)
    freeze(cast, period_of(plan, "2022-Q2"))
    report_of(task, cast.lead)
    freeze(cast, period_of(plan, "2022-07"), at("2022-08-12"))
    latest = {row.task_id: row.period.code for row in latest_frozen(plan)}
    assert latest == {task.pk: "2022-07", slow_cycle.pk: "2022-Q2"}


def test_the_offices_own_light_needs_an_accepted_report(cast: Cast, task: Task) -> None:
    report = report_of(task, cast.lead, "2022-06")
    with pytest.raises(NotNow, match="通过审核后"):
        override_light(report=report, light="slow", reason="x", actor=cast.office, now=FILED)


def test_a_reason_longer_than_its_column_is_cut(
    cast: Cast, plan: Plan, june_period: Period
) -> None:
    task = make_item(plan, cast)
    primary = task.responsibilities.get(is_primary=True)
    for number in range(20):
        make_indicator(task, primary, 60, name=f"示例城镇化率第{number}分项", kind="rate")
    values = {f"reading:{i.pk}::value": Decimal(50) for i in task.indicators.all()}
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 150, **values)
    reason = freeze(cast, june_period)[1].reason
    assert (len(reason), reason[-1]) == (300, "…")


def test_the_preview_writes_nothing(cast: Cast, task: Task, june_period: Period) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 150)
    preview = rows_to_freeze(june_period, FILED)
    assert [row.light for row in preview] == ["on_pace"]
    assert not TaskPeriod.objects.exists()
