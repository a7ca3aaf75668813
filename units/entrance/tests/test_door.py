"""Guessing passwords, attacked: nobody guesses long, and nobody shuts another person out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from huangshi_tasks.lib.client_address import networks
from units.models import LogEntry, Tries, TryKind, User
from units.tests.factories import PASSWORD, actions

pytestmark = pytest.mark.django_db
HOME, ELSEWHERE = "10.1.1.1", "203.0.113.9"


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def try_as(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post("/login/", {"username": name, "password": password})


def test_a_stranger_does_not_shut_the_administrator_out(admin: User) -> None:
    for _ in range(50):
        try_as(at(ELSEWHERE), "xtgly", "falsch")
    assert try_as(at(ELSEWHERE), "xtgly").status_code == 429
    assert try_as(at(HOME), "xtgly")["Location"] == "/"


def test_not_even_from_the_same_address_at_a_known_computer(admin: User) -> None:
    own = at(HOME)
    try_as(own, "xtgly")
    own.post("/logout/")
    for _ in range(50):
        try_as(at(HOME), "xtgly", "falsch")
    assert try_as(at(HOME), "xtgly").status_code == 429
    assert try_as(own, "xtgly")["Location"] == "/"


def test_at_a_known_computer_one_waits_too(admin: User) -> None:
    own = at(HOME)
    try_as(own, "xtgly")
    own.post("/logout/")
    for _ in range(5):
        try_as(own, "xtgly", "falsch")
    assert try_as(own, "xtgly").status_code == 429


@pytest.mark.parametrize("forged", ["x", "eyJ4IjogMX0:1abc:zzz", "甲", '{"1": "a"}'])
def test_a_forged_computer_is_none(admin: User, forged: str) -> None:
    client = at(HOME)
    client.cookies["device"] = forged.encode().decode("latin-1")
    for _ in range(6):
        response = try_as(client, "xtgly", "falsch")
    assert response.status_code == 429


def test_a_known_computer_of_one_person_is_not_known_of_another(admin: User, liaison: User) -> None:
    client = at(HOME)
    try_as(client, "lianluo")
    client.post("/logout/")
    for _ in range(5):
        try_as(client, "xtgly", "falsch")
    assert try_as(at(HOME), "xtgly").status_code == 429


def test_a_computer_that_is_known_opens_nothing_by_itself(admin: User) -> None:
    client = at(HOME)
    try_as(client, "xtgly")
    client.post("/logout/")
    assert client.get("/notices/").status_code == 302


def test_spraying_many_accounts_from_one_address_ends(admin: User, liaison: User) -> None:
    client = at(ELSEWHERE)
    answers = [try_as(client, f"zhang{n}", "Shuini-2022").status_code for n in range(40)]
    assert answers.count(200) == 30
    assert try_as(client, "lianluo").status_code == 429
    assert try_as(at(HOME), "lianluo").status_code == 302


def test_who_knows_one_password_does_not_spray_for_ever(admin: User, liaison: User) -> None:
    client = at(ELSEWHERE)
    judged = 0
    for n in range(80):
        judged += try_as(client, f"zhang{n}", "Shuini-2022").status_code == 200
        if n % 4 == 3 and try_as(client, "lianluo").status_code == 302:
            client.post("/logout/")
            client.cookies.clear()
    assert judged == 30


def test_waiting_grows_and_going_on_does_not_prolong_it(admin: User) -> None:
    client = at(HOME)
    with time_machine.travel(timezone.now(), tick=False) as moment:
        for _ in range(5):
            try_as(client, "xtgly", "falsch")
        for _ in range(20):
            assert try_as(client, "xtgly").status_code == 429
        moment.shift(timedelta(minutes=1))
        assert try_as(client, "xtgly", "falsch").status_code == 200
        moment.shift(timedelta(minutes=1))
        assert try_as(client, "xtgly").status_code == 429, "two minutes now"
        moment.shift(timedelta(minutes=1))
        assert try_as(client, "xtgly").status_code == 302


@pytest.mark.parametrize("spelled", ["XTGLY", " xtgly ", "ｘｔｇｌｙ", "xtgly"])
def test_another_spelling_is_no_other_account(admin: User, spelled: str) -> None:
    client = at(HOME)
    for name in ("XTGLY", "xtgly", "ｘｔｇｌｙ", "xTgLy", "XtGlY"):
        try_as(client, name, "falsch")
    assert try_as(client, spelled).status_code == 429


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded"])
def test_a_header_of_the_client_is_no_other_address(admin: User, header: str) -> None:
    for n in range(6):
        client = Client(headers={header: f"10.9.9.{n}"}, REMOTE_ADDR=ELSEWHERE)
        response = try_as(client, "xtgly", "falsch")
    assert response.status_code == 429
    assert set(LogEntry.objects.values_list("address", flat=True)) == {ELSEWHERE}


def test_behind_a_named_front_end_the_client_is_who_it_saw(admin: User, settings: Any) -> None:
    settings.TRUSTED_PROXIES = networks(["10.0.0.0/24"])
    client = Client(REMOTE_ADDR="10.0.0.5", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {ELSEWHERE}")
    try_as(client, "xtgly")
    entry = LogEntry.objects.get(action="login")
    assert entry.address == ELSEWHERE, "what stands further left the client wrote itself"


def test_coming_in_again_in_place_counts_with_the_page(admin: User) -> None:
    client = at(HOME)
    posted = {"username": "xtgly", "password": "falsch"}
    for _ in range(3):
        client.post("/login/again/", posted)
        try_as(client, "xtgly", "falsch")
    answer = client.post("/login/again/", posted | {"password": PASSWORD})
    assert answer.status_code == 429
    assert "再试" in answer.json()["problem"]


def test_names_that_lead_nowhere_do_not_fill_the_log(admin: User) -> None:
    for n in range(30):
        try_as(at(ELSEWHERE), f"erfunden{n}", "x")
    assert actions().count("login.failed") == 3
    for _ in range(30):
        try_as(at(HOME), "xtgly", "x")
    assert len(actions()) <= 9
    assert Tries.objects.filter(kind=TryKind.PAIR, name="xtgly").get().failures == 5


def test_a_guessed_old_password_ends_the_session_and_is_in_the_log(liaison: User) -> None:
    client = at(HOME)
    try_as(client, "lianluo")
    new = {"new_password1": "Luqiao-Guandao-9", "new_password2": "Luqiao-Guandao-9"}
    for _ in range(5):
        client.post("/password/", {"old_password": "falsch", **new})
    client.post("/password/", {"old_password": PASSWORD, **new})
    assert client.get("/notices/").status_code == 302
    assert actions().count("password.failed") == 3
    liaison.refresh_from_db()
    assert liaison.check_password(PASSWORD)
