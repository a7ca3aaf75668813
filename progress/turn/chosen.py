"""另选: the item that somebody means by its number or by some of its words."""

from __future__ import annotations

from collections.abc import Iterable

from huangshi_tasks.lib.fold import fold
from tasks.models import Task
from units.errors import NotNow


def called(task: Task) -> str:
    """As it is offered to choose from."""
    return f"{task.code} {task.short_title}"


def meant(typed: str, tasks: Iterable[Task]) -> Task:
    """The one of `tasks` that is meant; raises `NotNow` with what to write instead."""
    words = fold(typed.strip())
    if not words:
        raise NotNow("请按编号或文字选择本年的一项。")
    listed = list(tasks)
    exactly = [each for each in listed if words in (fold(called(each)), fold(each.code))]
    numbered = [each for each in listed if words == str(each.number)]
    within = [each for each in listed if words in fold(each.words)]
    found = exactly or numbered or within
    if not found:
        raise NotNow(f"本年没有可以衔接的“{typed[:20]}”，请从列出的事项中选择。")
    if len(found) > 1:
        codes = "、".join(each.code for each in found[:5])
        raise NotNow(f"“{typed[:20]}”指的可能是{codes}，请从列出的事项中选择一项。")
    return found[0]
