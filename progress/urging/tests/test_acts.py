"""催办 by hand and the 未报清单."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from progress.matters.answers import submit_answer
from progress.matters.orders import follow_up, revoke_order
from progress.models import Channel, Period, Reminder, Urge
from progress.periods.owed import filing_state, owed
from progress.urging.acts import note_contact, urge
from progress.urging.reach import urging_of
from progress.urging.unreported import overdue_in, unreported, unreported_list
from tasks.models import Plan, Task
from tests.cast import Cast, at, file_report, make_item, report_of
from tests.matters import answered, make_instruction, make_order, sent_order
from tests.pages import browser, text_of
from units.errors import NotNow, Refused
from units.log.verification import first_bad_position
from units.models import Appointment, LogEntry

pytestmark = pytest.mark.django_db

BEFORE, AFTER = at("2022-08-05"), at("2022-08-08")  # July is due on 5 August


@pytest.fixture
def july(plan: Plan, task: Task, cast: Cast) -> Period:
    """重点工作第1项 was not filed, 第2项 was."""
    report_of(task, cast.lead)
    filed = make_item(plan, cast, number=2)
    file_report(cast, report_of(filed, cast.lead), at("2022-08-02"), 180)
    return Period.objects.get(plan=plan, code="2022-07")


def test_the_list_is_what_is_owed_and_has_not_left(cast: Cast, plan: Plan, july: Period) -> None:
    page = unreported_list([plan], AFTER.date(), july.pk)
    assert page.count == unreported(july).count() == 1
    states = [filing_state(report, AFTER.date()) for report in owed(july)]
    assert page.overdue_count == states.count("overdue") == 1
    assert unreported_list([plan], BEFORE.date(), july.pk).overdue_count == 0
    assert page.units[0].last is None


def test_before_it_is_sent_it_says_who_and_why_not(cast: Cast, plan: Plan, july: Period) -> None:
    reports = list(owed(july))
    early = urging_of(reports, BEFORE.date())
    assert (early.count, len(early.left_out)) == (0, 2)
    assert "8月5日24时截止" in early.left_out[0]
    late = urging_of(reports, AFTER.date())
    assert (late.count, late.people_count, late.reached) == (1, 1, "市住建局 联络员")
    assert late.left_out == ["重点工作第2项7月进展已报送，正在审核，不再催办。"]


def test_it_goes_to_the_bell_at_once_and_only_once_a_day(
    cast: Cast, plan: Plan, july: Period
) -> None:
    reports = overdue_in([plan], AFTER.date())
    urge(subjects=reports, actor=cast.office, now=AFTER)
    row = Reminder.objects.in_bell_of(cast.reporter.user).filter(rung="urge").get()
    assert row.is_immediate
    assert row.text.startswith("督查室催办：重点工作第1项7月进展")
    assert list(Urge.objects.get().recipients.all()) == [cast.reporter.user]
    with pytest.raises(NotNow, match="重点工作第1项7月进展今天已催办过"):
        urge(subjects=reports, actor=cast.office_head, now=at("2022-08-08", "16:00"))
    tomorrow = at("2022-08-09")
    assert urge(subjects=reports, actor=cast.office, now=tomorrow).count == 1


def test_many_units_are_urged_in_as_many_statements_as_one(
    cast: Cast, plan: Plan, july: Period
) -> None:
    task = make_item(plan, cast, number=3)
    task.responsibilities.filter(is_primary=True).update(unit=cast.stranger)
    report_of(task, cast.stranger)
    reports = overdue_in([plan], AFTER.date())
    asked = []
    for those, now in ((reports[:1], AFTER), (reports, at("2022-08-09"))):
        with CaptureQueriesContext(connection) as queries:
            done = urge(subjects=those, actor=cast.office, now=now)
        asked.append(len(queries))
    assert len(done.units) == Urge.objects.filter(urged_at=now).count() > 1
    entries = LogEntry.objects.filter(action="urge.enter").order_by("position")
    assert len(entries) == 1 + len(done.units)
    assert first_bad_position() is None
    assert asked[0] == asked[1]


def test_what_waits_for_the_head_reaches_the_head(cast: Cast, plan: Plan, july: Period) -> None:
    instruction = make_instruction(cast, plan, due_on=date(2022, 8, 4))
    waiting = submit_answer(matter=instruction, actor=cast.reporter, now=BEFORE, text="示例")
    assert urging_of([waiting], AFTER.date()).people_count == 2
    done = answered(cast, make_instruction(cast, plan, due_on=date(2022, 8, 4)))
    assert "不再催办" in urging_of([done], AFTER.date()).left_out[0]


def test_a_unit_nobody_can_reach_is_named(cast: Cast, plan: Plan, july: Period) -> None:
    Appointment.objects.filter(unit=cast.lead).update(ends_on=date(2022, 8, 1))
    assert "请电话催办" in urging_of(list(unreported(july)), AFTER.date()).left_out[0]


def test_a_call_is_noted_in_one_line_any_number_of_times(
    cast: Cast, plan: Plan, july: Period
) -> None:
    report = unreported(july).get()
    for answer in ("示例：明天报。", "示例：下午报。"):
        note_contact(
            plan=plan,
            unit=cast.lead,
            subjects=[report],
            channel=Channel.TELEPHONE,
            reached="联络员",
            answer=answer,
            actor=cast.office,
            now=AFTER,
        )
    (unit,) = unreported_list([plan], AFTER.date()).units
    assert unit.last is not None
    assert (unit.last.answer, unit.lines[0].urged) == ("示例：下午报。", 2)


def test_others_than_the_office_may_not(cast: Cast, plan: Plan, july: Period) -> None:
    with pytest.raises(Refused):
        urge(subjects=[], actor=cast.reporter, now=AFTER)


def test_the_page_says_who_and_afterwards_who_was(
    cast: Cast, plan: Plan, july: Period, monday_after: None
) -> None:
    client = browser(cast.office)
    url = reverse("progress:urge", args=[plan.slug])
    task = unreported(july).get().task
    page = text_of(client.get(url, {"task": task.pk}))
    assert "向市住建局催办1份？" in page
    done = text_of(client.post(url, {"all": "1"}, follow=True))
    assert "已催办1份，送达1人（市住建局 联络员）。" in done
    note = reverse("progress:urge_note", args=[plan.slug])
    assert client.post(note, {"unit": cast.lead.pk, "channel": "telephone"}).status_code == 409
    given = {"unit": cast.lead.pk, "channel": "wechat", "reached": "联络员", "answer": "示例：好。"}
    assert "微信" in text_of(client.post(note, given, follow=True))


def test_a_sheet_is_numbered_when_signed_and_told_when_sent(cast: Cast, task: Task) -> None:
    dropped = make_order(cast, task)
    revoke_order(order=dropped, actor=cast.office, now=AFTER, reason="示例")
    order = sent_order(cast, task)
    assert order.code == "督办〔2022〕1号"
    told = Reminder.objects.filter(subject=f"supervisionorder:{order.pk}", rung="sent")
    assert {row.recipient for row in told} == {cast.reporter.user, cast.signer.user}
    assert urging_of([order], AFTER.date()).count == 1
    done = answered(cast, order)
    later = date(2022, 8, 15)
    followed = follow_up(order=done, actor=cast.office, now=AFTER, note="示例", on=later)
    assert (followed.state, followed.answers.get().decision) == ("followed_up", "accepted")
