"""通报核对 among what a unit must do (`progress.todo`): the lines of a paper that name it."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from progress.todo import kinds
from progress.todo.asked import columns
from reports.models import BulletinLine, BulletinState


def lines_to_check(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    """As `Bulletin.takes_answers`, of lines without an answer."""
    found = BulletinLine.objects.filter(
        unit=unit_id,
        is_dropped=False,
        answered_at=None,
        bulletin__plan__in=plan_ids,
        bulletin__state=BulletinState.CHECKING,
        bulletin__check_until__gte=today,
    )
    return columns(
        found,
        kinds.CHECK,
        "",
        plan_id=F("bulletin__plan_id"),
        item_id=F("task_id"),
        item_kind=Coalesce(F("task__kind"), F("kind")),
        item_number=Coalesce(F("task__number"), 0),
        note=F("facts"),
        source=F("bulletin__period__label"),
        title=F("bulletin__title"),
        due_on=F("bulletin__check_until"),
        holder=F("bulletin_id"),
    )
