"""What the next year takes of a plan: its items as they stand, without what was achieved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tasks.desk.stored import ROLES
from tasks.models import Designation, Plan, Responsibility, Task, TaskPart
from tasks.reader.roles.deadlines import day_of

_OF_A_YEAR = re.compile(r"20\d\d\s*年")


@dataclass(frozen=True)
class Wanted:
    """One item. `fields` are those that a correction can say (`tasks.desk.correcting.FIELDS`)."""

    kind: str
    number: int
    area: str
    theme: str
    text: str
    fields: dict[str, Any]

    def names(self, role: str) -> list[str]:
        found: list[str] = self.fields[role]
        return found


def wanted_of(plan: Plan, today: date) -> list[Wanted]:
    """In the order of the notice; what was added later behind. Eight queries."""
    tasks = plan.tasks.order_by("kind", "number").select_related("area", "theme", "plan")
    listed = tasks.prefetch_related(
        "designations__unit__merged_into",
        "designations__group",
        "responsibilities__unit",
        "printed_leaders",
        "parts",
    )
    return [_wanted(task, today) for task in listed]


def _wanted(task: Task, today: date) -> Wanted:
    by_role = _units_of(task, today)
    year = task.plan.year + 1
    deadline = _of_any_year(task.deadline_text)
    held = [each for each in task.printed_leaders.all() if each.holds_on(today)]
    return Wanted(
        kind=task.kind,
        number=task.number,
        area=_plain(task.area.title) if task.area else "",
        theme=_plain(task.theme.title) if task.theme else "",
        text=_plain(task.words),
        fields={
            "number": task.number,
            **by_role,
            "deadline_text": deadline,
            "deadline": _day(deadline, year),
            "leaders": [each.printed for each in held],
            "tracking": task.tracking,
            "cycle": task.cycle,
            "short_title": task.short_title,
            "sub_items": [_part(each, year) for each in task.parts.all()],
        },
    )


def _units_of(task: Task, today: date) -> dict[str, list[str]]:
    """By role, as the plan prints them; who answers for the item by a later decision stands in the
    place of those that do not any more. 汇总牵头 is the first.
    """
    held = [each for each in task.responsibilities.all() if each.holds_on(today)]
    answering = {each.unit_id for each in held}
    in_order = sorted(task.designations.all(), key=lambda one: one.ordinal)
    kept = [one for one in in_order if not held or _still_answers(one, answering)]
    printed = {one.pk for one in kept}
    later = [each for each in held if each.designation_id not in printed]
    later = [each for each in later if each.unit_id not in {one.unit_id for one in kept}]
    return {role: list(_names(role, kept, later, held)) for role in ROLES}


def _names(
    role: str,
    kept: Iterable[Designation],
    later: Iterable[Responsibility],
    held: Iterable[Responsibility],
) -> Iterator[str]:
    mine = [one.canonical for one in kept if one.role == role]
    mine += [each.unit.name for each in later if each.role == role]
    first = [each.unit.name for each in held if each.is_primary and each.role == role]
    yield from dict.fromkeys([*(name for name in first if name in mine), *mine])


def _still_answers(one: Designation, answering: set[int]) -> bool:
    """Collective names and those nobody knows stay as they are printed."""
    return one.unit_id is None or one.unit_id in answering


def _part(part: TaskPart, year: int) -> dict[str, Any]:
    """As a correction stores it (`tasks.desk.stored.as_part`)."""
    deadline = _of_any_year(part.deadline_text)
    return {
        "number": part.number,
        "text": part.text,
        **{role: [each["name"] for each in part.units if each["role"] == role] for role in ROLES},
        "leaders": list(part.leaders),
        "deadline_text": deadline,
        "deadline": _day(deadline, year),
    }


def _of_any_year(words: str) -> str:
    """10月底 is of every year; 2022年10月底 is over."""
    return "" if _OF_A_YEAR.search(words) else words


def _day(words: str, year: int) -> str:
    day = day_of(words, year) if words else None
    return day.isoformat() if day else ""


def _plain(words: str) -> str:
    """In one cell of one line."""
    return " ".join(words.split()) if re.search(r"[\t\r\n]", words) else words


def left_out(items: Sequence[Wanted], plan: Plan) -> int:
    """Time limits that name their year, and so are not taken."""
    printed = plan.tasks.exclude(deadline_text="").count()
    return printed - sum(bool(each.fields["deadline_text"]) for each in items)
