"""A unit's name holds from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from huangshi_tasks.lib import clock
from tests.cast import at, make_actor, make_unit
from units.actors import Actor
from units.errors import NotNow, Refused
from units.models import LogEntry, Role, Unit, UnitAlias, UnitName
from units.renaming.acts import keep_name, named_by_hand, rename, take_names
from units.renaming.names import names_on

pytestmark = pytest.mark.django_db
NOW = at("2022-08-03")
OLD, NEW = "市文化局", "市文化体育局"
SEPTEMBER = date(2022, 9, 1)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


@pytest.fixture
def admin() -> Actor:
    return make_actor(Role.ADMIN, name="系统管理员")


@pytest.fixture
def unit() -> Unit:
    return make_unit(OLD)


def called(unit: Unit) -> str:
    return Unit.objects.get(pk=unit.pk).name


def renamed(unit: Unit, actor: Actor, day: date = SEPTEMBER, name: str = NEW) -> UnitName:
    return rename(
        unit=unit, name=name, starts_on=day, authority="示例〔2022〕3号", actor=actor, now=NOW
    )


def test_a_name_to_come_waits_for_its_day_and_is_found_before_it(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin)
    assert called(unit) == OLD
    assert names_on(date(2022, 8, 31))[unit.pk] == OLD
    assert names_on(SEPTEMBER)[unit.pk] == NEW
    for name in (OLD, NEW):
        found = Unit.objects.called(name)
        assert found is not None
        assert found.pk == unit.pk
    assert take_names(at("2022-08-31", "23:59:00")) == 0
    assert take_names(at("2022-09-01", "00:05:00")) == 1
    assert take_names(at("2022-09-01", "01:05:00")) == 0  # safe to run twice
    assert called(unit) == NEW
    assert Unit.objects.called(OLD) == unit
    assert Unit.objects.called(NEW) == unit


def test_a_missed_day_is_caught_up(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin)
    assert take_names(at("2022-10-15")) == 1
    assert called(unit) == NEW


def test_a_name_of_the_past_holds_at_once_and_earlier_days_keep_theirs(
    unit: Unit, admin: Actor
) -> None:
    renamed(unit, admin, date(2022, 7, 1))
    assert called(unit) == NEW
    assert names_on(date(2022, 6, 30))[unit.pk] == OLD
    assert Unit.objects.called(OLD) == unit
    assert Unit.objects.get(pk=unit.pk).pinyin == "swhtyj"


def test_a_second_renaming_follows_the_first(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin, date(2022, 7, 1))
    third = "市文化体育旅游局"
    renamed(unit, admin, date(2022, 8, 1), third)
    days = (date(2022, 6, 1), date(2022, 7, 15), date(2022, 8, 2))
    assert [names_on(day)[unit.pk] for day in days] == [OLD, NEW, third]
    back = renamed(unit, admin, date(2022, 8, 3), OLD)  # a former name may come again
    assert called(unit) == back.name == OLD


def test_it_is_taken_back_before_its_day_only(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin)
    keep_name(unit=unit, actor=admin, now=NOW)
    assert not UnitName.objects.exists()
    assert Unit.objects.called(NEW) is None
    with pytest.raises(NotNow, match="没有可以撤回的更名"):
        keep_name(unit=unit, actor=admin, now=NOW)
    renamed(unit, admin, date(2022, 8, 1))
    with pytest.raises(NotNow, match="没有可以撤回的更名"):
        keep_name(unit=unit, actor=admin, now=NOW)


def test_taking_it_back_leaves_an_alias_that_stood_before(unit: Unit, admin: Actor) -> None:
    UnitAlias.objects.create(unit=unit, name=NEW)
    renamed(unit, admin)
    keep_name(unit=unit, actor=admin, now=NOW)
    assert Unit.objects.called(NEW) == unit


def test_a_name_that_cannot_be_taken_costs_the_others_nothing(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin)
    other = make_unit("市体育局")
    renamed(other, admin, SEPTEMBER, "市体育中心")
    Unit.objects.filter(pk=make_unit("某局").pk).update(name=NEW)  # by hand, meanwhile
    assert take_names(at("2022-09-01")) == 1
    assert (called(unit), called(other)) == (OLD, "市体育中心")


def test_taking_back_the_second_leaves_the_first(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin, date(2022, 7, 1))
    renamed(unit, admin, SEPTEMBER, "市文化旅游局")
    keep_name(unit=unit, actor=admin, now=NOW)
    assert names_on(date(2022, 12, 31))[unit.pk] == NEW
    assert names_on(date(2022, 6, 30))[unit.pk] == OLD


@pytest.mark.parametrize(
    ("name", "day", "sentence"),
    [
        (OLD, SEPTEMBER, "新名称与现名称相同"),
        ("市财政局", SEPTEMBER, "已是其他单位"),
        ("市 财 政 局", SEPTEMBER, "已是其他单位"),
        (NEW, date(2000, 1, 1), "更名日期须晚于"),
    ],
)
def test_what_cannot_be_is_refused(
    unit: Unit, admin: Actor, name: str, day: date, sentence: str
) -> None:
    make_unit("市财政局")
    with pytest.raises(NotNow, match=sentence):
        renamed(unit, admin, day, name)
    assert not UnitName.objects.exists()


def test_a_planned_renaming_stands_in_the_way_of_another(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin)
    with pytest.raises(NotNow, match="已登记自2022-09-01起更名为"):
        renamed(unit, admin, date(2022, 10, 1), "市文旅局")


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR])
def test_nobody_else_renames(unit: Unit, role: Role) -> None:
    with pytest.raises(Refused):
        renamed(unit, make_actor(role, name="某人"))


def test_it_is_logged(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin)
    entry = LogEntry.objects.get(action="unit.rename")
    assert "示例〔2022〕3号" in entry.payload
    take_names(at("2022-09-01"))
    assert LogEntry.objects.filter(action="unit.take_name").count() == 1


def test_a_name_changed_by_hand_holds_from_today(unit: Unit) -> None:
    for name in (NEW, "市文旅局"):
        old, unit.name = unit.name, name
        unit.save()
        named_by_hand(unit=unit, old=old, now=NOW)
    assert names_on(date(2022, 8, 2))[unit.pk] == OLD
    assert names_on(date(2022, 8, 3))[unit.pk] == "市文旅局"
    assert UnitName.objects.count() == 2


def test_a_name_changed_by_hand_holds_until_the_renaming_that_is_planned(
    unit: Unit, admin: Actor
) -> None:
    renamed(unit, admin)
    corrected = "市文化和旅游局"
    unit.name = corrected
    unit.save()
    named_by_hand(unit=unit, old=OLD, now=NOW)
    assert take_names(NOW) == 0
    assert called(unit) == corrected
    days = (date(2022, 8, 2), date(2022, 8, 3), date(2022, 8, 31), SEPTEMBER)
    assert [names_on(day)[unit.pk] for day in days] == [OLD, corrected, corrected, NEW]
    assert take_names(at("2022-09-01")) == 1
    assert called(unit) == NEW


def test_the_planned_renaming_is_taken_back_after_a_correction(unit: Unit, admin: Actor) -> None:
    renamed(unit, admin)
    unit.name = "市文化和旅游局"
    unit.save()
    named_by_hand(unit=unit, old=OLD, now=NOW)
    keep_name(unit=unit, actor=admin, now=NOW)
    assert names_on(date(2022, 12, 31))[unit.pk] == "市文化和旅游局"
