"""Adding a unit, giving it another name, retiring it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from progress.unit_list.answering import answers_for
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.imports.unit_list import put_unit
from units.models import Unit, UnitGroupMember, UnitName
from units.people.unit_names import add_other_name, drop_other_name, is_taken
from units.permissions import require
from units.renaming.acts import TAKEN, can_keep_units
from units.sheets.running import BadRow

ONE_DAY = timedelta(days=1)
STILL = "该单位还有未了的责任（{what}），不能停用，请先按下面的清单办理。"
RETIRED = "该单位已停用。"
IN_USE = "该单位在用，不需要恢复。"
MERGED = "该单位已并入{into}，不能恢复使用。"
ITS_NAME = "这是该单位用过或将用的名称，不能删除；旧通知靠它找到单位。"
ABOVE_ITSELF = "上级单位不能是本单位或本单位的下级。"


@transaction.atomic
def add(*, name: str, kind: str, rank_group: str, actor: Actor, now: datetime) -> Unit:
    """A unit that nobody is called like. Raises `NotNow` otherwise."""
    require(can_keep_units(actor))
    if is_taken(name):
        raise NotNow(TAKEN)
    last = Unit.objects.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    values: dict[str, Any] = {
        "name": name,
        "kind": kind,
        "parent": "",
        "rank_group": rank_group,
        "ordinal": last + 1,
        "telephone": "",
        "retired_on": None,
        "aliases": "",
    }
    try:
        put_unit(values, actor, now)
    except BadRow as bad:
        raise NotNow(str(bad)) from bad
    return Unit.objects.get(name=name)


@transaction.atomic
def add_alias(*, unit: Unit, name: str, actor: Actor, now: datetime) -> None:
    """Another name by which notices print it. Raises `NotNow` where it leads elsewhere."""
    require(can_keep_units(actor))
    if is_taken(name):
        raise NotNow(TAKEN)
    add_other_name(of=unit, name=name, why="新增单位别名", actor=actor, now=now)


@transaction.atomic
def drop_alias(*, unit: Unit, name: str, actor: Actor, now: datetime) -> None:
    """The name leads nowhere again; none of this unit is fine. Raises `NotNow` of a name that the
    unit had or will have: what was printed with it is still this unit's.
    """
    require(can_keep_units(actor))
    if UnitName.objects.filter(unit=unit, name=name).exists():
        raise NotNow(ITS_NAME)
    if unit.aliases.filter(name=name).exists():
        drop_other_name(name=name, is_group=False, actor=actor, now=now)


@transaction.atomic
def edit(*, unit: Unit, actor: Actor, now: datetime, **values: Any) -> None:
    """Kind, order and the like. Raises `NotNow` where it would stand above itself."""
    require(can_keep_units(actor))
    locked = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    above = values["parent"]
    while above is not None:
        if above.pk == locked.pk:
            raise NotNow(ABOVE_ITSELF)
        above = above.parent
    before = {name: _spelled(getattr(locked, name)) for name in values}
    for name, value in values.items():
        setattr(locked, name, value)
    changed = {
        name: [old, _spelled(values[name])]
        for name, old in before.items()
        if old != _spelled(values[name])
    }
    if not changed:
        return
    locked.save(update_fields=list(changed))
    log.record(
        actor=actor,
        action="unit.change",
        subject=locked,
        summary=f"修改单位：{locked}",
        changes=changed,
        now=now,
    )


def _spelled(value: Any) -> Any:
    return value.pk if isinstance(value, Unit) else value


@transaction.atomic
def restore(*, unit: Unit, actor: Actor, now: datetime) -> None:
    """停用 was a mistake, or is taken back. Raises `NotNow` of what went into another unit."""
    require(can_keep_units(actor))
    locked = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if locked.retired_on is None:
        raise NotNow(IN_USE)
    if locked.merged_into_id is not None:
        raise NotNow(MERGED.format(into=locked.merged_into))
    before, locked.retired_on = locked.retired_on, None
    locked.save(update_fields=["retired_on"])
    log.record(
        actor=actor,
        action="unit.change",
        subject=locked,
        summary=f"恢复使用单位：{locked}",
        changes={"retired_on": [before, None]},
        now=now,
    )


@transaction.atomic
def retire(*, unit: Unit, retired_on: date, authority: str, actor: Actor, now: datetime) -> None:
    """From `retired_on` on the unit is no more; its memberships end the day before. What it did
    stays. Raises `NotNow` while it answers for anything then.
    """
    require(can_keep_units(actor))
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    if locked.retired_on is not None:
        raise NotNow(RETIRED)
    left = answers_for(locked, retired_on)
    if left:
        what = "、".join(f"{each.word}{each.number}" for each in left)
        raise NotNow(STILL.format(what=what))
    ends_on = retired_on - ONE_DAY
    for row in UnitGroupMember.objects.not_over(retired_on).filter(unit=locked):
        if row.starts_on > ends_on:
            row.delete()  # it never began
        else:
            row.ends_on = ends_on
            row.save(update_fields=["ends_on"])
    locked.retired_on = retired_on
    locked.save(update_fields=["retired_on"])
    log.record(
        actor=actor,
        action="unit.retire",
        subject=locked,
        summary=f"停用单位：{locked}，自{retired_on:%Y-%m-%d}起",
        changes={"retired_on": [None, retired_on], "authority": authority},
        now=now,
    )
