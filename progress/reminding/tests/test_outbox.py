"""Messages and their deliveries, with the cast of one item of 市住建局 for July 2022."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from progress.channels.base import Letter, NotTakenError, RejectedError
from progress.channels.mail import Mail
from progress.lifecycle import by_office
from progress.models import (
    Delivery,
    DeliveryState,
    Message,
    ProgressReport,
    Reminder,
    ReminderState,
)
from progress.reminding import messages, outbox
from progress.reminding.case import Case
from progress.reminding.planning import plan_reminders
from progress.reminding.run import remind, send_waiting
from tests.cast import Cast, at, file_report
from tests.smtp import SmtpSink
from units.models import Appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("addresses")]
WEDNESDAY = at("2022-08-03", "09:00:00")


def turn(now: datetime) -> None:
    remind(now=now, at=now)


def return_it(cast: Cast, report: ProgressReport, now: datetime) -> None:
    sent = file_report(cast, report, at("2022-08-05"), 180)
    by_office.return_to_unit(report=sent, actor=cast.office, now=now, reason="示例：请补充照片。")


def break_mail(monkeypatch: pytest.MonkeyPatch, problem: BaseException) -> None:
    def fail(channel: Mail, letter: Letter) -> str:
        raise problem

    monkeypatch.setattr(Mail, "send", fail)


def open_case(row: Reminder) -> Case:
    """As if what `row` reminds of were still open."""
    day = row.due_on
    return Case(row.subject, (), day, says=lambda today: row.text, link=row.link)


def test_a_return_is_told_at_once_and_on_any_day(cast: Cast, report: ProgressReport) -> None:
    saturday = at("2022-08-06")
    return_it(cast, report, saturday)
    assert send_waiting(now=saturday, at=saturday) == 2
    assert {tuple(message.to) for message in mail.outbox} == {
        (cast.reporter.user.email,),
        (cast.signer.user.email,),
    }
    assert "请补充照片" in mail.outbox[0].body


def test_one_digest_holds_everything_of_a_person_the_most_urgent_first(
    cast: Cast, report: ProgressReport
) -> None:
    Appointment.objects.create(
        user=cast.reporter.user, role="office", starts_on=cast.reporter.appointment.starts_on
    )
    turn(at("2022-08-09"))
    theirs = [m for m in mail.outbox if m.to == [cast.reporter.user.email]]
    assert len(theirs) == 1
    assert theirs[0].body.index("请电话催报") < theirs[0].body.index("未按时报送")
    assert f"/2022/reports/{report.pk}/" in theirs[0].body


def test_a_run_that_died_is_taken_up_under_the_same_reference(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_mail(broken, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            turn(WEDNESDAY)
    claimed = Delivery.objects.get()
    assert claimed.state == DeliveryState.CLAIMED
    turn(WEDNESDAY + timedelta(minutes=1))
    assert mail.outbox == []  # the lease still runs
    turn(WEDNESDAY + timedelta(minutes=6))
    assert mail.outbox[0].extra_headers["Message-ID"] == claimed.reference
    assert Reminder.objects.get(rung="d-2").state == ReminderState.SENT


def test_a_mail_server_that_is_away_costs_a_delay_and_no_message(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_mail(broken, NotTakenError("示例：没有连上"))
        turn(WEDNESDAY)
        turn(WEDNESDAY + timedelta(seconds=30))  # not yet its time
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.attempts) == (DeliveryState.WAITING, 1)
    assert waiting.result == "示例：没有连上"
    row = Reminder.objects.get(rung="d-2")
    assert row.state == ReminderState.CLAIMED
    assert Reminder.objects.in_bell_of(cast.reporter.user).filter(pk=row.pk).exists()
    turn(WEDNESDAY + timedelta(minutes=1))
    assert len(mail.outbox) == 1


def test_the_waits_grow_and_after_a_day_it_is_given_up_visibly(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_mail(monkeypatch, NotTakenError("示例：没有连上"))
    plan_reminders(now=WEDNESDAY)
    messages.make_digests(now=WEDNESDAY, at=WEDNESDAY)
    moment, waits = WEDNESDAY, []
    key = Reminder.objects.get(rung="d-2")
    while (delivery := Delivery.objects.get()).state == DeliveryState.WAITING:
        waits.append((delivery.next_at - moment) / timedelta(minutes=1))
        moment = delivery.next_at
        outbox.deliver(at=moment, ladder_too=True, cases=[open_case(key)])
    assert waits[:7] == [0, 1, 2, 5, 10, 30, 60]
    assert timedelta(hours=20) < moment - WEDNESDAY < timedelta(hours=26)
    row = Reminder.objects.get(rung="d-2")
    assert row.state == ReminderState.SENT
    assert row.delivery == "站内消息；邮件未送达：示例：没有连上"


def test_what_is_refused_for_good_is_given_up_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_mail(monkeypatch, RejectedError("邮件地址被拒收（550）"))
    turn(WEDNESDAY)
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP
    assert "未送达" in Reminder.objects.get(rung="d-2").delivery


def test_what_was_filed_while_the_mail_waited_does_not_leave(
    cast: Cast, report: ProgressReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_mail(broken, NotTakenError("示例：没有连上"))
        turn(WEDNESDAY)
    file_report(cast, report, WEDNESDAY + timedelta(minutes=5), 180)
    turn(WEDNESDAY + timedelta(minutes=10))
    assert mail.outbox == []
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.result) == (DeliveryState.CANCELLED, "已办理，不再提醒")


def test_a_second_digest_does_not_go_on_the_same_day(cast: Cast, report: ProgressReport) -> None:
    turn(WEDNESDAY)
    Reminder.objects.filter(rung="d-2").update(subject="report:0")  # as if for another item
    turn(WEDNESDAY + timedelta(hours=1))
    assert len(mail.outbox) == 1
    row = Reminder.objects.get(subject=f"report:{report.pk}", rung="d-2")
    assert (row.state, row.delivery) == (ReminderState.SENT, "站内消息")


def test_a_digest_that_could_not_leave_keeps_office_hours(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_mail(broken, NotTakenError("示例：没有连上"))
        turn(WEDNESDAY)
    night = at("2022-08-03", "22:00:00")
    send_waiting(now=night, at=night)
    assert mail.outbox == []
    morning = at("2022-08-04", "08:40:00")
    send_waiting(now=morning, at=morning)
    assert len(mail.outbox) == 1


def test_a_person_without_an_address_is_told_at_the_bell(cast: Cast) -> None:
    cast.reporter.user.email = ""
    cast.reporter.user.save()
    turn(WEDNESDAY)
    assert not Delivery.objects.exists()
    row = Reminder.objects.get(rung="d-2")
    assert (row.state, row.delivery) == (ReminderState.SENT, "站内消息")
    assert row.message == Message.objects.get()


def test_mail_leaves_over_smtp_in_text_and_html(cast: Cast, smtp_sink: SmtpSink) -> None:
    turn(WEDNESDAY)
    (message,) = smtp_sink.messages
    row = Reminder.objects.get(rung="d-2")
    assert message["Message-ID"] == Delivery.objects.get().reference
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert all(row.text in part.get_content() for part in message.iter_parts())
    assert row.delivery == "站内消息、邮件"
