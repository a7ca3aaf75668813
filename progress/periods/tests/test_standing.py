"""Rows at hand and rows in the database give one answer to what is still owed."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progress.lifecycle import by_office
from progress.models import Closure, ProgressReport
from progress.periods.opening import ensure_reports
from progress.periods.owed import Reliefs, is_under_way, owed, still_owed
from tasks.models import Plan, Task
from tests.cast import Cast, accept_report, at, file_report, make_item, period_of, report_of
from tests.decisions import adjusted

pytestmark = pytest.mark.django_db
TODAY = date(2022, 8, 3)


def same_answer(plan: Plan) -> set[int]:
    """The ids still owed in July, by both ways; fails where the two differ."""
    period = period_of(plan, "2022-07")
    ensure_reports(period, period.opens_on)
    in_database = set(owed(period).values_list("pk", flat=True))
    rows = ProgressReport.objects.filter(period=period).select_related("responsibility", "period")
    reliefs = Reliefs.of(plan)
    assert {row.pk for row in rows if still_owed(row, reliefs)} == in_database
    return in_database


DAYS = st.integers(-60, 60).map(lambda n: date(2022, 7, 31) + timedelta(days=n))


@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(starts_on=DAYS, length=st.none() | st.integers(0, 90))
def test_a_suspension_relieves_the_same_rows(
    cast: Cast, plan: Plan, starts_on: date, length: int | None
) -> None:
    task = make_item(plan, cast, number=Task.objects.count() + 1)
    report = report_of(task, cast.lead)
    ends_on = None if length is None else starts_on + timedelta(days=length)
    adjusted(cast, task, "suspension", starts_on, ends_on=ends_on)
    day = report.period.data_as_of
    holds = starts_on <= day and (ends_on is None or day <= ends_on)
    assert (report.pk in same_answer(plan)) is not holds


def test_who_answers_no_more_owes_no_more_unless_it_filed(cast: Cast, plan: Plan) -> None:
    silent, filed = (report_of(make_item(plan, cast, n), cast.lead) for n in (1, 2))
    file_report(cast, filed, at("2022-07-30"), 200)
    for report in (silent, filed):
        report.responsibility.ends_on = date(2022, 7, 30)
        report.responsibility.save(update_fields=["ends_on"])
    assert same_answer(plan) == {filed.pk}


def test_a_closed_item_owes_nothing_from_that_day(cast: Cast, plan: Plan) -> None:
    report = report_of(make_item(plan, cast), cast.lead)
    closure = Closure(task=report.task, state="closed", closed_on=date(2022, 8, 1))
    day = report.period.data_as_of
    assert Reliefs([], [closure]).on(day) == set()
    closure.closed_on = day
    assert Reliefs([], [closure]).on(day) == {report.task.pk}


def test_a_finalized_report_comes_back_when_reopened_or_corrected(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    late = report_of(make_item(plan, cast, 2), cast.lead, "2022-06")
    done = accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    done.period.state = late.period.state = "finalized"
    assert not is_under_way(done, TODAY)
    assert not is_under_way(late, TODAY)
    late.reopened_until = TODAY
    assert is_under_way(late, TODAY)
    assert not is_under_way(late, TODAY + timedelta(days=1))
    corrected = by_office.correct(
        report=done, actor=cast.reporter, now=at("2022-08-03"), reason="示例：漏计一段。"
    )
    corrected.period.state = "finalized"
    assert is_under_way(corrected, TODAY)
