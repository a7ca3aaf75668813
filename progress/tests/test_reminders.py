"""The ledger and the outbox, with the cast of one item of 市住建局 for July 2022."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from progress import outbox, workflow
from progress.models import ProgressReport, Reminder, ReminderState
from progress.outbox import send_due, send_immediate
from progress.reminders import plan_reminders
from progress.tests.cast import Cast, at, file_report
from tests.smtp import SmtpSink
from units.models import Appointment

pytestmark = pytest.mark.django_db
WEDNESDAY = at("2022-08-03", "09:00:00")


@pytest.fixture(autouse=True)
def addresses(cast: Cast, report: ProgressReport) -> None:
    for actor in (cast.reporter, cast.signer, cast.office):
        actor.user.email = f"u{actor.user.pk}@huangshi.example"
        actor.user.save()


def run(now: datetime) -> int:
    plan_reminders(now=now)
    return send_due(now=now)


def rungs_sent_to(user: Any) -> list[str]:
    sent = Reminder.objects.filter(recipient=user, state=ReminderState.SENT)
    return list(sent.order_by("pk").values_list("rung", flat=True))


def test_the_liaison_is_reminded_on_each_rung_and_no_one_else(cast: Cast) -> None:
    for day in ("2022-07-25", "2022-07-26", "2022-08-03", "2022-08-04", "2022-08-05"):
        run(at(day))
    assert rungs_sent_to(cast.reporter.user) == ["opening", "d-2", "d0"]
    assert {row.recipient for row in Reminder.objects.all()} == {cast.reporter.user}
    assert [message.to for message in mail.outbox] == [[cast.reporter.user.email]] * 3


def test_the_day_after_also_tells_the_signer_and_the_second_day_the_office(cast: Cast) -> None:
    run(at("2022-08-08"))
    assert rungs_sent_to(cast.signer.user) == ["d+1"]
    assert rungs_sent_to(cast.office.user) == []
    run(at("2022-08-09"))
    assert rungs_sent_to(cast.office.user) == ["d+2"]
    assert rungs_sent_to(cast.leader.user) == []
    row = Reminder.objects.get(recipient=cast.office.user)
    assert row.text == "7月进展仍有1个单位1项未报送，请电话催报。"


def test_twice_is_once(cast: Cast) -> None:
    run(WEDNESDAY)
    rows, messages = Reminder.objects.count(), len(mail.outbox)
    run(WEDNESDAY + timedelta(minutes=10))
    assert (Reminder.objects.count(), len(mail.outbox)) == (rows, messages)


def test_a_missed_day_is_caught_up_with_the_newest_rung_only(cast: Cast) -> None:
    run(at("2022-08-04"))  # nothing ran on the opening day and on −2
    states = dict(Reminder.objects.values_list("rung", "state"))
    assert states == {"opening": "skipped", "d-2": "sent"}
    assert Reminder.objects.get(rung="opening").reason == "已由之后的提醒代替"
    assert "还剩1个工作日" in Reminder.objects.get(rung="d-2").text


def test_nothing_goes_on_a_weekend_and_monday_catches_up(cast: Cast) -> None:
    assert run(at("2022-08-06")) == 0
    assert not Reminder.objects.exists()
    run(at("2022-08-08"))
    assert rungs_sent_to(cast.reporter.user) == ["d+1"]


def test_who_filed_is_not_reminded(cast: Cast, report: ProgressReport) -> None:
    file_report(cast, report, at("2022-08-02"), 180)
    run(WEDNESDAY)
    assert not Reminder.objects.exists()


def test_filing_cancels_what_was_planned_but_not_sent(cast: Cast, report: ProgressReport) -> None:
    plan_reminders(now=WEDNESDAY)
    file_report(cast, report, WEDNESDAY, 180)
    assert send_due(now=WEDNESDAY) == 0
    assert Reminder.objects.get(rung="d-2").state == ReminderState.CANCELLED
    assert mail.outbox == []


def test_one_digest_holds_everything_of_a_person_the_most_urgent_first(
    cast: Cast, report: ProgressReport
) -> None:
    Appointment.objects.create(
        user=cast.reporter.user, role="office", starts_on=cast.reporter.appointment.starts_on
    )
    run(at("2022-08-09"))
    theirs = [m for m in mail.outbox if m.to == [cast.reporter.user.email]]
    assert len(theirs) == 1
    assert theirs[0].body.index("请电话催报") < theirs[0].body.index("未按时报送")
    assert f"/2022/reports/{report.pk}/" in theirs[0].body


def test_a_unit_without_a_liaison_gets_no_row(cast: Cast) -> None:
    Appointment.objects.filter(user=cast.reporter.user).update(ends_on=at("2022-08-01").date())
    run(WEDNESDAY)
    assert not Reminder.objects.exists()


def test_a_return_is_told_at_once_and_on_any_day(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, at("2022-08-05"), 180)
    saturday = at("2022-08-06")
    workflow.return_to_unit(
        report=sent, actor=cast.office, now=saturday, reason="示例：请补充照片。"
    )
    assert send_immediate(now=saturday) == 2
    assert {tuple(message.to) for message in mail.outbox} == {
        (cast.reporter.user.email,),
        (cast.signer.user.email,),
    }
    assert "请补充照片" in mail.outbox[0].body


def test_what_the_office_returned_is_not_on_the_ladder(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, at("2022-08-02"), 180)
    workflow.return_to_unit(
        report=sent, actor=cast.office, now=at("2022-08-02"), reason="示例：数据不符。"
    )
    plan_reminders(now=WEDNESDAY)
    assert not Reminder.objects.filter(is_immediate=False).exists()


def test_a_run_that_died_is_taken_up_under_the_same_message_id(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_reminders(now=WEDNESDAY)

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(outbox, "_mail", die)
        with pytest.raises(KeyboardInterrupt):
            send_due(now=WEDNESDAY)
    claimed = Reminder.objects.get(rung="d-2")
    assert claimed.state == ReminderState.CLAIMED
    assert send_due(now=WEDNESDAY + timedelta(minutes=1)) == 0  # the lease still runs
    assert send_due(now=WEDNESDAY + timedelta(minutes=6)) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == claimed.message_id


def test_a_mail_server_that_is_away_costs_a_delay_and_no_message(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(outbox, "_mail", refuse)
        assert run(WEDNESDAY) == 0
    row = Reminder.objects.get(rung="d-2")
    assert (row.state, row.delivery) == (ReminderState.DUE, "邮件发送失败，将重试")
    assert Reminder.objects.in_bell_of(cast.reporter.user).filter(pk=row.pk).exists()
    assert run(WEDNESDAY + timedelta(minutes=10)) == 1
    assert len(mail.outbox) == 1


def test_a_second_digest_does_not_go_on_the_same_day(cast: Cast, report: ProgressReport) -> None:
    run(WEDNESDAY)
    Reminder.objects.filter(rung="d-2").update(subject="report:0")  # as if for another item
    run(WEDNESDAY + timedelta(hours=1))
    assert len(mail.outbox) == 1
    assert Reminder.objects.get(subject=f"report:{report.pk}", rung="d-2").delivery == "站内消息"


def test_the_command_says_what_it_did(
    cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huangshi_tasks.lib.clock.now", lambda: WEDNESDAY)
    monkeypatch.setattr("huangshi_tasks.lib.clock.today", lambda: WEDNESDAY.date())
    call_command("send_reminders")
    planned = Reminder.objects.count()
    sent = Reminder.objects.filter(state=ReminderState.SENT).count()
    assert capsys.readouterr().out == f"新增提醒{planned}条，发送{sent}条。\n"
    assert sent > 0


def test_mail_leaves_over_smtp_in_text_and_html(cast: Cast, smtp_sink: SmtpSink) -> None:
    run(WEDNESDAY)
    (message,) = smtp_sink.messages
    row = Reminder.objects.get(rung="d-2")
    assert message["Message-ID"] == row.message_id
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert all(row.text in part.get_content() for part in message.iter_parts())
