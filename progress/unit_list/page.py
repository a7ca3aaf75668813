"""What the pages of 单位 show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from huangshi_tasks.lib.fold import pattern
from progress.models import UnitChange
from units.models import Appointment, GroupMode, Unit, UnitGroup, UnitGroupMember, UnitName

IN_USE, CHANGING, RETIRED = "", "changing", "retired"


@dataclass
class Row:
    """One unit; `planned` is the name that it will have."""

    unit: Unit
    people: int = 0
    aliases: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    planned: UnitName | None = None
    change: UnitChange | None = None


@dataclass(frozen=True)
class ListPage:
    """The rows that were asked for; how many units are in each state, and designations in all."""

    rows: list[Row]
    in_use: int
    changing: int
    retired: int
    groups: int


def list_page(today: date, *, state: str, wanted: str, kind: str) -> ListPage:
    """The units in a state, of those that are called like `wanted`; about eight queries."""
    planned = {
        each.unit_id: each for each in UnitName.objects.open_ended().filter(starts_on__gt=today)
    }
    changes = {
        each.leaving_id: each
        for each in UnitChange.objects.filter(done_at=None, withdrawn_at=None).select_related(
            "leaving", "into"
        )
    }
    current = Unit.objects.current(today)
    shown = {
        IN_USE: current,
        CHANGING: current.filter(pk__in={*planned, *changes}),
        RETIRED: Unit.objects.exclude(pk__in=current.values("pk")),
    }
    units = shown.get(state, current)
    if kind:
        units = units.filter(kind=kind)
    if wanted:
        looks = pattern(wanted)
        named = Q(name__iregex=looks) | Q(aliases__name__iregex=looks)
        units = units.filter(named | Q(pinyin__startswith=wanted.lower())).distinct()
    return ListPage(
        rows=_rows(units, planned, changes, today),
        in_use=shown[IN_USE].count(),
        changing=shown[CHANGING].count(),
        retired=shown[RETIRED].count(),
        groups=UnitGroup.objects.count(),
    )


def _rows(
    units: Iterable[Unit],
    planned: dict[int, UnitName],
    changes: dict[int, UnitChange],
    today: date,
) -> list[Row]:
    rows = {
        unit.pk: Row(unit, planned=planned.get(unit.pk), change=changes.get(unit.pk))
        for unit in units
    }
    held = Appointment.objects.on(today).filter(unit__in=rows).order_by()
    for pk, count in held.values_list("unit").annotate(Count("user", distinct=True)):
        rows[pk].people = count
    for unit in Unit.objects.filter(pk__in=rows).prefetch_related("aliases"):
        rows[unit.pk].aliases = [alias.name for alias in unit.aliases.all()]
    by_kind: dict[str, list[str]] = {}
    for group in UnitGroup.objects.filter(mode=GroupMode.ALL).exclude(member_kind=""):
        by_kind.setdefault(group.member_kind, []).append(group.name)
    listed = UnitGroupMember.objects.on(today).filter(unit__in=rows, group__mode=GroupMode.ALL)
    for pk, name in listed.values_list("unit_id", "group__name"):
        rows[pk].groups.append(name)
    for row in rows.values():
        row.groups += by_kind.get(row.unit.kind, [])
    return list(rows.values())


ACTS = {
    "rename": "更名",
    "merge": "合并",
    "split": "拆分",
    "retire": "停用",
    "alias": "别名",
    "edit": "资料",
}


def offered_for(unit: Unit, *, is_planned: bool, is_changing: bool) -> dict[str, str]:
    """Acts that can be registered of it now, with their words; none of what is retired."""
    if unit.retired_on is not None:
        return {}
    barred = {"rename"} if is_planned else set()
    barred |= {"merge", "split"} if is_changing else set()
    return {act: word for act, word in ACTS.items() if act not in barred}


def history_of(unit: Unit) -> list[UnitName]:
    """Its names in order; none where it was never renamed."""
    return list(unit.names.order_by("starts_on"))
