"""工作日调整, as the office meets it: a day off entered on a due day, a library that knows more."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import chinese_calendar
import pytest
from django.test import Client

from huangshi_tasks.lib import clock
from progress import jobs
from progress.due_days import acts
from progress.due_days.affected import affected
from progress.finalizing.rescheduling import move_period
from progress.lifecycle import by_office
from progress.matters.orders import send_order, sign_order
from progress.models import (
    Instruction,
    Period,
    ProgressReport,
    Reminder,
    SupervisionOrder,
    SupportRequest,
)
from progress.supports import acts as supports
from tests.cast import Cast, at, file_report, period_of
from tests.matters import approval_of, make_instruction, make_order
from units.calendar import workdays
from units.log.actions import ACTIONS
from units.models import LogEntry

pytestmark = pytest.mark.django_db
NOW = at("2022-08-03", "09:00:00")
FRIDAY, MONDAY = date(2022, 8, 5), date(2022, 8, 8)  # the 5th: July is due
PAGE = "/calendar/due-days/"
CHANGED = "工作日安排有变化"


@pytest.fixture(autouse=True)
def a_day() -> Iterator[None]:
    clock.configure(NOW.date())
    yield
    clock.configure(None)


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.office.user)
    return client


def enter(office: Client, day: date, worked: str = "0") -> None:
    fields = {"day": f"{day}", "is_worked": worked, "source": "示例通知"}
    assert office.post("/calendar/", fields).status_code == 302


def page(office: Client, address: str = PAGE) -> str:
    return html.unescape(office.get(address).content.decode())


def boxes(office: Client) -> dict[str, bool]:
    """What is listed → is it ticked."""
    found = re.findall(r'name="moved" id="[^"]*" value="([^"]*)"( checked)?', page(office))
    return {key: bool(checked) for key, checked in found}


def send(office: Client, *keys: str, seen: str = "") -> Any:
    shown = re.search(r'name="seen" value="([^"]*)"', page(office))
    assert shown is not None
    return office.post(PAGE, {"moved": keys, "seen": seen or shown[1]}, follow=True)


def test_a_day_off_on_a_due_day_is_offered_moved_and_told(
    office: Client, cast: Cast, report: ProgressReport
) -> None:
    july = report.period
    assert CHANGED not in page(office, "/calendar/")
    enter(office, FRIDAY)
    for address in ("/calendar/", "/2022/periods/", f"/2022/periods/{july.pk}/"):
        assert f"{CHANGED}，1项期限受影响" in page(office, address)
    assert boxes(office) == {f"period-{july.pk}": True}
    answer = send(office, f"period-{july.pk}")
    assert "已顺延1项并通知有关单位" in answer.content.decode()
    july.refresh_from_db()
    report.refresh_from_db()
    assert (july.due_on, report.due_on) == (MONDAY, MONDAY)
    assert "报送截止由8月5日改为8月8日：工作日安排调整" in july.note
    told = Reminder.objects.get(recipient=cast.reporter.user, subject=f"period:{july.pk}")
    assert "8月8日" in told.text
    entry = LogEntry.objects.filter(action="calendar.move").get()
    assert entry.summary == "工作日调整：顺延1项，保持0项"
    assert "报送截止由8月5日改为8月8日" in entry.payload
    assert entry.action in ACTIONS
    assert "没有受影响的期限" in page(office)
    assert CHANGED not in page(office, f"/2022/periods/{july.pk}/")


def test_what_is_not_ticked_keeps_its_day_and_is_not_asked_again(
    office: Client, report: ProgressReport
) -> None:
    enter(office, FRIDAY)
    assert "1项保持不变" in send(office).content.decode()
    report.refresh_from_db()
    assert report.due_on == FRIDAY
    assert boxes(office) == {}


def test_nobody_decides_on_a_list_that_was_not_seen(office: Client, report: ProgressReport) -> None:
    enter(office, FRIDAY)
    seen = acts.fingerprint(affected(NOW.date()))
    enter(office, MONDAY)
    answer = send(office, f"period-{report.period.pk}", seen=seen)
    assert answer.status_code == 409
    assert "有变化，请核对下表后再提交" in answer.content.decode()
    report.refresh_from_db()
    assert report.due_on == FRIDAY


def test_a_day_that_comes_earlier_is_ticked_by_hand(office: Client, report: ProgressReport) -> None:
    october = period_of(report.period.plan, "2022-10")
    assert october.due_on == date(2022, 11, 7)
    enter(office, date(2022, 11, 5), worked="1")
    assert boxes(office) == {f"period-{october.pk}": False}
    assert "提前" in page(office)


def test_what_was_decided_for_itself_is_left_alone(
    office: Client, cast: Cast, report: ProgressReport
) -> None:
    wednesday = date(2022, 8, 10)
    days = {"opens_on": report.period.opens_on, "closes_on": report.period.closes_on}
    given: dict[str, Any] = {**days, "due_on": wednesday, "reason": "示例"}
    move_period(period=report.period, actor=cast.office, now=NOW, **given)
    enter(office, wednesday)
    assert boxes(office) == {}


def test_returns_instructions_and_orders_move_too(
    office: Client, cast: Cast, report: ProgressReport
) -> None:
    make_instruction(cast, report.period.plan, NOW, urgency="urgent", due_on=None)
    order = make_order(cast, report.task)
    sign_order(order=order, approval=approval_of(cast), actor=cast.office, now=NOW)
    send_order(order=order, actor=cast.office, now=NOW)
    SupervisionOrder.objects.update(due_on=FRIDAY)  # as it was typed
    sent = file_report(cast, report, at("2022-08-02"), 180)
    by_office.return_to_unit(report=sent, actor=cast.office, now=NOW, reason="示例：缺照片。")
    report.refresh_from_db()
    assert report.return_due_on == FRIDAY
    enter(office, FRIDAY)
    keys = boxes(office)
    assert {key.partition("-")[0] for key in keys} == {
        "period",
        "progressreport",
        "instruction",
        "supervisionorder",
    }
    answer = send(office, *keys)
    assert f"已顺延{len(keys)}项" in answer.content.decode()
    report.refresh_from_db()
    assert report.return_due_on == MONDAY
    assert set(Instruction.objects.values_list("due_on", flat=True)) == {date(2022, 8, 11)}
    assert set(SupervisionOrder.objects.values_list("due_on", flat=True)) == {MONDAY}
    told = Reminder.objects.filter(rung__startswith="postponed:")
    assert {row.subject.partition(":")[0] for row in told} == {
        "report",
        "instruction",
        "supervisionorder",
    }
    assert all("工作日安排调整" in row.text for row in told)


def test_a_question_to_a_support_unit_moves_too(
    office: Client, cast: Cast, report: ProgressReport
) -> None:
    given: dict[str, Any] = {"actor": cast.reporter, "now": NOW, "question": "示例"}
    supports.ask(report=report, units=[cast.support], due_on=FRIDAY, **given)
    asked = SupportRequest.objects.get()
    enter(office, FRIDAY)
    key = f"supportrequest-{asked.pk}"
    assert boxes(office)[key]
    assert "已顺延1项" in send(office, key).content.decode()
    asked.refresh_from_db()
    assert asked.due_on == MONDAY
    told = Reminder.objects.get(subject=f"support:{asked.pk}")
    assert (told.recipient, told.link) == (cast.supporter.user, "/2022/supports/")
    assert "答复期限由8月5日改为8月8日（工作日安排调整）" in told.text
    assert LogEntry.objects.get(action="supportrequest.postpone").action in ACTIONS


def test_a_question_that_was_answered_keeps_its_day(
    office: Client, cast: Cast, report: ProgressReport
) -> None:
    given: dict[str, Any] = {"actor": cast.reporter, "now": NOW, "question": "示例"}
    [asked] = supports.ask(report=report, units=[cast.support], due_on=FRIDAY, **given)
    supports.answer(asked=asked, actor=cast.supporter, now=NOW, answer="示例")
    enter(office, FRIDAY)
    assert f"supportrequest-{asked.pk}" not in boxes(office)


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Callable[[set[date]], None]:
    """The library does not know 2023; called, it does, with these days off."""
    known: dict[str, set[date] | None] = {"off": None}
    right = chinese_calendar.is_workday

    def is_workday(day: date) -> bool:
        if day.year != 2023:
            return bool(right(day))
        if known["off"] is None:
            raise NotImplementedError
        return day.weekday() < 5 and day not in known["off"]

    monkeypatch.setattr(chinese_calendar, "is_workday", is_workday)
    return lambda off: known.update(off=off)


def test_of_a_restricted_matter_only_the_number_is_said(
    office: Client, cast: Cast, report: ProgressReport
) -> None:
    title = "不外传的示例"
    matter = make_instruction(cast, report.period.plan, NOW, title=title, visibility="restricted")
    enter(office, FRIDAY)
    assert f"instruction-{matter.pk}" in boxes(office)
    assert title not in page(office)
    send(office, *boxes(office))
    told = Reminder.objects.get(rung__startswith="postponed:", recipient=cast.reporter.user)
    assert told.text.startswith(matter.code)
    assert title not in told.text


def test_next_years_arrangement_is_offered_when_the_library_brings_it(
    office: Client, cast: Cast, report: ProgressReport, publish: Callable[[set[date]], None]
) -> None:
    year_end = period_of(report.period.plan, "2022-12")
    address = f"/2022/periods/{year_end.pk}/"
    assert "2023年放假安排尚未公布" in page(office, address)
    jobs.open_periods()
    assert workdays.remembered() is not None
    publish({date(2023, 1, 5), date(2023, 1, 6)})
    for _ in range(2):  # every hour, and at every start
        jobs.open_periods()
    told = Reminder.objects.get(recipient=cast.office.user, subject__startswith="workdays:")
    assert (told.text[:8], told.link) == (CHANGED, PAGE)
    assert "尚未公布" not in page(office, address)
    assert CHANGED in page(office, address)
    assert len(boxes(office)) == 3  # of the month, of the quarter, of the half-year
    send(office, *boxes(office))
    year_end.refresh_from_db()
    assert year_end.due_on == date(2023, 1, 9)


def test_a_change_that_touches_nothing_is_taken_down_and_asks_nothing(
    office: Client, report: ProgressReport, publish: Callable[[set[date]], None]
) -> None:
    jobs.open_periods()
    publish({date(2023, 10, 3)})
    jobs.open_periods()
    entry = LogEntry.objects.get(action="calendar.move")
    assert entry.actor_name == "系统"
    assert '"2023-10-03":false' in entry.payload
    assert not Reminder.objects.filter(subject__startswith="workdays:").exists()


def test_what_is_kept_of_the_calendar_goes_along_with_the_years(report: ProgressReport) -> None:
    jobs.open_periods()
    acts.notice_changes(now=at("2023-03-01"))
    assert workdays.reaches(date(2023, 3, 1))


def test_dates_stored_before_anything_was_kept_are_found(
    office: Client, report: ProgressReport
) -> None:
    Period.objects.filter(pk=report.period.pk).update(due_on=date(2022, 8, 4))
    jobs.open_periods()
    assert boxes(office) == {f"period-{report.period.pk}": True}
