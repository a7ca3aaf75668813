"""Renaming a unit from a day on, taking that back before its day, and the day itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F

from units import log
from units.actors import Actor
from units.directory import initials
from units.errors import NotNow
from units.job_runs import one_by_one
from units.models import Unit, UnitAlias, UnitName
from units.people.unit_names import add_other_name, drop_other_name, is_taken, keep_old_name
from units.permissions import Verdict, can_administer, can_run_the_year, require
from units.stamps.small import read_again

FIRST_DAY = date(2000, 1, 1)
ONE_DAY = timedelta(days=1)
SAME = "新名称与现名称相同。"
TAKEN = "该名称已是其他单位或集合称谓的名称或别名（或只差间隔号、空格、全半角），请核对。"
PLANNED = "该单位已登记自{day}起更名为“{name}”，请先撤回再登记。"
TOO_EARLY = "更名日期须晚于现名称的起始日期{day}。"
NONE_PLANNED = "没有可以撤回的更名。"
BY_RENAMING = "更名保留新名称为别名"


def can_keep_units(actor: Actor) -> Verdict:
    """The administrator keeps the units, and 督查室 reads in a notice that one is called anew."""
    return can_administer(actor) if actor.is_admin else can_run_the_year(actor)


@transaction.atomic
def rename(
    *, unit: Unit, name: str, starts_on: date, authority: str, actor: Actor, now: datetime
) -> UnitName:
    """`unit` is called `name` from `starts_on` on; both names find it from now on. Logged.

    Raises `NotNow` where the name is another's, or another renaming stands in the way.
    """
    require(can_keep_units(actor))
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    last = UnitName.objects.open_ended().filter(unit=locked).first()
    _refuse(locked, last, name, starts_on, now.date())
    if last is None:
        last = UnitName(unit=locked, name=locked.name, starts_on=FIRST_DAY)
    last.ends_on = starts_on - ONE_DAY
    last.save()
    made = UnitName.objects.create(unit=locked, name=name, starts_on=starts_on, authority=authority)
    if starts_on > now.date():
        _find_by(locked, made, actor, now)
    else:
        _call(locked, name, actor, now)
    read_again()
    log.record(
        actor=actor,
        action="unit.rename",
        subject=locked,
        summary=f"单位更名：{last.name} → {name}，自{starts_on:%Y-%m-%d}起",
        changes={"name": [last.name, name], "starts_on": starts_on, "authority": authority},
        now=now,
    )
    return made


@transaction.atomic
def keep_name(*, unit: Unit, actor: Actor, now: datetime) -> None:
    """Take back a renaming whose day has not come. Raises `NotNow` where there is none."""
    require(can_keep_units(actor))
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    planned = UnitName.objects.open_ended().filter(unit=locked, starts_on__gt=now.date()).first()
    if planned is None:
        raise NotNow(NONE_PLANNED)
    planned.delete()
    before = UnitName.objects.filter(unit=locked).latest("starts_on")
    if before.starts_on == FIRST_DAY and not before.authority:
        before.delete()  # it was never renamed
    else:
        before.ends_on = None
        before.save(update_fields=["ends_on"])
    if planned.brought_alias:
        drop_other_name(name=planned.name, is_group=False, actor=actor, now=now)
    read_again()
    log.record(
        actor=actor,
        action="unit.keep_name",
        subject=locked,
        summary=f"撤回单位更名：{planned.name}",
        changes={"name": planned.name, "starts_on": planned.starts_on},
        now=now,
    )


def take_names(now: datetime) -> int:
    """Units whose new name holds by now take it; how many did. Safe to run twice and late."""
    held = UnitName.objects.on(now.date()).exclude(unit__name=F("name"))
    return sum(one_by_one(held, partial(_take, now=now)))


@transaction.atomic
def _take(due: UnitName, now: datetime) -> bool:
    unit = Unit.objects.select_for_update().get(pk=due.unit_id)
    if unit.name == due.name:
        return False
    old = unit.name
    UnitAlias.objects.filter(unit=unit, name=due.name).delete()
    _write(unit, due.name)
    UnitAlias.objects.get_or_create(name=old, defaults={"unit": unit})
    log.record(
        action="unit.take_name",
        subject=unit,
        summary=f"单位更名生效：{old} → {due.name}",
        changes={"name": [old, due.name]},
        now=now,
    )
    return True


def named_by_hand(*, unit: Unit, old: str, now: datetime) -> None:
    """The name was changed without a day: it holds from today on, until the day of a renaming that
    is planned.
    """
    today = now.date()
    held = UnitName.objects.on(today).filter(unit=unit).first()
    if held is not None and held.starts_on == today:
        held.name = unit.name
        held.save(update_fields=["name"])
        return
    held = held or UnitName(unit=unit, name=old, starts_on=FIRST_DAY)
    until, held.ends_on = held.ends_on, today - ONE_DAY
    held.save()
    UnitName.objects.create(unit=unit, name=unit.name, starts_on=today, ends_on=until)


def _refuse(unit: Unit, last: UnitName | None, name: str, starts_on: date, today: date) -> None:
    if name == unit.name:
        raise NotNow(SAME)
    if last is not None and last.starts_on > today:
        day = f"{last.starts_on:%Y-%m-%d}"
        raise NotNow(PLANNED.format(day=day, name=last.name))
    if starts_on <= (last.starts_on if last is not None else FIRST_DAY):
        day = f"{(last.starts_on if last is not None else FIRST_DAY):%Y-%m-%d}"
        raise NotNow(TOO_EARLY.format(day=day))
    own = Unit.objects.called(name)
    if (own is None or own.pk != unit.pk) and is_taken(name):
        raise NotNow(TAKEN)


def _call(unit: Unit, name: str, actor: Actor, now: datetime) -> None:
    """The new name is the one of today, the old one an alias."""
    old = unit.name
    UnitAlias.objects.filter(unit=unit, name=name).delete()  # it was another name until now
    _write(unit, name)
    keep_old_name(renamed=unit, old=old, actor=actor, now=now)


def _write(unit: Unit, name: str) -> None:
    unit.name, unit.pinyin = name, initials(name)
    unit.save(update_fields=["name", "pinyin"])


def _find_by(unit: Unit, made: UnitName, actor: Actor, now: datetime) -> None:
    """A notice may print it before its day."""
    if UnitAlias.objects.filter(name=made.name).exists():
        return
    add_other_name(of=unit, name=made.name, why=BY_RENAMING, actor=actor, now=now)
    made.brought_alias = True
    made.save(update_fields=["brought_alias"])
