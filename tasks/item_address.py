"""How an address names an item: /2022/tasks/17/… and /2022/projects/3/…."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.urls import register_converter

from tasks.models import TaskKind
from units.face.addresses import addresses

WORDS = {TaskKind.KEY_TASK: "tasks", TaskKind.PRACTICAL_PROJECT: "projects"}
KINDS = {word: kind for kind, word in WORDS.items()}


class ItemKindConverter:
    """`<item_kind:item_kind>`: `tasks` or `projects` in the address, a `TaskKind` in the view."""

    regex = "tasks|projects"

    def to_python(self, value: str) -> TaskKind:
        return KINDS[value]

    def to_url(self, value: str) -> str:
        return WORDS[TaskKind(value)]


register_converter(ItemKindConverter, "item_kind")

ITEM = "<slug:slug>/<item_kind:item_kind>/<int:number>"  # how the addresses of an item begin


class Numbered(Protocol):
    """A `Task`, or what a plain row knows of it."""

    @property
    def is_project(self) -> bool: ...
    @property
    def number(self) -> int: ...


def item_pages(slug: str) -> Callable[[Numbered], str]:
    """The page of an item of that plan, as `Task.get_absolute_url`; for lists."""
    tasks, projects = addresses("reports:item", slug), addresses("reports:project", slug)
    return lambda item: (projects if item.is_project else tasks)(item.number)
