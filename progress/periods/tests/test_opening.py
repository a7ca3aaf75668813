from datetime import date

import pytest

from progress.models import Period, PeriodState
from progress.periods.access import newest_opened
from progress.periods.opening import ensure_periods, ensure_reports, open_due_periods
from tasks.models import Plan
from tests.cast import Cast, make_item, period_of

pytestmark = pytest.mark.django_db


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


def test_the_current_period_of_a_cycle_is_the_newest_that_opened(plan: Plan) -> None:
    july = period_of(plan, "2022-07")
    assert newest_opened(plan, date(2022, 7, 25))["monthly"] == july
    assert newest_opened(plan, date(2022, 7, 24))["monthly"] == period_of(plan, "2022-06")
    assert newest_opened(plan, date(2022, 1, 31)) == {}
    assert not newest_opened(plan, date(2022, 8, 3))["monthly"].is_finalized
    Period.objects.filter(pk=july.pk).update(state=PeriodState.FINALIZED)
    assert newest_opened(plan, date(2022, 8, 3))["monthly"].is_finalized
