"""提醒规则, 消息渠道 and 提醒台账, as the office sees and changes them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail

from progress.models import ProgressReport
from progress.reminding.ladder import DEFAULTS, FILING
from progress.reminding.ladders import ladders_of, written
from progress.reminding.run import remind
from tasks.models import PlanRule
from tests.cast import Cast, at
from tests.pages import browser
from units.models import LogEntry

pytestmark = pytest.mark.django_db
PAGE = "/2022/ladders/filing/"
TODAY, TOMORROW = date(2022, 8, 3), date(2022, 8, 4)


@pytest.fixture(autouse=True)
def on_wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huangshi_tasks.lib.clock.now", lambda: at("2022-08-03", "09:00:00"))


def rows(*rungs: tuple[str, list[str]]) -> dict[str, Any]:
    """The formset as a browser posts it."""
    posted: dict[str, Any] = {"r-TOTAL_FORMS": len(rungs), "r-INITIAL_FORMS": 0}
    for place, (offset, tells) in enumerate(rungs):
        posted |= {f"r-{place}-offset": offset, f"r-{place}-tells": tells}
    return posted


def test_a_change_holds_from_the_next_day_on_and_twice_is_one_rule(
    cast: Cast, report: ProgressReport
) -> None:
    office, plan = browser(cast.office), report.task.plan
    for days in ("-3", "-4"):
        posted = rows((days, ["reporter"]), ("", []), ("opening", ["reporter", "signer"]))
        assert office.post(PAGE, posted).status_code == 302
    assert ladders_of(plan, TODAY)[FILING] == DEFAULTS[FILING]
    assert written(ladders_of(plan, TOMORROW)[FILING]) == [
        {"offset": None, "tells": ["reporter", "signer"]},
        {"offset": -4, "tells": ["reporter"]},
    ]
    assert PlanRule.objects.filter(key="ladder.filing").count() == 1
    assert LogEntry.objects.filter(action="ladder.set").count() == 2


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        (rows(("0", ["reporter"]), ("0", ["signer"])), "同一天只能设一次"),
        (rows(("0", [])), "每一次提醒都要选择提醒对象"),
        ({}, "提交的内容不完整，请刷新页面后重试。"),
        (rows(("甲", ["reporter"])), "选择一个有效的选项"),
        (rows(("0", ["leader"])), "选择一个有效的选项"),
    ],
)
def test_what_makes_no_ladder_is_refused_with_a_sentence(
    cast: Cast, report: ProgressReport, posted: dict[str, Any], sentence: str
) -> None:
    answer = browser(cast.office).post(PAGE, posted)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert not PlanRule.objects.exists()


def test_a_trial_goes_to_the_person_who_asks_and_is_logged(
    cast: Cast, report: ProgressReport
) -> None:
    office = browser(cast.office)
    refused = office.post("/channels/mail/", follow=True)
    assert "您的账号没有登记邮件地址" in refused.content.decode()
    cast.office.user.email = "office@sample.invalid"
    cast.office.user.save()
    assert "邮件服务器已接收" in office.post("/channels/mail/", follow=True).content.decode()
    assert [message.to for message in mail.outbox] == [["office@sample.invalid"]]
    assert "未配置" in office.post("/channels/sms/", follow=True).content.decode()
    assert LogEntry.objects.filter(action="channel.try").count() == 1


def test_no_secret_is_shown(cast: Cast, settings: LazySettings) -> None:
    settings.WECOM_URL = "https://robot.example/send?key=very-secret"
    page = browser(cast.office).get("/channels/").content.decode()
    assert "very-secret" not in page
    assert "企业微信群" in page


def test_the_item_says_what_will_be_told_to_whom(cast: Cast, report: ProgressReport) -> None:
    page = browser(cast.office).get(f"/2022/tasks/{report.task.number}/reminders/")
    days = [
        (each.day.isoformat(), [str(p) for p in each.people]) for each in page.context["coming"]
    ]
    lead, signer = str(cast.reporter.user), str(cast.signer.user)
    assert days == [("2022-08-05", [lead]), ("2022-08-08", [lead, signer])]


def test_the_ledger_shows_who_was_told_and_its_excel_has_as_many_rows(
    cast: Cast, report: ProgressReport
) -> None:
    now = at("2022-08-03", "09:00:00")
    remind(now=now, at=now)
    office = browser(cast.office)
    page = office.get("/reminders/?kind=report&state=sent")
    (row,) = page.context["rows"]
    assert (row.recipient, row.state) == (str(cast.reporter.user), "sent")
    book = office.get("/reminders.xlsx?kind=report&state=sent")
    assert book["Content-Type"].endswith("spreadsheetml.sheet")
    assert LogEntry.objects.filter(action="export").count() == 1
