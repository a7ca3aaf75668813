"""通过 is held for ten seconds: taken back by one click, carried out by time or by the next act."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from progress import jobs
from progress.finalizing.finalize import finalize
from progress.lifecycle.held import carry_out_due, hold
from progress.models import HeldAcceptance, ProgressReport, Reading, Reminder, ReportState
from progress.models.held import HOLD
from progress.reviewing.tests.reviewing import (
    DIGEST,
    VERIFIED,
    WHY,
    another,
    figure,
    posted,
    returned_by_the_head,
    url,
)
from tasks.models import Plan
from tests.cast import Cast, at, file_report, report_of
from tests.held import let_the_seconds_pass
from tests.pages import browser, text_of
from units.models import JobRun, LogEntry
from units.session.person import stamps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]


def state(report: ProgressReport) -> str:
    return ProgressReport.objects.get(pk=report.pk).state


def accepts(actor: Any, report: ProgressReport, **more: Any) -> str:
    """通过 by its button; the page that opens then."""
    response = browser(actor).post(url(report, "accept"), posted(report, **more), follow=True)
    return text_of(response)


def told(report: ProgressReport) -> list[str]:
    rows = Reminder.objects.filter(subject=f"report:{report.pk}", is_immediate=True)
    return list(rows.values_list("text", flat=True))


def accepted_in_the_log(report: ProgressReport) -> int:
    return LogEntry.objects.filter(action="progressreport.accept", subject_id=report.pk).count()


def test_without_scripts_the_page_that_opens_offers_to_take_it_back(
    cast: Cast, plan: Plan, july: ProgressReport
) -> None:
    behind = another(cast, plan, 2, at("2022-08-03", "09:00:00"))
    before = told(july)
    page = accepts(cast.office, july)
    assert f'action="{url(behind, "accept")}"' in page  # the next one is open
    assert f"{july}将于" in page
    assert '<b class="num" data-left aria-live="off">10</b>秒后通过。' in page
    assert f'action="{url(july, "undo_accept")}"' in page
    assert page.count("将通过</span>") == 1
    assert "其中将通过1份" in page
    assert state(july) == ReportState.REVIEWING
    assert (told(july), accepted_in_the_log(july)) == (before, 0)
    assert "待审核" in text_of(browser(cast.reporter).get(f"/2022/reports/{july.pk}/"))


def test_when_the_seconds_are_over_it_is_the_ordinary_transition(
    cast: Cast, july: ProgressReport
) -> None:
    more = {f"verified:{figure(july)}": "178.5", f"why:{figure(july)}": WHY}
    more |= {"digest": VERIFIED, "override_light": "late", "override_reason": WHY}
    page = accepts(cast.office, july, **more)
    assert "没有其他待审核的进展" in page
    assert carry_out_due(now=at("2022-08-03"), at=timezone.now()) == 0
    assert let_the_seconds_pass() == 1
    july.refresh_from_db()
    version = july.accepted_version
    assert version is not None
    assert (version.digest, version.decided_by) == (VERIFIED, cast.office.user)
    assert (version.override_light, version.override_reason) == ("late", WHY)
    reading = Reading.objects.get(version=version)
    assert (reading.verified, reading.verified_reason) == (Decimal("178.5"), WHY)
    assert [text for text in told(july) if "已通过审核" in text]
    assert accepted_in_the_log(july) == 1
    assert let_the_seconds_pass() == 0


def test_the_schedule_does_it_with_every_browser_closed(cast: Cast, july: ProgressReport) -> None:
    accepts(cast.office, july)
    jobs.accept_held()
    assert state(july) == ReportState.REVIEWING
    HeldAcceptance.objects.update(due_at=timezone.now())
    jobs.accept_held()
    assert state(july) == ReportState.ACCEPTED
    assert JobRun.objects.get(name="progress.jobs.accept_held").error == ""


def test_a_page_of_the_queue_does_it_without_the_schedule(cast: Cast, july: ProgressReport) -> None:
    accepts(cast.office, july)
    HeldAcceptance.objects.update(due_at=timezone.now())
    client = browser(cast.office_head)
    writing = client.get("/2022/review/")
    assert "待审核0份" in text_of(writing)
    assert state(july) == ReportState.ACCEPTED
    # from its first statement that wrote, it remembered nothing of before
    assert stamps_of(writing.wsgi_request) is None
    assert stamps_of(client.get("/2022/review/").wsgi_request) is not None


def test_a_clock_that_was_set_back_holds_nothing_for_ever(cast: Cast, july: ProgressReport) -> None:
    accepts(cast.office, july)
    HeldAcceptance.objects.update(due_at=timezone.now() + timedelta(days=3000))
    jobs.accept_held()
    assert state(july) == ReportState.ACCEPTED


def test_taken_back_it_waits_as_before_with_every_word(cast: Cast, july: ProgressReport) -> None:
    more = {f"verified:{figure(july)}": "178.5", f"why:{figure(july)}": WHY}
    before = told(july), LogEntry.objects.count()
    more |= {"digest": VERIFIED, "override_light": "late", "override_reason": "示例：未施工。"}
    accepts(cast.office, july, **more)
    client = browser(cast.office)
    page = text_of(client.post(url(july, "undo_accept"), follow=True))
    assert f"已撤销，{july}仍待审核。" in page
    assert page.count('aria-current="page"') == 1  # 审核, in the menu
    for word in (VERIFIED, 'value="178.5"', WHY, "示例：未施工。", 'value="late" selected'):
        assert word in page
    assert "通过，审下一项" in page
    for again in (url(july, "review_report"), "/2022/review/"):  # a reload, and coming back
        page = text_of(client.get(again))
        for word in (VERIFIED, 'value="178.5"', WHY, "示例：未施工。", 'value="late" selected'):
            assert word in page
        assert f"已撤销，{july}仍待审核。" not in page
    assert "将通过" not in page
    assert let_the_seconds_pass() == 0
    assert state(july) == ReportState.REVIEWING
    assert told(july) == before[0]
    assert not LogEntry.objects.filter(action="progressreport.accept", subject_id=july.pk).exists()


def test_too_late_to_take_back_is_said(cast: Cast, july: ProgressReport) -> None:
    accepts(cast.office, july)
    let_the_seconds_pass()
    page = text_of(browser(cast.office).post(url(july, "undo_accept"), follow=True))
    assert "当前为“已通过”，没有可以撤销的通过" in page
    assert state(july) == ReportState.ACCEPTED


def test_taken_back_twice_leads_to_the_item_without_a_word(
    cast: Cast, july: ProgressReport
) -> None:
    accepts(cast.office, july)
    client = browser(cast.office)
    client.post(url(july, "undo_accept"))
    again = client.post(url(july, "undo_accept"), follow=True)  # as a reload does
    assert again.redirect_chain[0][0].startswith(url(july, "review_report"))
    assert "没有可以撤销的通过" not in text_of(again)


@pytest.mark.parametrize("verb", ["accept", "return_to_unit"])
def test_the_next_act_on_another_report_carries_it_out(
    cast: Cast, plan: Plan, july: ProgressReport, verb: str
) -> None:
    behind = another(cast, plan, 2, at("2022-08-03", "09:00:00"))
    accepts(cast.office, july)
    browser(cast.office).get(url(behind))
    assert state(july) == ReportState.REVIEWING  # to read another is no act
    why = {"reason": WHY} if verb == "return_to_unit" else {}
    browser(cast.office).post(url(behind, verb), posted(behind, **why))
    assert state(july) == ReportState.ACCEPTED


def test_who_presses_again_or_returns_it_decides_anew(cast: Cast, july: ProgressReport) -> None:
    accepts(cast.office, july)
    accepts(cast.office, july, digest="示例：改过的采用稿。")
    assert HeldAcceptance.objects.get().digest == "示例：改过的采用稿。"
    browser(cast.office).post(url(july, "return_to_unit"), posted(july, reason=WHY))
    assert state(july) == ReportState.RETURNED
    assert not HeldAcceptance.objects.exists()
    assert not [text for text in told(july) if "没有通过" in text]


def test_another_reviewer_cannot_accept_what_is_held_and_loses_nothing(
    cast: Cast, july: ProgressReport
) -> None:
    accepts(cast.office, july)
    assert "已选择通过此项，正在办理" in text_of(browser(cast.office_head).get(url(july)))
    typed = posted(july, digest="示例：另一稿。")
    response = browser(cast.office_head).post(url(july, "accept"), typed)
    page = text_of(response)
    assert response.status_code == 409
    assert f"{cast.office.name}已选择通过{july}" in page
    assert "示例：另一稿。" in page
    browser(cast.office_head).post(url(july, "undo_accept"))
    assert HeldAcceptance.objects.get().held_by == cast.office.user


def test_a_return_by_another_reviewer_wins_and_the_first_is_told(
    cast: Cast, july: ProgressReport
) -> None:
    accepts(cast.office, july)
    returned_by_the_head(cast, july)
    assert state(july) == ReportState.RETURNED
    assert let_the_seconds_pass() == 0
    mine = Reminder.objects.get(subject=f"report:{july.pk}", recipient=cast.office.user)
    assert mine.text.startswith(f"{july}没有通过：{cast.office_head.name}已退回。")
    assert DIGEST in mine.text  # what was typed for print


def lose_the_appointment(cast: Cast) -> None:
    held = cast.office.appointment
    held.ends_on = date(2022, 8, 2)
    held.save()


def lose_the_account(cast: Cast) -> None:
    cast.office.user.is_active = False
    cast.office.user.save()


def turn_out_to_have_filed_it(cast: Cast) -> None:
    for held in HeldAcceptance.objects.select_related("version"):
        held.version.signed_by = cast.office.user
        held.version.save()


@pytest.mark.parametrize(
    ("lose", "why"),
    [
        (lose_the_appointment, "您的任职已经终止。"),
        (lose_the_account, "您的任职已经终止。"),
        (turn_out_to_have_filed_it, "须由督查室其他人员审核"),
    ],
)
def test_what_may_no_longer_be_is_dropped_and_told(
    cast: Cast, july: ProgressReport, lose: Any, why: str
) -> None:
    accepts(cast.office, july)
    lose(cast)
    assert let_the_seconds_pass() == 1
    assert state(july) == ReportState.REVIEWING
    assert not HeldAcceptance.objects.exists()
    mine = Reminder.objects.get(subject=f"report:{july.pk}", recipient=cast.office.user)
    assert why in mine.text
    assert "将通过" not in text_of(browser(cast.office_head).get("/2022/review/"))


def test_one_that_goes_wrong_costs_only_itself(
    cast: Cast, plan: Plan, july: ProgressReport, caplog: pytest.LogCaptureFixture
) -> None:
    reports = [july, *(another(cast, plan, n, at("2022-08-02")) for n in (2, 3))]
    for each in reports:
        hold(report=each, actor=cast.office, now=at("2022-08-03"), at=timezone.now())
    HeldAcceptance.objects.filter(report=reports[1]).update(verified={"1": ["约180", WHY]})
    assert let_the_seconds_pass() == 3
    assert [state(each) for each in reports] == ["accepted", "reviewing", "accepted"]
    assert "could not be carried out" in caplog.text
    assert "请重新审核" in told(reports[1])[-1]


def test_finalizing_carries_out_what_is_held(cast: Cast, july: ProgressReport) -> None:
    now = at("2022-08-12")
    hold(report=july, actor=cast.office, now=now, at=timezone.now())
    for earlier in july.period.plan.periods.filter(data_as_of__lt=july.period.data_as_of):
        if earlier.cycle == july.period.cycle and not earlier.is_finalized:
            finalize(period=earlier, actor=cast.office_head, now=now)
    finalize(period=july.period, actor=cast.office_head, now=now)
    assert state(july) == ReportState.ACCEPTED
    frozen = july.period.judgements.get(task=july.task)
    assert (frozen.is_in_review, frozen.percent) == (False, Decimal("60.0"))
    assert july.period.judgements.get(task=july.task).version is not None


def test_together_only_what_nobody_holds_is_accepted(
    cast: Cast, plan: Plan, july: ProgressReport
) -> None:
    two, three = (another(cast, plan, n, at("2022-08-02")) for n in (2, 3))
    mine = browser(cast.office)
    for each in (two, three):
        mine.get(url(each))
    hold(report=july, actor=cast.office, now=at("2022-08-03"), at=timezone.now())
    hold(report=two, actor=cast.office_head, now=at("2022-08-03"), at=timezone.now())
    chosen = {"report": [str(each.pk) for each in (two, three)]}
    page = text_of(mine.post("/2022/review/accept/", chosen, follow=True))
    assert "已通过1份" in page
    assert f"{two}：{cast.office_head.name}已选择通过，正在办理。" in page
    assert [state(each) for each in (july, two, three)] == ["accepted", "reviewing", "accepted"]


def test_the_seconds_are_ten_and_real(cast: Cast, july: ProgressReport) -> None:
    """The business date stands still in a demonstration: it is not what is waited for."""
    start = timezone.now()
    held = hold(report=july, actor=cast.office, now=at("2022-08-03", "23:59:55"), at=start)
    assert (held.due_at - start, HOLD) == (timedelta(seconds=10), timedelta(seconds=10))
    almost, over = start + timedelta(seconds=9.9), start + timedelta(seconds=10)
    assert carry_out_due(now=at("2022-08-03", "00:00:05"), at=almost) == 0
    assert carry_out_due(now=at("2022-08-03", "00:00:05"), at=over) == 1
    assert state(july) == ReportState.ACCEPTED


def test_a_page_of_the_queue_costs_one_query_more_while_something_is_held(
    cast: Cast, plan: Plan, july: ProgressReport, django_assert_max_num_queries: Any
) -> None:
    behind = another(cast, plan, 2, at("2022-08-03", "09:00:00"))
    client = browser(cast.office)
    client.get(url(behind))
    hold(report=july, actor=cast.office, now=at("2022-08-03"), at=timezone.now())
    with django_assert_max_num_queries(26):
        client.get(url(behind))


def test_a_report_filed_again_after_a_return_is_read_anew(cast: Cast, july: ProgressReport) -> None:
    accepts(cast.office, july)
    returned_by_the_head(cast, july)
    july.refresh_from_db()
    file_report(cast, july, at("2022-08-03", "10:00:00"), 190, progress="示例：重报的进展。")
    assert let_the_seconds_pass() == 0
    assert state(report_of(july.task, cast.lead)) == ReportState.REVIEWING
