"""Rows whose names differ from known ones in nothing that counts; whom no message reaches."""

from __future__ import annotations

import pytest

from units.actors import Actor
from units.imports.accounts import AccountSheet
from units.imports.tests.test_imports import ACCOUNTS, NEW, NOW, UNITS, actor, filled, write
from units.imports.unit_list import UnitSheet
from units.models import Appointment, Unit, UnitAlias, User
from units.sheets import running
from units.sheets.book import open_book
from units.tests.factories import make_unit, signed_in

__all__ = ["actor"]
pytestmark = pytest.mark.django_db

PARK = "开发区·铁山区"
ALIKE = [
    "开发区・铁山区",
    "开发区 • 铁山区",
    "开发区铁山区",
    "\ufeff开发区‧铁山\u200b区",
    "开发区･铁⼭区",
]


@pytest.mark.parametrize("written", ALIKE)
def test_a_unit_that_differs_in_a_dot_is_that_unit(actor: Actor, unit: Unit, written: str) -> None:
    park = make_unit(PARK)
    row = {"单位名称": written, "单位类别": "园区", "值班电话": "0714-6350000"}
    result, is_written = write(UnitSheet(), actor, filled(UnitSheet(), actor, UNITS, 3, row))
    assert is_written
    assert result.counts["new"] == 0
    assert f"{PARK}（表中写作“" in result.outcomes[2].label
    park.refresh_from_db()
    assert (park.name, park.telephone) == (PARK, "0714-6350000")
    assert Unit.objects.count() == 2


@pytest.mark.parametrize("written", ALIKE)
def test_an_account_is_appointed_to_the_unit_that_is_meant(actor: Actor, written: str) -> None:
    park = make_unit(PARK)
    result, _ = write(
        AccountSheet(), actor, filled(AccountSheet(), actor, ACCOUNTS, 2, NEW | {"单位": written})
    )
    assert not result.mistakes
    assert Appointment.objects.get(user__username="zhgly").unit == park


def test_of_two_units_that_are_alike_none_is_guessed(actor: Actor, unit: Unit) -> None:
    make_unit(PARK), make_unit(ALIKE[0])  # as they could be before
    accounts = filled(AccountSheet(), actor, ACCOUNTS, 2, NEW | {"单位": ALIKE[2]})
    result, _ = write(AccountSheet(), actor, accounts)
    assert "有几个单位写法相近，请写全称" in result.mistakes[0].sentence
    units = filled(UnitSheet(), actor, UNITS, 4, {"单位名称": ALIKE[2], "单位类别": "园区"})
    result, _ = write(UnitSheet(), actor, units)
    assert "或只差间隔号、空格、全半角" in result.mistakes[0].sentence
    assert Unit.objects.count() == 3


def test_an_alias_that_is_the_name_itself_is_not_added(actor: Actor, unit: Unit) -> None:
    row = {"别名": "市 住建局、市住房和城乡建设局、市住房和 城乡建设局"}
    result, _ = write(UnitSheet(), actor, filled(UnitSheet(), actor, UNITS, 1, row))
    assert not result.mistakes
    assert [each.name for each in UnitAlias.objects.all()] == ["市住房和城乡建设局"]


def test_an_account_is_known_by_its_folded_name(actor: Actor, liaison: User) -> None:
    row = {"用户名": "ＬianLuo", "姓名": "市住建局联络员", "联系电话": "示例3"}
    result, _ = write(AccountSheet(), actor, filled(AccountSheet(), actor, ACCOUNTS, 1, row))
    assert result.counts["new"] == 0
    liaison.refresh_from_db()
    assert (liaison.username, liaison.telephone) == ("lianluo", "示例3")


def test_whom_no_message_reaches_is_listed_in_the_preview_and_for_the_administrator(
    actor: Actor, admin: User, unit: Unit
) -> None:
    filler = filled(AccountSheet(), actor, ACCOUNTS, 2, NEW | {"联系电话": "0714-6350000"})
    filler.put(ACCOUNTS, 3, "用户名", "zjrr")
    filler.put(ACCOUNTS, 3, "姓名", "市住建局联络员")
    filler.put(ACCOUNTS, 3, "联系电话", "138 0013 8000（办）/0714-6350000")
    rehearsed = running.rehearse(AccountSheet(), open_book(filler.content), actor, NOW)
    said = "zhgly 市城管委联络员：联系电话“0714-6350000”中没有手机号，收不到短信。"
    assert said in rehearsed.notes
    assert not [note for note in rehearsed.notes if "zjrr" in note]
    write(AccountSheet(), actor, filler)
    listed = signed_in(admin).get("/people/?state=no-mobile").content.decode()
    assert "无手机 <b>2</b>" in listed  # and the admin
    assert "市城管委联络员" in listed
    assert "zjrr" not in listed


@pytest.mark.parametrize("typed", ["开发区铁山区", "开发区 铁⼭区", "开发区・铁山区"])
def test_the_administrator_finds_a_unit_however_it_is_typed(admin: User, typed: str) -> None:
    UnitAlias.objects.create(unit=make_unit(PARK), name="开发区·铁山区管委会")
    make_unit("市财政局")
    listed = signed_in(admin).get("/unit-list/", {"q": typed}).content.decode()
    assert PARK in listed
    assert listed.count(f">{PARK}<") == 1
    assert "市财政局" not in listed


def test_a_second_appointment_of_a_person_takes_name_and_telephone_of_the_row_above(
    actor: Actor,
) -> None:
    make_unit("市城管委")
    person = {"用户名": "zhgly", "姓名": "市城管委联络员", "角色": "联络员"}
    first = person | {"联系电话": "13800138000", "单位": "市城管委"}
    filler = filled(AccountSheet(), actor, ACCOUNTS, 2, first)
    for head, value in (person | {"用户名": "ＺＨＧＬＹ", "角色": "单位负责人"}).items():
        filler.put(ACCOUNTS, 3, head, value)
    filler.put(ACCOUNTS, 3, "单位", "市城管委")
    _, is_written = write(AccountSheet(), actor, filler)
    assert is_written
    user = User.objects.get(username="zhgly")
    assert user.telephone == "13800138000"
    assert user.appointments.count() == 2


def test_rows_of_one_account_that_differ_are_not_written(actor: Actor, unit: Unit) -> None:
    filler = filled(AccountSheet(), actor, ACCOUNTS, 2, NEW)
    for head, value in (NEW | {"姓名": "另一人", "角色": "单位负责人"}).items():
        filler.put(ACCOUNTS, 3, head, value)
    result, is_written = write(AccountSheet(), actor, filler)
    assert not is_written
    (mistake,) = result.mistakes
    assert mistake.head.startswith("姓名")
    assert "是同一账号，那里的姓名为“市城管委联络员”，请改成一致" in mistake.sentence
    assert not User.objects.filter(username="zhgly").exists()
