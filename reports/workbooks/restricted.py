"""限定知悉范围: whoever reads the whole city knows of these items by name only (design.md §4)."""

from __future__ import annotations

from reports.workbooks.asked import Asked
from tasks.models import Task
from tasks.models.items import Visibility


def names_of(asked: Asked) -> list[str]:
    """``重点工作第17项 示例短标题`` of each; empty for others than leaders and observers, and
    while a filter narrows the list.
    """
    if not asked.actor.is_reader or asked.ledger.is_filtering or asked.is_too_early:
        return []
    seen = Task.objects.visible_to(asked.actor).values("pk")
    hidden = Task.objects.filter(plan=asked.plan, visibility=Visibility.RESTRICTED)
    return [str(task) for task in hidden.exclude(pk__in=seen).order_by("kind", "number")]
