"""The night: auditors are told where the log ends, the office of a missing calendar; once each."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from progress import nightly
from progress.models import Reminder
from tests.cast import Cast, at

pytestmark = pytest.mark.django_db
NOW = at("2022-08-03")


def test_the_auditors_are_told_where_the_log_ends(cast: Cast) -> None:
    nightly.check_and_clear(now=NOW)
    nightly.check_and_clear(now=NOW)
    row = Reminder.objects.get()
    assert (row.recipient, row.subject, row.rung) == (cast.auditor.user, "log:20220803", "nightly")
    assert (row.unit, row.urgency, row.is_immediate, row.link) == (None, 1, True, "")
    assert row.text.startswith("操作日志核对无误，末端：")


def test_a_log_that_does_not_hold_is_told_with_its_position(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "first_bad_position", lambda: 4)
    nightly.check_and_clear(now=NOW)
    row = Reminder.objects.get()
    assert row.rung == "bad:4"
    assert row.text.startswith("操作日志第4号核对不符，请立即停止使用并保全数据库。")


def test_the_office_is_told_once_a_month_that_a_calendar_is_missing(cast: Cast) -> None:
    for day in ("2041-10-30", "2041-10-31", "2041-11-03"):
        nightly.check_and_clear(now=at(day))
    told = Reminder.objects.filter(recipient=cast.office.user, subject__startswith="calendar:")
    rows = sorted(told.values_list("subject", "rung"))
    assert rows == [("calendar:2041", "204110"), ("calendar:2042", "204111")]


def test_sessions_that_have_run_out_are_cleared(cast: Cast) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=at("2001-01-01"))
    nightly.check_and_clear(now=NOW)
    assert not Session.objects.exists()
