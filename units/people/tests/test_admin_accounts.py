"""系统管理: accounts, first passwords and appointments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from units.models import (
    Appointment,
    LogEntry,
    PowerRequest,
    Role,
    Unit,
    User,
)
from units.people.tests.admin_pages import address, appoint, changes
from units.tests.factories import PASSWORD, make_unit, make_user, signed_in

pytestmark = pytest.mark.django_db


def test_an_account_is_made_with_a_first_password(admin: User) -> None:
    posted = {"username": "xinren", "display_name": "市住建局 联络员"}
    both = {"password1": PASSWORD, "password2": PASSWORD}
    signed_in(admin).post(address("user", "add"), {**posted, **both})
    user = User.objects.get(username="xinren")
    assert user.must_change_password
    assert user.check_password(PASSWORD)
    assert not user.is_staff
    assert not user.is_superuser
    assert changes("user.add") == {
        "username": [None, "xinren"],
        "display_name": [None, "市住建局 联络员"],
    }


def test_a_first_password_keeps_the_rules(admin: User) -> None:
    posted = {"username": "xinren", "display_name": "甲", "password1": "kurz", "password2": "kurz"}
    page = signed_in(admin).post(address("user", "add"), posted).content.decode()
    assert "密码太短" in page
    assert not User.objects.filter(username="xinren").exists()


def edit_account(client: Client, user: User, **fields: Any) -> str:
    posted = {"username": user.username, "display_name": user.display_name, **fields}
    page = client.post(address("user", "change", user.pk), posted, follow=True)
    return page.content.decode()


def test_a_retired_account_is_logged_from_and_to(admin: User, liaison: User) -> None:
    client = signed_in(liaison)
    edit_account(signed_in(admin), liaison, telephone="6521")
    liaison.refresh_from_db()
    assert not liaison.is_active
    assert changes("user.change") == {"telephone": ["", "6521"], "is_active": [True, False]}
    assert client.get("/notices/")["Location"].startswith("/login/"), "the open session ends"


def test_nobody_retires_the_own_account(admin: User) -> None:
    assert "不能停用自己的账号" in edit_account(signed_in(admin), admin)
    admin.refresh_from_db()
    assert admin.is_active


def test_a_reset_shows_the_new_password_once_and_asks_for_another(
    admin: User, liaison: User
) -> None:
    client = signed_in(admin)
    posted = {"action": "reset", "_selected_action": [liaison.pk]}
    response = client.post(address("user", "changelist"), posted)
    password = response.content.decode().split("<code>")[1].split("</code>")[0]
    assert "no-store" in response["Cache-Control"]
    assert "messages" not in response.cookies
    liaison.refresh_from_db()
    assert liaison.check_password(password)
    assert liaison.must_change_password
    assert password not in LogEntry.objects.get(action="user.reset_password").payload
    assert password not in client.get(address("user", "changelist")).content.decode()


def test_an_appointment_is_made_and_logged(admin: User, liaison: User) -> None:
    appoint(signed_in(admin), liaison)
    made = Appointment.objects.get(user=liaison, role=Role.OFFICE)
    assert made.starts_on == date(2022, 8, 1)
    assert changes("appointment.add")["role"] == [None, "office"]


@pytest.mark.parametrize("role", Role.values)
def test_the_admin_gives_themselves_no_role(admin: User, unit: Unit, role: str) -> None:
    page = appoint(signed_in(admin), admin, role=role, unit=unit.pk)
    assert "不能给自己的账号设置任职" in page
    assert Appointment.objects.filter(user=admin).count() == 1


def test_the_admin_does_not_change_the_own_appointment(admin: User) -> None:
    own = Appointment.objects.get(user=admin)
    path = address("appointment", "change", own.pk)
    page = signed_in(admin).post(path, {"ends_on": "2099-12-31", "is_head": "on"})
    assert "不能给自己的账号设置任职" in page.content.decode()
    own.refresh_from_db()
    assert own.ends_on is None
    assert not own.is_head


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_who_keeps_accounts_or_reads_the_log_has_no_other_role(
    admin: User, liaison: User, auditor: User, role: str
) -> None:
    client = signed_in(admin)
    assert "不得兼任其他角色" in appoint(client, liaison, role=role)
    assert "不得兼任其他角色" in appoint(client, auditor, role="office")
    Appointment.objects.filter(user=liaison).update(ends_on=date(2022, 7, 31))
    assert "确认后生效" in appoint(client, liaison, role=role)
    assert PowerRequest.objects.filter(user=liaison, values__role=role).exists()


def test_an_appointment_is_ended_and_then_stands(admin: User, liaison: User) -> None:
    held = Appointment.objects.get(user=liaison)
    client, path = signed_in(admin), address("appointment", "change", held.pk)
    early = client.post(path, {"ends_on": "2021-12-31"})
    assert "终止日期不能早于起始日期。" in early.content.decode()
    client.post(path, {"ends_on": "2022-07-31", "role": "office"})
    held.refresh_from_db()
    assert (held.ends_on, held.role) == (date(2022, 7, 31), "reporter")
    assert changes("appointment.change") == {"ends_on": [None, "2022-07-31"]}
    client.post(path, {"ends_on": ""})
    held.refresh_from_db()
    assert held.ends_on == date(2022, 7, 31)


def test_a_liaison_needs_a_unit_and_is_appointed_once(
    admin: User, liaison: User, unit: Unit
) -> None:
    client = signed_in(admin)
    assert "必须填写单位" in appoint(client, liaison, role="signer")
    assert "已有相同的任职" in appoint(client, liaison, role="reporter", unit=unit.pk)


def test_a_stand_in_has_the_role_and_unit_it_stands_in_for(
    admin: User, liaison: User, unit: Unit
) -> None:
    client, held = signed_in(admin), Appointment.objects.get(user=liaison)
    other = make_user("daili", Role.REPORTER, make_unit("市城管委"))
    wrong = appoint(client, other, role="signer", unit=unit.pk, stands_in_for=held.pk)
    assert "代行的任职须与被代行的任职角色相同" in wrong
    appoint(client, other, role="reporter", unit=unit.pk, stands_in_for=held.pk)
    assert Appointment.objects.get(user=other, unit=unit).stands_in_for == held
