"""An archive restored into an empty system gives the same numbers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from reports.exports.archive import write_archive
from reports.exports.numbers import numbers_of
from tasks.models import Plan
from tests.addresses import make_small_year
from tests.cast import Cast, at, make_plan
from units.log.verification import first_bad_position
from units.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_restored_into_an_empty_system_it_gives_the_same_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = make_small_year(Cast(), make_plan())
    target = io.BytesIO()
    now = at("2022-08-03")
    write_archive(year.plan, target, actor=year.cast.office, now=now, tell=lambda *_: None)
    path = tmp_path / "archive.zip"
    path.write_bytes(target.getvalue())
    before = numbers_of(year.plan)

    call_command("flush", interactive=False, verbosity=0)
    assert not Plan.objects.exists()
    call_command("restore_archive", str(path))
    assert "与归档时一致" in capsys.readouterr().out

    assert numbers_of(Plan.objects.get()) == before
    assert first_bad_position() is None
    assert not any(user.has_usable_password() for user in User.objects.all())
    client = Client()
    client.force_login(User.objects.get(username=year.cast.office.user.username))
    assert client.get("/2022/overview/").status_code == 200
