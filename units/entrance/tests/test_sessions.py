"""Who is in, and how a session ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from units.guard.sessions import browser_of
from units.models import SignedIn, User
from units.staff.tests.pages import do
from units.tests.factories import NEXT, PASSWORD, actions

pytestmark = pytest.mark.django_db


def come_in(address: str = "10.1.1.1", agent: str = "") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"user-agent": agent})
    client.post("/login/", {"username": "lianluo", "password": PASSWORD})
    return client


def is_open(client: Client) -> bool:
    return client.get("/notices/").status_code == 200


def test_one_sees_where_one_is_in_and_ends_the_others(liaison: User, admin: User) -> None:
    here = come_in(agent="Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120")
    there = come_in("10.2.2.2", "Mozilla/5.0 (X11; Linux) Firefox/128.0")
    others = Client()
    others.post("/login/", {"username": "xtgly", "password": PASSWORD})
    page = here.get("/sessions/").content.decode()
    assert "Edge，Windows" in page
    assert "10.2.2.2" in page
    assert page.count("本机") == 1
    assert here.post("/sessions/end/")["Location"] == "/sessions/"
    assert is_open(here)
    assert not is_open(there)
    assert is_open(others), "nobody else's"
    assert "session.end" in actions()
    assert "10.2.2.2" not in here.get("/sessions/").content.decode()


def test_a_session_is_not_named_by_its_key(liaison: User) -> None:
    client = come_in()
    page = client.get("/sessions/").content.decode()
    assert str(client.session.session_key) not in page


def test_a_new_password_ends_the_others_at_once(liaison: User) -> None:
    here, there = come_in(), come_in()
    changed = {"old_password": PASSWORD, "new_password1": NEXT, "new_password2": NEXT}
    here.post("/password/", changed)
    assert is_open(here)
    assert not is_open(there)
    assert SignedIn.objects.get().session_key == here.session.session_key


def test_a_reset_password_ends_all(liaison: User, admin: User) -> None:
    client = come_in()
    boss = Client()
    boss.post("/login/", {"username": "xtgly", "password": PASSWORD})
    do(boss, liaison, "reset")
    assert not is_open(client)


def test_over_the_limit_the_oldest_ends(liaison: User, settings: Any) -> None:
    settings.SESSIONS_PER_PERSON = 2
    first, second, third = come_in(), come_in(), come_in()
    assert [is_open(each) for each in (first, second, third)] == [False, True, True]


def test_going_out_leaves_nothing(liaison: User) -> None:
    client = come_in()
    client.post("/logout/")
    assert not SignedIn.objects.exists()
    assert not Session.objects.exists()


def test_a_page_that_asks_by_itself_prolongs_nothing(liaison: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as moment:
        client = come_in()
        client.get("/notices/")
        for _ in range(31):
            moment.shift(timedelta(minutes=1))
            client.get("/notices/", headers={"x-polling": "1"})
        assert not is_open(client)


def test_a_session_in_use_stays_and_ends_after_twelve_hours(liaison: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as moment:
        client = come_in()
        client.get("/notices/")
        for _ in range(12 * 3):
            moment.shift(timedelta(minutes=20))
            assert is_open(client)
        moment.shift(timedelta(minutes=1))
        assert not is_open(client)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("", "其他"),
        ("curl/8", "其他"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/108 Safari/537 QIHU 360SE", "360浏览器，Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile MicroMessenger/8", "微信，安卓"),
        ("甲" * 5000, "其他"),
    ],
)
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert browser_of(agent) == words
