"""One account however its name is typed: logging in, making accounts, counting failed tries."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client

from units.models import LogEntry, User
from units.staff.tests.pages import PEOPLE, of
from units.tests.factories import PASSWORD, actions, signed_in

pytestmark = pytest.mark.django_db

MIGRATION = import_module("units.migrations.0005_folded_account_names")


def try_login(name: str, password: str = PASSWORD) -> int:
    return Client().post("/login/", {"username": name, "password": password}).status_code


@pytest.mark.parametrize(
    "typed", ["lianluo", "LianLuo", "ｌｉａｎｌｕｏ", " LIANLUO　", "lian\u200bluo\ufeff"]
)
def test_a_name_logs_in_whatever_its_width_or_case(liaison: User, typed: str) -> None:
    assert try_login(typed) == 302
    assert LogEntry.objects.get().user_id == liaison.pk


def test_failed_tries_count_together_however_the_name_is_typed(liaison: User) -> None:
    for name in ("lianluo", "Lianluo", "LIANLUO", "ｌianluo", "lianlu\u200bo", "lianluo"):
        last = try_login(name, "falsch")
    assert last != 302
    assert actions()[-1] == "login.locked"
    assert {each.subject_id for each in LogEntry.objects.all()} == {liaison.pk}
    assert try_login("LIANluo") != 302


@pytest.mark.parametrize("taken", ["LianLuo", "ｌianluo"])
def test_a_second_account_of_that_name_is_refused_with_a_sentence(
    admin: User, liaison: User, taken: str
) -> None:
    posted = {
        "username": taken,
        "display_name": "示例",
        "role": "office",
        "starts_on": "2022-08-03",
    }
    page = signed_in(admin).post(PEOPLE, posted).content.decode()
    assert f"已有账号“{taken}”" in page
    assert User.objects.count() == 2
    with pytest.raises(IntegrityError):
        User.objects.create(username="LIANLUO", display_name="示例")


def test_commands_know_an_account_by_its_folded_name(liaison: User) -> None:
    with pytest.raises(CommandError, match="already taken"):
        call_command("createsuperuser", "--noinput", username="LianLuo", display_name="示例")


def test_the_migration_keeps_names_that_are_alike_and_names_them(
    admin: User, liaison: User, capsys: pytest.CaptureFixture[str]
) -> None:
    double = User.objects.create(username="doppelt", display_name="示例")
    User.objects.filter(pk=double.pk).update(username="LianLuo")
    double.refresh_from_db()
    double.set_password(PASSWORD)
    double.save(update_fields=["password"])
    User.objects.update(folded_name=None)
    MIGRATION.fold_names(apps, None)
    assert "“LianLuo”与“lianluo”" in capsys.readouterr().err
    assert list(User.objects.filter(folded_name=None)) == [double]
    assert [try_login(name) for name in ("LianLuo", "lianluo", "LIANLUO")] == [302, 302, 302]
    assert "须改名" in signed_in(admin).get(PEOPLE).content.decode()
    page = of(double)
    posted = {"act": "edit", "username": "LianLuo", "display_name": "示例二"}
    assert signed_in(admin).post(page, posted).status_code == 302  # as it stood
    assert signed_in(admin).post(page, posted | {"username": "LIANLUO"}).status_code == 409
    assert signed_in(admin).post(page, posted | {"username": "linger"}).status_code == 302
    double.refresh_from_db()
    assert double.folded_name == "linger"
