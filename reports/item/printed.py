"""What the notice prints of an item beside its words: 责任表述, 责任领导, 时限, 分项; one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import DateField, IntegerField, JSONField, QuerySet, Value
from django.db.models.functions import Cast

from tasks.models import Designation, Task, TaskLeader, TaskPart
from units.asking.prepared import prepared
from units.stamps.shown import FINALIZED

ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}
DESIGNATION, LEADER, PART = "designation", "leader", "part"


class Designated(NamedTuple):
    """One 责任表述: of role `role`; `group` where a collective is named."""

    pk: int
    role: str
    printed: str
    group: int | None


@dataclass(frozen=True)
class PartHere:
    """One 分项 with its own units by role, in the notice's words."""

    number: str
    text: str
    units: list[tuple[str, list[str]]]
    leaders: list[str]
    deadline: str


@dataclass(frozen=True)
class Printed:
    """All in the order of the notice."""

    designations: list[Designated]
    leaders: list[str]
    deadline: str
    parts: list[PartHere]


def printed_of(task: Task, day: date) -> Printed:
    """`leaders` are those that hold on `day`; remembered until a plan is written."""
    found = Printed([], [], task.deadline_text, [])
    rows = sorted(_printed(task=task.pk, day=day), key=lambda row: row[1])
    for kind, _, pk, word, text, group, units, leaders, deadline in rows:
        if kind == DESIGNATION:
            found.designations.append(Designated(pk, word, text, group))
        elif kind == LEADER:
            found.leaders.append(text)
        else:
            found.parts.append(PartHere(word, text, _by_role(units), leaders, deadline))
    return found


def _by_role(units: list[dict[str, str]]) -> list[tuple[str, list[str]]]:
    named = {
        word: [each["printed"] for each in units if each["role"] == role]
        for role, word in ROLES.items()
    }
    return [(word, names) for word, names in named.items() if names]


@prepared(FINALIZED, task=IntegerField(), day=DateField())
def _printed(task: Any, day: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """Kind, place, id, role or number, words, group, units, leaders, time limit."""
    nobody, nothing = Cast(Value(None), IntegerField()), Value("")
    no_list = Cast(Value(None), JSONField())
    # the first of a union says what the columns are
    parts = TaskPart.objects.filter(task=task).order_by()
    leaders = TaskLeader.objects.on(day).filter(task=task).order_by()
    designations = Designation.objects.filter(task=task).order_by()
    return parts.values_list(
        *(Value(PART), "ordinal", "pk", "number", "text", nobody),
        *("units", "leaders", "deadline_text"),
    ).union(
        leaders.values_list(
            *(Value(LEADER), "ordinal", "pk", nothing, "printed", nobody),
            *(no_list, no_list, nothing),
        ),
        designations.values_list(
            *(Value(DESIGNATION), "ordinal", "pk", "role", "printed", "group_id"),
            *(no_list, no_list, nothing),
        ),
        all=True,
    )
