"""Asking for an export, taking it back, and clearing what is over its time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from reports.exports.sealed.keeping import forget_part
from reports.exports.tables import EXPORTS
from reports.models import Export, ExportState
from tasks.models import Plan
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.job_runs import one_by_one

OPEN = (ExportState.WAITING, ExportState.RUNNING)
MOST_OPEN = 3  # of one person at a time


def ask(*, plan: Plan, book: str, title: str, query: str, actor: Actor, now: datetime) -> Export:
    """Queue an export. The same asked again while it is open is the one that is open."""
    with transaction.atomic():
        mine = Export.objects.select_for_update().filter(
            requested_by=actor.user, appointment=actor.appointment, state__in=OPEN
        )
        for held in mine:
            if (held.plan_id, held.book, held.query) == (plan.pk, book, query):
                return held
        if len(mine) >= MOST_OPEN:
            raise NotNow(f"您已有{MOST_OPEN}个导出任务在生成，请等候完成或取消后再试。")
        export = Export.objects.create(
            plan=plan,
            book=book,
            title=title,
            query=query,
            requested_by=actor.user,
            appointment=actor.appointment,
            requested_at=now,
        )
        log.record(
            actor=actor,
            action="export.ask",
            subject=export,
            summary=f"申请导出{title}",
            changes={"book": book, "query": query},
            now=now,
        )
    return export


def cancel(*, export: Export, actor: Actor, now: datetime) -> Export:
    """Take it back; a run that is under way stops at its next rows."""

    def stamp(locked: Export) -> Iterable[str]:
        locked.ended_at = now
        return ("ended_at",)

    return EXPORTS.perform("cancel", export, actor=actor, now=now, stamp=stamp)


def clear_expired(*, now: datetime) -> int:
    """Take away the files that were kept long enough; returns how many."""
    over = Export.objects.filter(state=ExportState.READY, expires_at__lt=now)
    related = over.select_related("requested_by", "appointment")
    return len(one_by_one(related, lambda export: _expire(export, now)))


def _expire(export: Export, now: datetime) -> None:
    """The row stays, with its hash: it says what left the house."""
    storage, stored = export.file.storage, [str(export.file.name)]

    def stamp(locked: Export) -> Iterable[str]:
        locked.file = ""
        stored.extend(forget_part(locked))
        return ("file",)

    actor = Actor(export.requested_by, export.appointment)
    EXPORTS.perform("expire", export, actor=actor, now=now, stamp=stamp)
    for name in stored:
        storage.delete(name)
