from datetime import date
from typing import Any

import pytest

from progress.models import Duty, Period
from progress.periods.opening import ensure_reports, open_due_periods
from progress.periods.owed import duties_of, filing_state, owed
from tasks.models import Plan
from tests.cast import (
    Cast,
    at,
    file_report,
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
from tests.decisions import adjusted
from units.models import Unit

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


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


def test_a_suspended_item_owes_nothing_from_its_day_on(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    july = period_of(plan, "2022-07")
    assert len(who_owes(july)) == 1
    adjusted(cast, task, "suspension", date(2022, 7, 20))
    assert who_owes(july) == {}
    assert len(who_owes(period_of(plan, "2022-06"))) == 1


def test_what_was_filed_before_a_suspension_stays_counted(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    file_report(cast, report_of(task, cast.lead), NOW, 180)
    adjusted(cast, task, "suspension", date(2022, 7, 20))
    assert len(owed(period_of(plan, "2022-07"))) == 1


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
