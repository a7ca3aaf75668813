"""What a password must have."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from units.models import City, Unit, User
from units.tests.factories import NEXT, PASSWORD, signed_in

pytestmark = pytest.mark.django_db
GUESSED = "密码容易被猜中"


def problems(password: str, user: User | None = None) -> str:
    try:
        validate_password(password, user or User(username="zhang"))
    except ValidationError as error:
        return "".join(error.messages)
    return ""


@pytest.mark.parametrize(
    "password", ["Shuini-Gangjin-7", "shuini9(Abqmxk", "办公室用的长密码Abc12", "Qx7-Lm" * 20]
)
def test_a_password_of_three_kinds_passes(password: str) -> None:
    assert problems(password) == ""


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Shuini-9xyq", "密码太短，至少12个字符。"),
        ("shuinigangjin7", "密码须含大写字母、小写字母、数字、符号中的至少三类。"),
        ("SHUINIGANGJIN", "密码须含大写字母、小写字母、数字、符号中的至少三类。"),
        ("zhang-Qmxkw-88!!", "密码不能含有用户名。"),
        ("Qmxkw-GNAHZ-88", "密码不能含有用户名。"),
        ("P@ssw0rd", "这个密码太常见了。"),
        ("Aa1" + "x" * 130, "密码过长，至多128个字符。"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(password: str, sentence: str) -> None:
    assert sentence in problems(password)


@pytest.mark.parametrize(
    "password",
    [
        "Admin@123456",
        "Hs1234567890",
        "Aa1122334455667",
        "Dcs@20222022",
        "Zjj@12345678",
        "Szjj@2022-2023",
        "Sslj@2022-2023",
        "Huangshi2022",
        "Huangshi@2022#",
        "HuangShiShi-2022",
        "Zhujianju@2022",
        "Shizhujianju2026",
        "Qwertyuiop12!",
        "1qaz2wsx3edC",
        "!QAZ@WSX1qaz2wsx",
        "P@ssw0rd2022",
        "Ducha-2022-2023",
        "Zdgzdc_Duban2026",
        "AAAAaaaa1111",
        "Zyxwvuts9876!",
        "Duchashi@Huangshi1",
    ],
)
def test_what_anybody_tries_first_is_refused(password: str, settings: Any) -> None:
    names = {"organisation": "黄石市人民政府办公室", "bureau": "督查室"}
    settings.OFFICE_NAMES = {**settings.OFFICE_NAMES, **names}
    for name in ("市住建局", "市国资公司", "市水利局"):
        Unit.objects.create(name=name, kind="municipal_department")
    found = problems(password, User(username="xinren", display_name="示例"))
    assert GUESSED in found, found


def test_the_name_of_the_place_is_what_its_administrator_wrote() -> None:
    typed = "Linjiangxian#2022"
    assert GUESSED not in problems(typed)
    City.objects.create(level="county", name="临江县", bureau="督查室")
    assert GUESSED in problems(typed)


def test_a_user_name_of_two_letters_may_occur() -> None:
    assert problems("Shuini-Gangjin-7", User(username="ba")) == ""


def test_a_password_without_a_user_is_judged_too() -> None:
    validate_password("Shuini-Gangjin-7")


def change(user: User, old: str, new: str) -> str:
    posted = {"old_password": old, "new_password1": new, "new_password2": new}
    return signed_in(user).post("/password/", posted).content.decode()


def test_none_of_the_last_five_is_taken_again(liaison: User) -> None:
    made = [PASSWORD, *(f"{NEXT}{letter * 2}q" for letter in "acegi")]
    for old, new in pairwise(made):
        liaison.refresh_from_db()
        assert change(liaison, old, new) == ""
    liaison.refresh_from_db()
    for used in made[1:-1]:
        assert "最近用过的5个" in change(liaison, made[-1], used)
    assert change(liaison, made[-1], PASSWORD) == "", "the sixth is free again"
    assert liaison.old_passwords.count() == 5


def test_a_changed_hasher_reads_the_old_and_makes_it_anew(liaison: User, settings: Any) -> None:
    set_at = liaison.password_set_at
    argon = "django.contrib.auth.hashers.Argon2PasswordHasher"
    settings.PASSWORD_HASHERS = [argon, *settings.PASSWORD_HASHERS]
    posted = {"username": liaison.username, "password": PASSWORD}
    assert Client().post("/login/", posted)["Location"] == "/"
    liaison.refresh_from_db()
    assert identify_hasher(liaison.password).algorithm == "argon2"
    assert liaison.password_set_at == set_at, "it is no new password"
    assert Client().post("/login/", posted)["Location"] == "/"


def test_a_first_password_ends_after_three_days(client: Client, liaison: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as moment:
        liaison.set_password(PASSWORD)
        liaison.must_change_password = True
        liaison.save()
        posted = {"username": liaison.username, "password": PASSWORD}
        moment.shift(timedelta(hours=72))
        assert Client().post("/login/", posted)["Location"] == "/"
        moment.shift(timedelta(seconds=1))
        page = client.post("/login/", posted)
        assert "初始密码已过期" in page.content.decode()
        assert client.get("/notices/")["Location"].startswith("/login/")
        again = {**posted, "acting_as": str(liaison.appointments.get().pk)}
        assert client.post("/login/again/", again).status_code == 400


def test_a_period_is_kept_where_one_is_set(liaison: User, settings: Any) -> None:
    with time_machine.travel(timezone.now(), tick=False) as moment:
        liaison.set_password(PASSWORD)
        liaison.save()
        moment.shift(timedelta(days=91))
        assert signed_in(liaison).get("/notices/").status_code == 200
        settings.PASSWORD_DAYS = 90
        client = signed_in(liaison)
        assert client.get("/notices/")["Location"] == "/password/"
        page = client.get("/password/").content.decode()
        assert "超过规定期限" in page
        assert "mainnav" not in page
        change(liaison, PASSWORD, NEXT)
        liaison.refresh_from_db()
        assert signed_in(liaison).get("/notices/").status_code == 200
