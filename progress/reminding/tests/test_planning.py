"""The ledger and the outbox, with the cast of one item of 市住建局 for July 2022."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from progress.lifecycle import by_office
from progress.models import (
    Delivery,
    DeliveryState,
    ProgressReport,
    Reminder,
    ReminderState,
)
from progress.reminding.planning import plan_reminders
from progress.reminding.run import remind
from tests.cast import Cast, at, file_report
from units.models import Appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("addresses")]
WEDNESDAY = at("2022-08-03", "09:00:00")


def run(now: datetime) -> int:
    """One turn of the schedule; returns how many rows were told."""
    return remind(now=now, at=now).told


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
    assert row.text == "7月进展仍有1个单位1份未报送，请电话催报。"


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
    assert run(WEDNESDAY) == 0
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


def test_what_the_office_returned_has_a_ladder_of_its_own(
    cast: Cast, report: ProgressReport
) -> None:
    sent = file_report(cast, report, at("2022-08-02"), 180)
    by_office.return_to_unit(
        report=sent, actor=cast.office, now=at("2022-08-02"), reason="示例：数据不符。"
    )
    plan_reminders(now=WEDNESDAY)
    rungs = set(Reminder.objects.filter(is_immediate=False).values_list("rung", flat=True))
    assert rungs == {"returned:1/d+1"}


def test_the_command_says_what_it_did(
    cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huangshi_tasks.lib.clock.now", lambda: WEDNESDAY)
    monkeypatch.setattr("huangshi_tasks.lib.clock.today", lambda: WEDNESDAY.date())
    call_command("send_reminders")
    planned = Reminder.objects.count()
    told = Reminder.objects.filter(state=ReminderState.SENT).count()
    taken = Delivery.objects.filter(state=DeliveryState.SENT).count()
    assert capsys.readouterr().out == (
        f"新增提醒{planned}条，站内告知{told}条；"
        f"邮件和短信等已发出{taken}件，暂未发出0件，未送达0件。\n"
    )
    assert told > 0
    assert taken > 0
