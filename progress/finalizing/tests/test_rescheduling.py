"""Dates moved for everybody: the filings follow, everybody is told, 补报 keeps its day."""

from __future__ import annotations

from datetime import date

import pytest

from progress.finalizing.rescheduling import move_period
from progress.models import Period, ProgressReport, Reminder
from tasks.models import Plan
from tests.cast import Cast, at, make_item, report_of
from tests.pages import browser, text_of
from units.actors import Actor
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")
REASON = "示例：防汛抢险。"


def move(
    period: Period, actor: Actor, due: str = "2022-08-09", closes: str = "2022-08-16"
) -> Period:
    return move_period(
        period=period,
        opens_on=period.opens_on,
        due_on=date.fromisoformat(due),
        closes_on=date.fromisoformat(closes),
        reason=REASON,
        actor=actor,
        now=NOW,
    )


def test_everybody_has_the_new_dates_and_is_told_why(cast: Cast, report: ProgressReport) -> None:
    moved = move(report.period, cast.office)
    report.refresh_from_db()
    assert (report.due_on, report.closes_on) == (date(2022, 8, 9), date(2022, 8, 16))
    assert "报送截止由8月5日改为8月9日" in moved.note
    told = Reminder.objects.filter(subject=f"period:{moved.pk}")
    assert {each.recipient_id for each in told} >= {cast.reporter.user.pk, cast.signer.user.pk}
    assert REASON in LogEntry.objects.get(action="period.move").payload
    page = text_of(browser(cast.reporter).get(f"/2022/reports/{report.pk}/"))
    assert "本期日期已调整" in page
    assert "防汛抢险" in page


def test_a_filing_with_a_day_of_its_own_keeps_it(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    other = report_of(make_item(plan, cast, 2), cast.lead)
    ProgressReport.objects.filter(pk=other.pk).update(due_on=date(2022, 8, 20))
    move(report.period, cast.office)
    other.refresh_from_db()
    assert other.due_on == date(2022, 8, 20)


@pytest.mark.parametrize(
    ("due", "closes", "words"),
    [
        ("2022-08-05", "2022-08-12", "没有变化"),
        ("2022-08-20", "2022-08-12", "依次"),
        ("2022-08-02", "2022-08-12", "不能早于今天"),
    ],
)
def test_what_cannot_be_changes_nothing(
    cast: Cast, report: ProgressReport, due: str, closes: str, words: str
) -> None:
    with pytest.raises(NotNow, match=words):
        move(report.period, cast.office, due, closes)
    assert not Reminder.objects.filter(subject=f"period:{report.period.pk}").exists()


def test_only_the_office_moves_dates(cast: Cast, report: ProgressReport) -> None:
    with pytest.raises(Refused):
        move(report.period, cast.reporter)


def test_the_page_keeps_what_was_typed_when_it_is_refused(
    cast: Cast, report: ProgressReport
) -> None:
    office = browser(cast.office)
    url = f"/2022/periods/{report.period.pk}/move/"
    days = {"opens_on": "2022-07-25", "due_on": "2022-08-01", "closes_on": "2022-08-12"}
    refused = office.post(url, days | {"reason": REASON})
    assert refused.status_code == 409
    assert "不能早于今天" in text_of(refused)
    assert 'value="2022-08-01"' in text_of(refused)
    done = office.post(url, days | {"due_on": "2022-08-08", "reason": REASON}, follow=True)
    assert "并已通知各单位" in text_of(done)
