"""What leaves with the workbooks to fill: accounts encrypted, telephones where they are ticked."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cast import Cast, at
from tests.pages import browser
from units.files.sealing import sealed_zip
from units.imports.unit_list import UnitSheet
from units.models import Unit, User
from units.sheets import running
from units.sheets.known import NOT_SHOWN
from units.sheets.tests.filled import Filler

pytestmark = pytest.mark.django_db
NOW = at("2022-08-03")
PASSWORD = "示例口令 of 16 signs"


def cells_of(workbook: Any) -> set[str]:
    return {
        str(value)
        for sheet in load_workbook(io.BytesIO(workbook))
        for row in sheet.iter_rows(values_only=True)
        for value in row
    }


def test_accounts_leave_in_a_zip_that_opens_by_its_password_alone(cast: Cast) -> None:
    User.objects.update(telephone="13800138001")
    username, admin = cast.reporter.user.username, browser(cast.admin)
    blank = cells_of(admin.get("/import/accounts/template/").content)
    assert "主要负责人" in blank
    assert not {username, "13800138001"} & blank
    answer = admin.post("/import/accounts/sealed/", {"password": PASSWORD})
    with sealed_zip(io.BytesIO(answer.content), "r", PASSWORD) as package:
        (name,) = package.namelist()
        assert {username, "13800138001"} <= cells_of(package.read(name))
    with (
        sealed_zip(io.BytesIO(answer.content), "r", "another") as package,
        pytest.raises(RuntimeError),
    ):
        package.read(name)
    short = admin.post("/import/accounts/sealed/", {"password": "short"})
    assert (short.status_code, "口令至少12个字符。" in short.content.decode()) == (409, True)
    assert admin.post("/import/units/sealed/", {"password": PASSWORD}).status_code == 404


def test_telephones_of_units_leave_when_ticked_and_stay_when_they_were_not(cast: Cast) -> None:
    Unit.objects.update(telephone="0714-6350002")
    admin = browser(cast.admin)
    plain, ticked = (
        cells_of(admin.get(f"/import/units/template/{query}").content)
        for query in ("", "?telephones=1")
    )
    assert ("0714-6350002" in plain, "0714-6350002" in ticked) == (False, True)
    assert NOT_SHOWN in plain
    filler = Filler(UnitSheet().without_telephones(cast.admin, NOW))
    result, is_written = running.perform(UnitSheet(), filler.read, cast.admin, NOW, skips_bad=False)
    assert (is_written, result.counts["same"]) == (True, Unit.objects.count())
    assert not Unit.objects.exclude(telephone="0714-6350002").exists()
