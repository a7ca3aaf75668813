"""How an address names an item: /2022/tasks/17/… and /2022/projects/3/…."""

from __future__ import annotations

from django.urls import register_converter

from tasks.models import TaskKind

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
