"""A liaison leaves: the draft stays with the unit, the successor is told and goes on typing."""

from __future__ import annotations

from datetime import date

import pytest

from huangshi_tasks.lib import clock
from progress.duties.handover import hand_over, open_work_of
from progress.lifecycle import by_office, by_unit
from progress.models import ProgressReport, Reminder
from tests.cast import TEXT, Cast, at, file_report, fill
from tests.pages import browser, latest, text_of, url
from units.actors import Actor, appointments_of
from units.errors import NotNow, Refused
from units.models import LogEntry, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")
LAST_DAY = date(2022, 8, 3)


@pytest.fixture
def successor() -> User:
    return User.objects.create(
        username="jieren", display_name="示例接任人", must_change_password=False
    )


def test_the_successor_goes_on_with_the_draft(
    cast: Cast, report: ProgressReport, successor: User
) -> None:
    fill(report, cast.reporter, NOW, 180)
    hand_over(
        held=cast.reporter.appointment,
        successor=successor,
        last_day=LAST_DAY,
        actor=cast.office,
        now=NOW,
    )
    told = Reminder.objects.get(recipient=successor)
    assert "草稿1项" in told.text
    assert LogEntry.objects.filter(action="appointment.hand_over").count() == 1
    clock.configure(date(2022, 8, 4))
    taken = Actor(successor, appointments_of(successor, date(2022, 8, 4))[0])
    page = text_of(browser(taken).get(url(report)))
    assert TEXT in page
    report.refresh_from_db()
    assert by_unit.submit(report=report, actor=taken, now=at("2022-08-04")).state == "signing"
    assert latest(report).submitted_by_name.startswith("示例接任人")
    assert browser(cast.reporter).get(url(report)).status_code == 403  # no appointment any more


def test_what_is_open_is_counted(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180)
    by_office.return_to_unit(report=sent, actor=cast.office, now=NOW, reason="请补充。")
    work = open_work_of(cast.reporter.appointment)
    assert work.in_words == "退回待重报1项"


def test_who_may_and_what_cannot_be(cast: Cast, successor: User) -> None:
    def act(who: object = cast.admin, day: date = LAST_DAY, to: User = successor) -> None:
        hand_over(
            held=cast.reporter.appointment,
            successor=to,
            last_day=day,
            actor=who,  # type: ignore[arg-type]
            now=NOW,
        )

    for actor in (cast.signer, cast.leader, cast.auditor, cast.stranger_reporter):
        with pytest.raises(Refused):
            act(actor)
    with pytest.raises(NotNow, match="本人"):
        act(to=cast.reporter.user)
    with pytest.raises(NotNow, match="自己的账号"):
        act(to=cast.admin.user)
    with pytest.raises(NotNow, match="不得兼任"):
        act(to=cast.auditor.user)
    with pytest.raises(Refused, match="由系统管理员办理"):
        hand_over(
            held=cast.signer.appointment,
            successor=successor,
            last_day=LAST_DAY,
            actor=cast.office,
            now=NOW,
        )
    with pytest.raises(NotNow, match="早于"):
        act(day=date(2022, 1, 1))
    act()
    with pytest.raises(NotNow, match="已终止"):
        act()


def test_the_page_asks_for_a_known_account_and_the_administrator_sees_no_items(
    cast: Cast, report: ProgressReport, successor: User
) -> None:
    fill(report, cast.reporter, NOW, 180)
    address = f"/handover/{cast.reporter.appointment.pk}/"
    page = text_of(browser(cast.admin).get(address))
    assert "草稿1项" in page
    assert report.task.short_title not in page
    assert report.task.code in text_of(browser(cast.office).get(address))
    wrong = browser(cast.admin).post(address, {"successor": "无", "last_day": "2022-08-03"})
    assert wrong.status_code == 409
    assert "请先由系统管理员新增账号" in text_of(wrong)
    done = browser(cast.admin).post(
        address, {"successor": "jieren", "last_day": "2022-08-03"}, follow=True
    )
    assert "已由市住建局联络员交示例接任人" in text_of(done)
