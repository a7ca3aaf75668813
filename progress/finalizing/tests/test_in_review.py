"""待审核: the office's own delay is counted apart, wants a reason, and is judged a second time."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from progress.board.checking import differences
from progress.board.keeping import board_of
from progress.board.shown import Frozen
from progress.finalizing.finalize import finalize
from progress.finalizing.page import page_of_period
from progress.lifecycle import by_office
from progress.lifecycle.held import hold
from progress.models import HeldAcceptance, Period, ProgressReport, TaskPeriod
from progress.states import Light
from tasks.models import Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    file_report,
    make_indicator,
    make_item,
    make_responsibility,
    period_of,
    report_of,
)
from units.errors import NotNow
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun_in_june")]

CLOSED, JULY_CLOSED = at("2022-07-12"), at("2022-08-12")
FILED = at("2022-08-03")
REASON = "市政府常务会议用数"


@pytest.fixture
def july(cast: Cast, task: Task, june_period: Period, plan: Plan) -> Period:
    """Behind in June, 129.3 of 300 km."""
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), "129.3")
    finalize(period=june_period, actor=cast.office, now=CLOSED)
    return period_of(plan, "2022-07")


def judged(period: Period) -> list[TaskPeriod]:
    return list(TaskPeriod.objects.filter(period=period).order_by("supplement"))


def shown(plan: Plan, now: datetime) -> Frozen:
    (only,) = board_of(plan, None, now.date()).shown
    assert only.frozen is not None
    return only.frozen


def freeze(cast: Cast, period: Period, reason: str = REASON) -> TaskPeriod:
    finalize(period=period, actor=cast.office, now=JULY_CLOSED, reason=reason)
    return judged(period)[0]


def file_july(cast: Cast, task: Task, km: object, now: datetime = FILED) -> ProgressReport:
    return file_report(cast, report_of(task, cast.lead), now, km)


def reopen(cast: Cast, report: ProgressReport) -> None:
    """开启补报, without which nothing comes in after 定稿."""
    report.refresh_from_db()
    until = at("2022-08-19").date()
    by_office.reopen(
        report=report, actor=cast.office, now=at("2022-08-15"), reason="重算。", until=until
    )


def test_what_was_filed_in_time_and_not_read_is_counted_apart(
    cast: Cast, task: Task, july: Period
) -> None:
    file_july(cast, task, 175)
    row = freeze(cast, july)
    assert (row.light, row.computed_light) == (Light.IN_REVIEW, Light.LATE)
    assert (row.percent, row.expected) == (Decimal("43.1"), Decimal("58.3"))
    assert (row.is_in_review, row.is_missing) == (True, False)


def test_the_queue_is_empty_or_a_reason_is_written(cast: Cast, task: Task, july: Period) -> None:
    file_july(cast, task, 175)
    for reason in ("", "  急用  "):
        with pytest.raises(NotNow, match="督查室还有1份没有审"):
            freeze(cast, july, reason)
    freeze(cast, july)
    july.refresh_from_db()
    assert july.finalize_reason == REASON
    entry = LogEntry.objects.get(action="period.finalize", subject_id=july.pk)
    assert REASON in entry.payload
    assert "重点工作第1项7月进展" in entry.payload


def test_returned_and_late_ones_are_not(cast: Cast, task: Task, july: Period, plan: Plan) -> None:
    sent = file_july(cast, task, 175)
    by_office.return_to_unit(report=sent, actor=cast.office, now=at("2022-08-04"), reason="重算。")
    late = make_item(plan, cast, 2)
    file_july(cast, late, 175, at("2022-08-12", "08:00:00"))
    freeze(cast, july)
    lights = {row.task.number: str(row.light) for row in judged(july)}
    assert lights == {1: "late", 2: "no_data"}


def test_a_waiting_part_is_a_mark_and_no_more(
    cast: Cast, task: Task, july: Period, plan: Plan
) -> None:
    held = make_responsibility(task, cast.co_lead, ordinal=1)
    make_indicator(task, held, 10, name="桥梁", unit_of_measure="座")
    accept_report(cast, report_of(task, cast.lead), at("2022-08-03"), 180)
    part = report_of(task, cast.co_lead)
    ProgressReport.objects.filter(pk=part.pk).update(
        state="reviewing", first_left_at=at("2022-08-03")
    )
    row = freeze(cast, july)
    assert (row.light == Light.IN_REVIEW, row.parts_in_review) == (False, 1)


def test_such_a_period_is_skipped_in_two_running(
    cast: Cast, task: Task, july: Period, plan: Plan
) -> None:
    """June was 6.9 points behind, July is not known, August 6.7: two counted periods running."""
    file_july(cast, task, 175)
    freeze(cast, july)
    accept_report(cast, report_of(task, cast.lead, "2022-08"), at("2022-09-02"), 180)
    august = period_of(plan, "2022-08")
    finalize(period=august, actor=cast.office, now=at("2022-09-13"), reason=REASON)
    (row,) = judged(august)
    assert row.light == Light.LATE
    assert "连续两期" in row.reason


def test_accepting_afterwards_judges_a_second_time(
    cast: Cast, task: Task, july: Period, plan: Plan
) -> None:
    sent = file_july(cast, task, 175)
    freeze(cast, july)
    assert shown(plan, JULY_CLOSED).light == "in_review"
    later = at("2022-08-15")
    by_office.accept(report=sent, actor=cast.office, now=later, digest="示例采用稿。")
    first, second = judged(july)
    assert (first.light, first.percent, first.supplement) == (
        Light.IN_REVIEW,
        Decimal("43.1"),
        0,
    )
    assert (second.light, second.percent, second.supplement) == ("on_pace", Decimal("58.3"), 1)
    assert (second.version, second.frozen_at) == (sent.latest(), later)
    assert shown(plan, later).percent == Decimal("58.3")
    assert not list(differences(plan, later.date()))
    assert LogEntry.objects.filter(action="taskperiod.supplement").count() == 1
    assert list(TaskPeriod.objects.standing().filter(period=july)) == [second]


def test_given_back_afterwards_it_waits_in_the_office_no_more(
    cast: Cast, task: Task, july: Period, plan: Plan
) -> None:
    """Nor does it when it was accepted; in between it comes in again, and waits again."""
    sent = file_july(cast, task, 175)
    freeze(cast, july)
    found = ["in_review"]

    def see(now: datetime) -> None:
        found.append(shown(plan, now).light)
        assert not list(differences(plan, now.date()))

    by_office.return_to_unit(report=sent, actor=cast.office, now=at("2022-08-15"), reason="重算。")
    see(at("2022-08-15"))
    reopen(cast, sent)
    file_july(cast, task, 176, at("2022-08-16"))
    see(at("2022-08-16"))
    by_office.accept(report=report_of(task, cast.lead), actor=cast.office, now=at("2022-08-17"))
    see(at("2022-08-17"))
    assert found == ["in_review", "late", "in_review", "on_pace"]
    assert [(row.light, row.supplement) for row in judged(july)] == list(
        zip(found, range(4), strict=True)
    )
    assert LogEntry.objects.filter(action="taskperiod.supplement").count() == 3


def test_one_that_was_given_back_before_stays_as_it_was_judged(
    cast: Cast, task: Task, july: Period
) -> None:
    """It did not wait for the office, whenever it comes in."""
    sent = file_july(cast, task, 175)
    by_office.return_to_unit(report=sent, actor=cast.office, now=at("2022-08-04"), reason="重算。")
    freeze(cast, july, "")
    reopen(cast, sent)
    again = file_july(cast, task, 176, at("2022-08-16"))
    by_office.accept(report=again, actor=cast.office, now=at("2022-08-17"))
    assert [(row.light, row.supplement) for row in judged(july)] == [(Light.LATE, 0)]


def test_a_finalizing_that_fails_leaves_nothing_behind(
    cast: Cast, task: Task, july: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither rows nor reason, and what was held is held; then it goes as if nothing had been."""
    sent = file_july(cast, task, 175)
    held_at = at("2022-08-12", "09:59:58")
    hold(report=sent, actor=cast.office, now=held_at, at=held_at)

    def fails(*given: object, **more: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(TaskPeriod.objects, "bulk_create", fails)
        with pytest.raises(RuntimeError):
            freeze(cast, july)
    july.refresh_from_db()
    sent.refresh_from_db()
    assert (july.state, july.finalized_at, july.finalize_reason) == ("collecting", None, "")
    assert (sent.state, HeldAcceptance.objects.count(), judged(july)) == ("reviewing", 1, [])
    assert not LogEntry.objects.filter(action="period.finalize", subject_id=july.pk).exists()
    row = freeze(cast, july, "")
    assert (row.light, row.supplement, HeldAcceptance.objects.count()) == ("on_pace", 0, 0)


def test_what_counted_is_not_judged_again(cast: Cast, task: Task, july: Period, plan: Plan) -> None:
    """A correction accepted later shows from the next 定稿 on, as before."""
    report = accept_report(cast, report_of(task, cast.lead), at("2022-08-03"), 175)
    freeze(cast, july, "")
    by_office.correct(report=report, actor=cast.reporter, now=at("2022-08-16"), reason="少计。")
    accept_report(cast, report, at("2022-08-16"), 190)
    assert [row.supplement for row in judged(july)] == [0]


def test_the_page_lists_what_waits_and_what_becomes_of_it(
    cast: Cast, task: Task, july: Period
) -> None:
    file_july(cast, task, 175)
    page = page_of_period(july, JULY_CLOSED)
    assert page.waiting is not None
    (waiting,) = page.waiting.items
    assert (waiting.age, waiting.is_long, waiting.words) == (7, True, "按6月43.1%（报送58.3%）")
    assert (page.waiting.worse, page.items_in_review) == (1, 1)
