"""Messages and their deliveries, with the cast of one item of 市住建局 for July 2022."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.core.management import CommandError, call_command
from django.utils import timezone

from huangshi_tasks.lib import clock
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
from progress.reminding.case import Case, Opened
from progress.reminding.planning import plan_reminders
from progress.reminding.run import remind, send_waiting
from progress.telling.notice import tell
from progress.telling.people import People
from tests.cast import Cast, at, file_report
from tests.smtp import SmtpSink
from units.models import Appointment, User

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
        outbox.deliver(at=moment, ladder_too=True, opened=Opened([open_case(key)]))
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


POISON = [
    RuntimeError("示例"),
    BadHeaderError("示例"),
    UnicodeEncodeError("ascii", "示", 0, 1, "示例"),
    KeyError("示例"),
    AssertionError(),
    RecursionError(),
]


def notices(cast: Cast, count: int, text: str = "示例：一项") -> list[Delivery]:
    """`count` notices that go at once, each with its mail."""
    for number in range(count):
        people: People = {cast.reporter.user: cast.lead}
        tell(people, f"trial:{number}", "now", f"{text}{number}", "", now=WEDNESDAY, urgency=1)
    messages.make_notices(now=WEDNESDAY, at=WEDNESDAY)
    return list(Delivery.objects.order_by("pk"))


@pytest.mark.parametrize("problem", POISON, ids=lambda problem: type(problem).__name__)
def test_whatever_goes_wrong_with_one_delivery_the_other_nine_leave_in_the_same_run(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    rows = notices(cast, 10)
    send = Mail.send

    def poisoned(channel: Mail, letter: Letter) -> str:
        if letter.reference == rows[4].reference:
            raise problem
        return send(channel, letter)

    monkeypatch.setattr(Mail, "send", poisoned)
    done = outbox.deliver(at=WEDNESDAY, ladder_too=True)
    assert (done.taken, done.waiting, done.given_up) == (9, 1, 0)
    bad = Delivery.objects.get(pk=rows[4].pk)
    assert (bad.state, bad.attempts) == (DeliveryState.WAITING, 1)
    assert type(problem).__name__ in bad.result
    moment = WEDNESDAY
    while (bad := Delivery.objects.get(pk=bad.pk)).state == DeliveryState.WAITING:
        moment = bad.next_at
        outbox.deliver(at=moment, ladder_too=True)
    assert (bad.state, bad.attempts) == (DeliveryState.GIVEN_UP, outbox.MOST_ATTEMPTS)
    assert "未送达" in Reminder.objects.get(subject="trial:4").delivery
    assert len(mail.outbox) == 9


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_reason_of_several_lines_is_one_line_in_the_subject(
    cast: Cast, report: ProgressReport, end: str
) -> None:
    sent = file_report(cast, report, at("2022-08-05"), 180)
    reason = f"一、示例缺照片。{end}二、示例缺数字。"
    saturday = at("2022-08-06")
    by_office.return_to_unit(report=sent, actor=cast.office, now=saturday, reason=reason)
    send_waiting(now=saturday, at=saturday)
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert "一、示例缺照片。 二、示例缺数字。" in message.subject
        assert message.message().as_bytes()


def test_an_address_that_cannot_be_written_costs_only_its_own_mail(
    cast: Cast, smtp_sink: SmtpSink
) -> None:
    rows = notices(cast, 3)
    Delivery.objects.filter(pk=rows[0].pk).update(address=f"a@{'标' * 80}.example")
    done = outbox.deliver(at=WEDNESDAY, ladder_too=True)
    assert (done.taken, done.waiting) == (2, 1)
    assert len(smtp_sink.messages) == 2


def test_what_was_answered_is_cancelled_although_its_channel_was_switched_off(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_mail(broken, NotTakenError("示例：没有连上"))
        turn(WEDNESDAY)
    monkeypatch.setattr(outbox, "configured", list)
    outbox.deliver(at=WEDNESDAY + timedelta(minutes=1), ladder_too=True)
    assert Delivery.objects.get().state == DeliveryState.CANCELLED


def test_a_delivery_whose_every_run_died_ends_too(cast: Cast) -> None:
    (row,) = notices(cast, 1)
    Delivery.objects.filter(pk=row.pk).update(
        state=DeliveryState.CLAIMED,
        attempts=outbox.MOST_ATTEMPTS,
        claimed_at=WEDNESDAY - timedelta(hours=1),
    )
    assert outbox.deliver(at=WEDNESDAY, ladder_too=True).given_up == 1
    assert mail.outbox == []


def test_a_clock_that_was_set_back_holds_no_delivery_until_then(cast: Cast) -> None:
    waiting, claimed = notices(cast, 2)
    later = at("2030-01-01")
    Delivery.objects.filter(pk=waiting.pk).update(next_at=later)
    Delivery.objects.filter(pk=claimed.pk).update(state=DeliveryState.CLAIMED, claimed_at=later)
    assert outbox.deliver(at=WEDNESDAY, ladder_too=True).taken == 2


def test_one_person_whose_message_cannot_be_made_keeps_it_from_nobody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in (cast.reporter.user, cast.signer.user):
        tell({user: None}, f"trial:{user.pk}", "now", "示例", "", now=WEDNESDAY, urgency=1)
    make = messages._tell

    def poisoned(person: User, *rest: Any) -> int:
        if person == cast.reporter.user:
            raise ValueError("示例")
        return make(person, *rest)

    monkeypatch.setattr(messages, "_tell", poisoned)
    assert send_waiting(now=WEDNESDAY, at=WEDNESDAY) == 1
    assert [message.to for message in mail.outbox] == [[cast.signer.user.email]]


def test_the_command_says_what_was_taken_and_fails_when_nothing_was(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.configure(WEDNESDAY.date())
    try:
        with monkeypatch.context() as broken:
            break_mail(broken, NotTakenError("示例：没有连上"))
            with pytest.raises(CommandError, match="没有一件发得出去"):
                call_command("send_reminders")
        assert "暂未发出3件" in capsys.readouterr().out
        Delivery.objects.update(next_at=timezone.now())
        call_command("send_reminders")
        assert "已发出3件，暂未发出0件，未送达0件" in capsys.readouterr().out
    finally:
        clock.configure(None)
