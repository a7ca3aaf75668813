from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.checking.look import examine
from progress.judging.judge import judge, judge_live
from progress.lifecycle import by_office
from progress.models import Closure, Period
from progress.periods.access import newest_opened
from progress.states import Light
from tasks.models import IndicatorPlan, Plan, PlanRule, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    file_report,
    fill,
    make_item,
    make_share,
    period_of,
    report_of,
)
from units.models import Approval

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun_in_june")]

FILED = at("2022-07-04")


def test_the_draft_shows_what_it_would_give(cast: Cast, task: Task) -> None:
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, at("2022-08-03"), 195)
    version = report.latest()
    assert version is not None
    judgement = examine(version).judgement
    assert (judgement.percent, judgement.gap) == (Decimal("65.0"), Decimal("6.7"))
    assert judge([task], report.period)[task.pk].judgement.light == Light.NO_DATA


def test_a_verified_figure_takes_the_place_of_the_filed_one(
    cast: Cast, task: Task, june_period: Period
) -> None:
    sent = file_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 180)
    version = sent.latest()
    assert version is not None
    verified = {version.readings.get().pk: (Decimal(90), "重复计算。")}
    by_office.accept(report=sent, actor=cast.office, now=FILED, verified=verified)
    assert judge([task], june_period)[task.pk].judgement.percent == 30


def test_parts_stand_for_the_city_while_its_own_figure_was_never_filed(
    cast: Cast, task: Task, june_period: Period
) -> None:
    indicator = task.indicators.get()
    make_share(indicator, cast.county, 100)
    report = report_of(task, cast.lead, "2022-06")
    values = {
        f"reading:{indicator.pk}:{cast.county.pk}:value": Decimal(60),
        f"reading:{indicator.pk}::blank_reason": "示例：待汇总。",
    }
    accept_report(cast, report, FILED, **values)
    assert judge([task], june_period)[task.pk].judgement.percent == 20


def test_planned_values_and_thresholds_come_from_the_plan(
    cast: Cast, task: Task, june_period: Period, plan: Plan
) -> None:
    IndicatorPlan.objects.create(
        indicator=task.indicators.get(), as_of=date(2022, 6, 30), value=Decimal(120)
    )
    PlanRule.objects.create(
        plan=plan,
        key="thresholds",
        value={"ahead": "3", "on_pace": "-1", "slow": "-2"},
        starts_on=date(2022, 1, 21),
    )
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, "129.3")
    judgement = judge([task], june_period)[task.pk].judgement
    assert (judgement.expected, judgement.basis) == (Decimal("40.0"), "按计划值")
    assert judgement.light == Light.AHEAD


def test_a_planned_value_holds_until_the_next_and_before_the_first_nothing_is_planned(
    cast: Cast, task: Task, plan: Plan
) -> None:
    for month, value in ((5, 90), (8, 240)):
        IndicatorPlan.objects.create(
            indicator=task.indicators.get(), as_of=date(2022, month, 30), value=Decimal(value)
        )
    expected = {
        code: judge([task], period_of(plan, code))[task.pk].judgement.expected
        for code in ("2022-04", "2022-05", "2022-07", "2022-08")
    }
    assert expected == {"2022-04": 0, "2022-05": 30, "2022-07": 30, "2022-08": 80}


def test_nothing_done_after_the_planned_start_is_not_started(
    cast: Cast, task: Task, june_period: Period
) -> None:
    IndicatorPlan.objects.create(
        indicator=task.indicators.get(), as_of=date(2022, 5, 31), value=Decimal(20)
    )
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 0)
    assert judge([task], june_period)[task.pk].judgement.light == Light.NOT_STARTED


def test_a_closed_item_is_done_from_its_closing_day_on(
    cast: Cast, task: Task, june_period: Period
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 290)
    approval = Approval.objects.create(
        decided_by="市领导",
        decided_on=date(2022, 7, 8),
        authority="示例",
        registered_by=cast.office.user,
        registered_by_name="督查室",
        registered_at=FILED,
    )
    closure = Closure.objects.create(
        task=task,
        state="closed",
        outcome="done",
        claimed_on=date(2022, 6, 20),
        claimed_at=FILED,
        claimed_by=cast.reporter.user,
        claimed_by_name="示例",
        statement="示例",
        closed_on=date(2022, 6, 29),
        approval=approval,
    )
    judged = judge([task], june_period)[task.pk].judgement
    assert (judged.light, judged.marks) == (Light.DONE, ())
    closure.closed_on = date(2022, 7, 8)
    closure.save()
    assert judge([task], june_period)[task.pk].judgement.light == Light.ON_PACE  # claimed in time


def test_live_judges_every_item_in_its_own_newest_period(cast: Cast, plan: Plan) -> None:
    monthly = make_item(plan, cast, 1)
    quarterly = make_item(plan, cast, 2, cycle="quarterly", tracking="qualitative")
    live = judge_live([monthly, quarterly], newest_opened(plan, date(2022, 8, 3)))
    assert live[monthly.pk].period.code == "2022-07"
    assert live[quarterly.pk].period.code == "2022-Q2"
    assert judge_live([monthly], newest_opened(plan, date(2022, 2, 1))) == {}


@pytest.mark.parametrize("count", [1, 30])
def test_judging_costs_the_same_for_one_item_and_for_many(
    cast: Cast, plan: Plan, count: int, django_assert_max_num_queries: Any
) -> None:
    tasks = [make_item(plan, cast, number) for number in range(1, count + 1)]
    for task in tasks[:3]:
        accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 150)
    with django_assert_max_num_queries(14):
        assert len(judge_live(tasks, newest_opened(plan, date(2022, 8, 3)))) == count
