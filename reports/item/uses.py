"""Where the words of an item's reports were used: which sentences of which issued papers."""

from __future__ import annotations

from reports.models import Bulletin, BulletinUse
from tasks.models import Task
from units.actors import Actor


def uses_of(task: Task, actor: Actor) -> list[BulletinUse]:
    """Of the papers that the actor may read, the newest first."""
    papers = Bulletin.objects.visible_to(actor).filter(plan=task.plan)
    found = BulletinUse.objects.filter(task=task, bulletin__in=papers).select_related(
        "bulletin__plan", "report__period", "report__responsibility__unit"
    )
    return list(found.defer("bulletin__figures").order_by("-bulletin__frozen_at", "pk"))
