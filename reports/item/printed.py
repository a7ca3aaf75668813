"""What the notice prints of an item beside its words and units: 责任领导, 时限, 分项."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, IntegerField, QuerySet

from tasks.models import Task, TaskLeader, TaskPart
from units.asking.prepared import prepared
from units.stamps.shown import FINALIZED

ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


@dataclass(frozen=True)
class PartHere:
    """One 分项 with its own units by role, in the notice's words."""

    part: TaskPart
    units: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Printed:
    leaders: list[str]
    deadline: str
    parts: list[PartHere]


def printed_of(task: Task, day: date) -> Printed:
    """`leaders` are those that hold on `day`; two queries, remembered until a plan is written."""
    leaders = [each.printed for each in _leaders(task=task.pk, day=day)]
    parts = [PartHere(each, _units(each)) for each in _parts(task=task.pk)]
    return Printed(leaders, task.deadline_text, parts)


def _units(part: TaskPart) -> list[tuple[str, list[str]]]:
    named = {
        word: [each["printed"] for each in part.units if each["role"] == role]
        for role, word in ROLES.items()
    }
    return [(word, names) for word, names in named.items() if names]


@prepared(FINALIZED, task=IntegerField(), day=DateField())
def _leaders(task: Any, day: Any) -> QuerySet[TaskLeader]:
    return TaskLeader.objects.on(day).filter(task=task).order_by("ordinal")


@prepared(FINALIZED, task=IntegerField())
def _parts(task: Any) -> QuerySet[TaskPart]:
    return TaskPart.objects.filter(task=task).order_by("ordinal")
