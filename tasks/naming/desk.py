"""The office's naming desk: every 相关… and …成员单位 of the year, and what it has come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet, Value

from huangshi_tasks.lib.fold import fold
from tasks.models import Designation, Naming, NamingState, Plan
from tasks.naming.acts import name_unit
from tasks.naming.modes import OPEN_MODES
from units.actors import Actor
from units.asking.rows import remembered_rows
from units.errors import NotNow
from units.models import GroupMode, Unit
from units.stamps.shown import FINALIZED

OPEN, ASKED, OBJECTED, NAMED = "open", "asked", "objected", "named"
WORDS = {OPEN: "待明确", ASKED: "待单位确认", OBJECTED: "有异议", NAMED: "已明确"}
RELEVANT_OPEN = "relevant_open"  # of those open the 相关…, which the lead names
# What needs the office comes first.
ORDER = (OBJECTED, OPEN, ASKED, NAMED)


@dataclass(frozen=True)
class DeskRow:
    """One designation with its namings that stand; dropped ones are left to the log."""

    designation: Designation
    namings: list[Naming] = field(default_factory=list)

    @property
    def state(self) -> str:
        return state_of({naming.state for naming in self.namings})

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def units(self) -> list[Unit]:
        return [each.unit for each in self.namings if each.unit is not None]


def state_of(states: Collection[str]) -> str:
    """Of a designation by the states of its namings that stand."""
    if NamingState.OBJECTED in states:
        return OBJECTED
    if NamingState.PROPOSED in states:
        return ASKED
    return NAMED if states else OPEN


def desk_rows(plan: Plan, day: date) -> list[DeskRow]:
    """All of the year, as numbered; two queries."""
    standing = Naming.objects.not_over(day).exclude(state=NamingState.DROPPED)
    namings = standing.select_related("unit").order_by("unit__ordinal", "pk")
    found = Designation.objects.filter(task__plan=plan, group__mode__in=OPEN_MODES)
    rows = found.select_related("task__plan", "task__area", "group").order_by(
        "task__kind", "task__number", "role", "ordinal"
    )
    rows = rows.prefetch_related(Prefetch("namings", namings, to_attr="standing"))
    return [DeskRow(each, each.standing) for each in rows]


def counted_states(plan: Plan, day: date) -> Counter[str]:
    """How many designations of `desk_rows` are in each state, and how many in `RELEVANT_OPEN`. One
    query, which makes no rows.
    """
    modes: dict[int, str] = {}
    states: dict[int, set[str]] = defaultdict(set)
    for pk, mode, state in _named(plan.pk, day):
        if mode:
            modes[pk] = mode
        else:
            states[pk].add(state)
    found = Counter(state_of(states[pk]) for pk in modes)
    open_modes = [mode for pk, mode in modes.items() if not states[pk]]
    found[RELEVANT_OPEN] = open_modes.count(GroupMode.RELEVANT)
    return found


@remembered_rows(FINALIZED)
def _named(plan_id: int, day: date) -> QuerySet[Any, Any]:
    """The designations with the mode of their group, and the states of the namings that stand."""
    found = Designation.objects.filter(task__plan=plan_id, group__mode__in=OPEN_MODES)
    standing = Naming.objects.not_over(day).exclude(state=NamingState.DROPPED)
    own = standing.filter(designation__task__plan=plan_id)
    return (
        found.order_by()
        .values_list("pk", "group__mode", Value(""))
        .union(own.order_by().values_list("designation_id", Value(""), "state"), all=True)
    )


def wanted(
    rows: Iterable[DeskRow], *, words: str = "", area: str = "", state: str = "", mode: str = ""
) -> list[DeskRow]:
    """Those that a search asks for: item, number, designation or named unit; area; state; what
    the group stands for.
    """
    return [
        row
        for row in rows
        if (not words or _matches(row, words))
        and (not area or str(_area_of(row)) == area)
        and (not state or row.state == state)
        and mode in ("", _mode_of(row))
    ]


def _matches(row: DeskRow, words: str) -> bool:
    task = row.designation.task
    read = [
        task.code,
        task.short_title,
        task.text,
        row.designation.printed,
        *(unit.name for unit in row.units),
    ]
    return fold(words) == str(task.number) or any(fold(words) in fold(each) for each in read)


def _mode_of(row: DeskRow) -> str:
    """相关… or …成员单位."""
    return row.designation.group.mode if row.designation.group is not None else ""


def _area_of(row: DeskRow) -> int:
    """The chapter; 0 for projects, which stand in none."""
    area = row.designation.task.area
    return area.ordinal if area is not None else 0


def models_for(rows: Iterable[DeskRow], designation: Designation) -> list[DeskRow]:
    """Others that are named already: 与其他事项相同. Those of the same words come first."""
    named = [row for row in rows if row.designation.pk != designation.pk and row.state == NAMED]
    with_units = [row for row in named if row.units]
    return sorted(with_units, key=lambda row: row.designation.group_id != designation.group_id)


def name_several(
    *,
    designation: Designation,
    units: Iterable[Unit],
    starts_on: date,
    ends_on: date | None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> list[Naming]:
    """All or none; a unit that is listed already is left as it is."""
    listed = set(
        designation.namings.not_over(starts_on)
        .filter(state=NamingState.CONFIRMED)
        .values_list("unit_id", flat=True)
    )
    new = [unit for unit in units if unit.pk not in listed]
    if not new:
        raise NotNow("所选单位均已列入。")
    with transaction.atomic():
        return [
            name_unit(
                designation=designation,
                unit=unit,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=reason,
                actor=actor,
                now=now,
            )
            for unit in new
        ]
