"""The first password, and 当前身份."""

from __future__ import annotations

import pytest

from units.models import Appointment, Role, Unit, User
from units.tests.factories import (
    NEXT,
    PASSWORD,
    SINCE,
    actions,
    make_unit,
    make_user,
    signed_in,
)

pytestmark = pytest.mark.django_db


def passwords(old: str, new: str, again: str | None = None) -> dict[str, str]:
    return {"old_password": old, "new_password1": new, "new_password2": again or new}


def test_the_first_password_has_to_be_changed_before_anything_else(unit: Unit) -> None:
    client = signed_in(make_user("xinren", Role.REPORTER, unit, must_change_password=True))
    assert client.get("/2022/tasks/")["Location"] == "/password/"
    page = client.get("/password/").content.decode()
    assert "首次登录须修改初始密码" in page
    assert "mainnav" not in page
    done = client.post("/password/", passwords(PASSWORD, NEXT))
    assert done["Location"] == "/"
    assert client.get("/notices/").status_code == 200
    assert actions() == ["password.change"]


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        (passwords(PASSWORD, "kurz"), "密码太短"),
        (passwords(PASSWORD, PASSWORD), "不能与原密码相同"),
        (passwords("falsch", NEXT), "原密码不正确"),
        (passwords(PASSWORD, NEXT, "anders"), "不一致"),
        (passwords(PASSWORD, "Lianluo-2022"), "不能含有用户名"),
        ({}, "请填写原密码"),
        (passwords(PASSWORD, "Aa1" + "长" * 100_000), "过长"),
    ],
)
def test_a_password_that_will_not_do_says_why(
    liaison: User, posted: dict[str, str], sentence: str
) -> None:
    response = signed_in(liaison).post("/password/", posted)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    liaison.refresh_from_db()
    assert liaison.check_password(PASSWORD)


def test_a_person_acts_as_one_at_a_time_and_switches(liaison: User, unit: Unit) -> None:
    other = make_unit("市城管委")
    second = Appointment.objects.create(
        user=liaison, role=Role.REPORTER, unit=other, starts_on=SINCE
    )
    client = signed_in(liaison)
    assert "市住建局 联络员" in client.get("/notices/").content.decode()
    client.post("/switch/", {"appointment": second.pk})
    page = client.get("/notices/").content.decode()
    assert "当前身份：市城管委 联络员" in page
    assert "切换为市住建局 联络员" in page
    assert actions() == ["switch"]


@pytest.mark.parametrize("posted", [{}, {"appointment": "甲"}, {"appointment": "9" * 40}])
def test_a_capacity_that_is_none_is_refused_in_words(liaison: User, posted: dict[str, str]) -> None:
    client = signed_in(liaison)
    assert client.post("/switch/", posted).status_code == 302
    assert "身份" in client.get("/notices/").content.decode()
    assert actions() == []


def test_nobody_switches_into_anothers_or_an_ended_appointment(liaison: User, admin: User) -> None:
    ended = Appointment.objects.create(
        user=liaison, role=Role.OFFICE, starts_on=SINCE, ends_on=SINCE
    )
    client = signed_in(liaison)
    for appointment in (Appointment.objects.get(user=admin), ended):
        client.post("/switch/", {"appointment": appointment.pk})
        assert "不存在或已终止" in client.get("/notices/").content.decode()
    assert actions() == []
