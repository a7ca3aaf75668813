"""Who answers for an item changes from a day on: rows are closed the day before and followed by
new ones (design.md section 3). What the old ones reported passes to their successors on that day:
an old row names the one that follows it, and who reports is asked by date.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from tasks.models import Responsibility, ResponsibilityRole, Task
from units.errors import NotNow
from units.models import Unit

ONE_DAY = timedelta(days=1)
LEADING = (ResponsibilityRole.LEAD, ResponsibilityRole.RESPONSIBLE)
KEPT = ("designation", "leader_name", "section", "contact_name", "telephone", "contacts_from")

NO_CHANGE = "请写明退出的单位或新承担责任的单位。"
NOT_ON_IT = "{unit}在此事项上没有现行责任，不能退出。"
NO_PRIMARY = "汇总牵头单位退出的，须同时写明接替的汇总牵头单位。"
PRIMARY_LEADS = "汇总牵头单位须为牵头或责任单位。"
SAME = "{unit}已是{role}单位，没有变化。"
TOO_EARLY = "生效日期须晚于{unit}现行责任的起始日期{day}。"


@dataclass(frozen=True)
class Move:
    """`leaving` gives its responsibility up; `unit` takes `role`, and 汇总牵头 if so."""

    leaving: Unit | None = None
    unit: Unit | None = None
    role: str = ""
    becomes_primary: bool = False


@dataclass
class _Change:
    closed: list[Responsibility] = field(default_factory=list)
    opened: list[Responsibility] = field(default_factory=list)


def move_responsibility(task: Task, move: Move, day: date) -> list[Responsibility]:
    """Put `move` in force from `day` on, inside the caller's transaction; returns the new rows.

    Raises `NotNow` with what is missing or contradictory; nothing is written then.
    """
    held = {row.unit_id: row for row in _rows_to_change(task, day)}
    if move.role in LEADING and not any(row.is_primary for row in held.values()):
        move = replace(move, becomes_primary=True)  # nobody leads yet: who does is the first
    change = _planned(task, move, held, day)
    for row in change.closed:
        if row.starts_on >= day:
            raise NotNow(TOO_EARLY.format(unit=row.unit, day=row.starts_on.isoformat()))
        row.ends_on = day - ONE_DAY
        row.save(update_fields=["ends_on"])
    for row in change.opened:
        row.save()
    _pass_on(task, change, day)
    return change.opened


def _rows_to_change(task: Task, day: date) -> list[Responsibility]:
    """Who would answer on `day`, and who begins later: before what is planned nothing is put."""
    rows = Responsibility.objects.not_over(day).select_for_update(of=("self",)).filter(task=task)
    return list(rows.select_related("unit").order_by("starts_on", "pk"))


def _planned(task: Task, move: Move, held: dict[int, Responsibility], day: date) -> _Change:
    if move.unit is None and move.leaving is None:
        raise NotNow(NO_CHANGE)
    change = _Change()
    if move.leaving is not None and move.leaving != move.unit:
        leaving = held.pop(move.leaving.pk, None)
        if leaving is None:
            raise NotNow(NOT_ON_IT.format(unit=move.leaving))
        change.closed.append(leaving)
        if leaving.is_primary and not (move.unit is not None and move.becomes_primary):
            raise NotNow(NO_PRIMARY)
    if move.unit is not None:
        _plan_taking_over(task, move, held, day, change)
    return change


def _plan_taking_over(
    task: Task, move: Move, held: dict[int, Responsibility], day: date, change: _Change
) -> None:
    assert move.unit is not None
    own = held.pop(move.unit.pk, None)
    if move.becomes_primary and move.role not in LEADING:
        raise NotNow(PRIMARY_LEADS)
    if own is not None:
        if own.role == move.role and own.is_primary == move.becomes_primary:
            label = own.get_role_display()
            raise NotNow(SAME.format(unit=own.unit, role=label))
        if own.is_primary and not move.becomes_primary:
            raise NotNow(NO_PRIMARY)
        change.closed.append(own)
    if move.becomes_primary:
        for row in [row for row in held.values() if row.is_primary]:
            change.closed.append(row)
            change.opened.append(_again(row, day, is_primary=False))
    taken = {"role": move.role, "is_primary": move.becomes_primary}
    change.opened.append(_again(own, day, **taken) if own else _new(task, move.unit, day, **taken))


def _again(row: Responsibility, day: date, **changed: Any) -> Responsibility:
    """The same unit's next row; persons and 签收 stay, for the unit has not changed."""
    kept = {name: getattr(row, name) for name in (*KEPT, "received_at", "received_by", "role")}
    kept |= {"ordinal": row.ordinal, **changed}
    return Responsibility(task=row.task, unit=row.unit, starts_on=day, **kept)


def _new(task: Task, unit: Unit, day: date, **taken: Any) -> Responsibility:
    last = Responsibility.objects.filter(task=task).aggregate(last=Max("ordinal"))["last"] or 0
    return Responsibility(task=task, unit=unit, starts_on=day, ordinal=last + 1, **taken)


def _pass_on(task: Task, change: _Change, day: date) -> None:
    """Say who reports, from `day` on, the numbers and steps of every closed row."""
    primary = Responsibility.objects.primary_on(day, task.pk)
    for row in change.closed:
        row.followed_by = _heir(row, change) or _planned_heir(row, day) or primary
        row.save(update_fields=["followed_by"])


def _heir(row: Responsibility, change: _Change) -> Responsibility | None:
    """The unit's own next row, else the unit that takes over; only who leads reports numbers."""
    own = next((new for new in change.opened if new.unit_id == row.unit_id), None)
    leading = [new for new in change.opened if new.role in LEADING]
    heir = own or (leading[-1] if leading else None)
    return heir if heir is not None and heir.role in LEADING else None


def _planned_heir(row: Responsibility, day: date) -> Responsibility | None:
    """Who was to follow from a later day on, where the row only ends earlier than planned."""
    planned = row.followed_by
    is_to_come = planned is not None and planned.starts_on > day and planned.is_not_over(day)
    return planned if is_to_come else None
