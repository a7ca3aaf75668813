"""What is typed survives the end of the session, for the person who typed it and no other."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from units.models import Appointment, LogEntry, Role, Unit, User
from units.tests.factories import PASSWORD, SINCE, actions, make_user, signed_in

pytestmark = pytest.mark.django_db

WORDS = "示例：“已完成”<b>12</b>公里。"
SOMEWHERE = "/password/"  # any private address that takes a form


def appointment_of(user: User) -> str:
    return str(Appointment.objects.filter(user=user).order_by("pk")[0].pk)


def post_without_session(client: Client, user: User) -> Any:
    return client.post(SOMEWHERE, {"progress": WORDS, "acting_as": appointment_of(user)})


def hidden(response: Any, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', response.content.decode())
    assert found is not None
    return unescape(found.group(1))


def log_in_with(client: Client, kept: str, name: str = "lianluo") -> Any:
    return client.post("/login/", {"username": name, "password": PASSWORD, "kept": kept})


def test_the_login_page_carries_the_form_on(client: Client, liaison: User) -> None:
    response = post_without_session(client, liaison)
    assert response.status_code == 401
    assert "已随本页保留" in response.content.decode()
    again = log_in_with(client, hidden(response, "kept"))
    assert hidden(again, "progress") == WORDS
    assert f'action="{SOMEWHERE}"' in again.content.decode()


def test_a_wrong_password_keeps_it_too(client: Client, liaison: User) -> None:
    kept = hidden(post_without_session(client, liaison), "kept")
    wrong = client.post("/login/", {"username": "lianluo", "password": "falsch", "kept": kept})
    assert hidden(wrong, "kept") == kept


def test_somebody_else_gets_nothing_of_it(client: Client, liaison: User, admin: User) -> None:
    kept = hidden(post_without_session(client, liaison), "kept")
    response = log_in_with(client, kept, "xtgly")
    assert response.status_code == 302
    assert WORDS not in client.get("/password/").content.decode()


def test_a_forged_form_is_not_given_back(client: Client, liaison: User) -> None:
    assert log_in_with(client, "eyJ4IjoxfQ:1:x").status_code == 302


def test_a_form_that_names_nobody_is_not_kept(client: Client, liaison: User) -> None:
    response = client.post(SOMEWHERE, {"progress": WORDS})
    assert response.status_code == 302


# --- from an open page ---


def again(client: Client, user: User, name: str = "lianluo", password: str = PASSWORD) -> Any:
    fields = {"username": name, "password": password, "acting_as": appointment_of(user)}
    return client.post("/login/again/", fields, headers={"X-In-Place": "1"})


def test_a_script_is_told_that_the_session_is_over(client: Client, liaison: User) -> None:
    response = client.post(SOMEWHERE, {}, headers={"X-In-Place": "1"})
    assert response.status_code == 401
    assert "请重新登录" in response.json()["problem"]


def test_the_same_person_comes_in_again_in_place(client: Client, liaison: User) -> None:
    asked = client.get("/login/again/", {"acting_as": appointment_of(liaison)}).json()
    assert (asked["is_in"], asked["is_same"]) == (False, False)
    response = again(client, liaison)
    assert (response.status_code, response.json()["is_same"]) == (200, True)
    assert client.session["appointment_id"] == int(appointment_of(liaison))
    assert actions() == ["login"]


def test_another_person_does_not_come_in_there(client: Client, liaison: User, admin: User) -> None:
    response = again(client, liaison, "xtgly")
    assert response.status_code == 400
    assert "另一账号" in response.json()["problem"]
    assert "_auth_user_id" not in client.session
    assert again(client, liaison, password="falsch").status_code == 400
    assert "login.failed" in actions()
    assert not LogEntry.objects.filter(payload__contains="falsch").exists()


def test_a_page_acts_as_it_was_opened(client: Client, liaison: User) -> None:
    other = Appointment.objects.create(
        user=liaison,
        role=Role.SIGNER,
        unit=Unit.objects.create(name="市交通局", kind="municipal_department"),
        starts_on=SINCE,
    )
    mine = signed_in(liaison)
    mine.post("/password/", {"acting_as": other.pk}, headers={"X-In-Place": "1"})
    assert "appointment_id" not in mine.session  # a script acts so for one request
    mine.post("/password/", {"acting_as": other.pk})
    assert mine.session["appointment_id"] == other.pk
    assert actions() == ["switch"]


@pytest.mark.parametrize("named", ["999999", "甲"])
def test_a_page_of_another_person_saves_nothing(liaison: User, named: str) -> None:
    response = signed_in(liaison).post("/password/", {"acting_as": named})
    assert response.status_code == 403
    assert "没有保存" in response.content.decode()


def test_a_page_of_a_colleague_saves_nothing(liaison: User, unit: Unit) -> None:
    colleague = make_user("tongshi", Role.REPORTER, unit)
    response = signed_in(liaison).post("/password/", {"acting_as": appointment_of(colleague)})
    assert response.status_code == 403
