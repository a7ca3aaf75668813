"""The verbs of 集合称谓, each logged."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from units.actors import Actor
from units.errors import NotNow
from units.groups.forms import EndedMemberForm, GroupForm, MemberForm
from units.models import Unit, UnitGroup, UnitGroupAlias, UnitGroupMember
from units.people.admin_forms import is_over
from units.people.saved import saved
from units.people.unit_names import (
    NAME_TAKEN,
    add_other_name,
    drop_other_name,
    is_taken,
    keep_old_name,
)
from units.permissions import can_administer, require

IS_OVER = "该成员已经终止，不能再改。"
BY_KIND = "该称谓按单位类别取成员，不逐个登记。"


@transaction.atomic
def put(*, group: UnitGroup | None, actor: Actor, now: datetime, **values: Any) -> UnitGroup:
    """A new designation, or one that is changed; renamed, it keeps the old name as an alias. Raises
    `NotSaved`.
    """
    require(can_administer(actor))
    old = group.name if group is not None else ""
    made: UnitGroup = saved(GroupForm(values, instance=group), actor=actor, now=now)
    if old and made.name != old:
        UnitGroupAlias.objects.filter(group=made, name=made.name).delete()  # it is the name now
        keep_old_name(renamed=made, old=old, actor=actor, now=now)
    return made


@transaction.atomic
def add_alias(*, group: UnitGroup, name: str, actor: Actor, now: datetime) -> None:
    """Raises `NotNow` where the name leads elsewhere."""
    require(can_administer(actor))
    if is_taken(name):
        raise NotNow(NAME_TAKEN)
    add_other_name(of=group, name=name, why="新增集合称谓别名", actor=actor, now=now)


@transaction.atomic
def drop_alias(*, group: UnitGroup, name: str, actor: Actor, now: datetime) -> None:
    """The name leads nowhere again; none of this group is fine."""
    require(can_administer(actor))
    if group.aliases.filter(name=name).exists():
        drop_other_name(name=name, is_group=True, actor=actor, now=now)


@transaction.atomic
def join(*, group: UnitGroup, unit: Unit, starts_on: date, actor: Actor, now: datetime) -> None:
    """`unit` is a member from a day on. Raises `NotSaved`."""
    require(can_administer(actor))
    if group.member_kind:
        raise NotNow(BY_KIND)
    values = {"group": group.pk, "unit": unit.pk, "starts_on": starts_on}
    saved(MemberForm(values), actor=actor, now=now)


@transaction.atomic
def leave(*, held: UnitGroupMember, ends_on: date, actor: Actor, now: datetime) -> None:
    """`ends_on` is the last day as a member. Raises `NotSaved`, and `NotNow` of what is over."""
    require(can_administer(actor))
    locked = UnitGroupMember.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if is_over(locked, now.date()):
        raise NotNow(IS_OVER)
    saved(EndedMemberForm({"ends_on": ends_on}, instance=locked), actor=actor, now=now)
