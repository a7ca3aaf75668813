"""A day off entered on the last day on which named units may check a bulletin."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from progress.due_days.acts import fingerprint
from progress.due_days.affected import affected
from progress.models import Reminder
from reports.bulletins import acts
from reports.bulletins.tests.papers import draft_of, june_with_one_behind
from reports.models import Bulletin
from tasks.models import Plan
from tests.cast import Cast, at
from tests.pages import browser, text_of
from units.calendar import workdays
from units.log.actions import ACTIONS
from units.models import LogEntry

pytestmark = pytest.mark.django_db
NOW = at("2022-08-03")
PAGE, THURSDAY, FRIDAY = "/calendar/due-days/", date(2022, 8, 4), date(2022, 8, 5)


@pytest.fixture
def checked(plan: Plan, cast: Cast) -> Bulletin:
    """Sent on Wednesday to the units that it names."""
    workdays.remember(NOW.date())
    draft = draft_of(june_with_one_behind(plan, cast), cast)
    return acts.ask(bulletin=draft, actor=cast.office, now=NOW)


def rest_on(office: Client, day: date) -> None:
    fields = {"day": f"{day}", "is_worked": "0", "source": "示例通知"}
    assert office.post("/calendar/", fields).status_code == 302


def test_the_units_get_their_day(checked: Bulletin, cast: Cast) -> None:
    assert checked.check_until == THURSDAY
    office = browser(cast.office)
    rest_on(office, THURSDAY)
    page, key = text_of(office.get(PAGE)), f"bulletin-{checked.pk}"
    assert f'value="{key}" checked' in page
    assert "核对截止" in page
    seen = fingerprint(affected(NOW.date()))
    office.post(PAGE, {"moved": key, "seen": seen})
    checked.refresh_from_db()
    assert checked.check_until == FRIDAY
    rung = "check:postponed:20220805"
    told = Reminder.objects.get(rung=rung, recipient=cast.reporter.user)
    assert told.subject == f"bulletin:{checked.pk}"
    assert "核对截止由8月4日改为8月5日（工作日安排调整）" in told.text
    assert browser(cast.reporter).get(told.link).status_code == 200
    assert LogEntry.objects.get(action="bulletin.postpone").action in ACTIONS


def test_a_bulletin_that_nobody_checks_is_not_listed(checked: Bulletin, cast: Cast) -> None:
    acts.take_back(bulletin=checked, actor=cast.office, now=NOW)
    rest_on(browser(cast.office), THURSDAY)
    assert not [each for each in affected(NOW.date()) if each.subject == checked]
