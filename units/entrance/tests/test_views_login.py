"""Coming in, going out, and coming back after the session has ended."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from units.models import Appointment, LogEntry, Unit, User
from units.staff.tests.pages import do
from units.tests.factories import PASSWORD, SINCE, actions, signed_in

pytestmark = pytest.mark.django_db


def log_in(client: Client, password: str = PASSWORD, **extra: str) -> Any:
    return client.post("/login/", {"username": "lianluo", "password": password, **extra})


def test_a_login_leads_on_and_is_logged(client: Client, liaison: User) -> None:
    response = log_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert actions() == ["login"]
    assert '"address":"127.0.0.1"' in LogEntry.objects.get().payload


def test_a_login_returns_to_the_page_it_was_asked_for(client: Client, liaison: User) -> None:
    assert log_in(client, next="/2022/reports/1/")["Location"] == "/2022/reports/1/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.com/", "//example.com/", "javascript:1", "/login/?next=/login/", "\\\\x"],
)
def test_a_login_leads_neither_to_another_site_nor_in_circles(
    client: Client, liaison: User, elsewhere: str
) -> None:
    assert log_in(client, next=elsewhere)["Location"] == "/"
    assert client.get("/login/", {"next": elsewhere})["Location"] == "/"


def test_a_failed_login_says_what_to_do_and_is_logged(client: Client, liaison: User) -> None:
    assert "账号或密码错误" in log_in(client, "falsch").content.decode()
    assert actions() == ["login.failed"]
    assert LogEntry.objects.get().subject_id == liaison.pk


def test_a_password_is_in_no_log_entry(client: Client, liaison: User) -> None:
    log_in(client, "Geheim-99")
    log_in(client)
    assert not LogEntry.objects.filter(payload__contains="Geheim-99").exists()
    assert not LogEntry.objects.filter(payload__contains=PASSWORD).exists()


def test_after_five_wrong_passwords_one_waits_and_the_admin_unlocks(
    client: Client, liaison: User, admin: User
) -> None:
    for _ in range(5):
        assert log_in(client, "falsch").status_code == 200
    response = log_in(client)
    assert response.status_code == 429, "the right password does not open while one waits"
    assert "1分钟后再试" in response.content.decode()
    assert actions()[-1] == "login.locked"
    do(signed_in(admin), liaison, "unlock")
    assert log_in(client).status_code == 302
    assert "user.unlock" in actions()


def test_a_retired_account_does_not_come_in(client: Client, liaison: User) -> None:
    User.objects.filter(pk=liaison.pk).update(is_active=False)
    assert log_in(client).status_code == 200


def test_someone_without_an_appointment_is_told_so(liaison: User) -> None:
    Appointment.objects.filter(user=liaison).update(ends_on=SINCE)
    response = signed_in(liaison).get("/")
    assert response.status_code == 403
    assert "没有任职" in response.content.decode()


def test_logging_out_takes_a_post(liaison: User) -> None:
    client = signed_in(liaison)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/notices/").status_code == 302
    assert actions() == ["logout"]


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(
    client: Client, unit: Unit
) -> None:
    page = "http://testserver/2022/reports/1/"
    response = client.post("/2022/reports/1/submit/", headers={"referer": page})
    assert response["Location"] == "/login/?next=http%3A//testserver/2022/reports/1/"
    assert "没有保存" in client.get(response["Location"]).content.decode()


def test_logging_out_after_the_session_ended_says_nothing_of_lost_input(client: Client) -> None:
    response = client.post("/logout/")
    assert response["Location"].startswith("/login/")
    assert "没有保存" not in client.get("/login/").content.decode()


def test_htmx_is_sent_to_the_login_page_as_a_whole(client: Client) -> None:
    response = client.get("/notices/", headers={"hx-request": "true"})
    assert response.status_code == 401
    assert response["X-Log-In"].startswith("/login/")
    assert "HX-Redirect" not in response  # what is typed in the open page would go with it


@pytest.mark.parametrize("name", ["", "甲" * 151, "😀", "a" * 100_000])
def test_strange_names_get_the_page_again(client: Client, name: str) -> None:
    response = client.post("/login/", {"username": name, "password": "x"})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode() or 'class="err"' in response.content.decode()
