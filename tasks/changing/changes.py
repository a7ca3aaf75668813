"""Changes of an item by decision: its wording mended, who may know of it.

The notice's own words are never touched; what is mended carries its `Approval`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from tasks.changing.authority import Decision
from tasks.models import Task, Visibility, Wording
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import User
from units.permissions import can_run_the_year, require

ONE_DAY = timedelta(days=1)


def mend_wording(
    *,
    task: Task,
    text: str,
    short_title: str,
    reason: str,
    decision: Decision,
    actor: Actor,
    now: datetime,
) -> Wording:
    """修订表述, from today on; the words before stay in the trail."""
    require(can_run_the_year(actor))
    today = now.date()
    with decision.registered(actor, now) as approval:
        locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if (text, short_title) == (locked.words, locked.short_title):
            raise NotNow("表述没有改动。")
        before = locked.words, locked.short_title
        wording = _follow(locked, today)
        wording.text, wording.short_title, wording.reason = text, short_title, reason
        wording.approval = approval
        wording.save()
        locked.mended_text = text if text != locked.text else ""
        locked.short_title = short_title
        locked.save(update_fields=["mended_text", "short_title"])
        log.record(
            actor=actor,
            action="task.mend",
            subject=locked,
            summary=f"修订表述：{locked}",
            changes={"text": [before[0], text], "short_title": [before[1], short_title]},
            reason=f"{reason}（{wording.approval}）",
            now=now,
        )
    return wording


def _follow(task: Task, today: date) -> Wording:
    """The row to write: the one before ends yesterday; a second mending of a day replaces it."""
    standing: Wording | None = Wording.objects.open_ended().filter(task=task).first()
    if standing is None:
        return Wording(task=task, starts_on=today)
    if standing.starts_on == today:
        return standing
    standing.ends_on = today - ONE_DAY
    standing.save(update_fields=["ends_on"])
    return Wording(task=task, starts_on=today)


def set_visibility(
    *,
    task: Task,
    visibility: str,
    readers: Iterable[User],
    reason: str,
    actor: Actor,
    now: datetime,
) -> Task:
    """知悉范围, at once. `readers`: leaders and observers who may know of a restricted item."""
    require(can_run_the_year(actor))
    with transaction.atomic():
        locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        before = sorted(str(user) for user in locked.named_readers.all())
        named = list(readers) if visibility == Visibility.RESTRICTED else []
        after = sorted(str(user) for user in named)
        changes = {
            "visibility": [locked.visibility, visibility],
            "named_readers": [before, after],
        }
        if locked.visibility == visibility and before == after:
            raise NotNow("知悉范围没有改动。")
        locked.visibility = visibility
        locked.save(update_fields=["visibility"])
        locked.named_readers.set(named)
        log.record(
            actor=actor,
            action="task.visibility",
            subject=locked,
            summary=f"设置知悉范围：{locked}",
            changes=changes,
            reason=reason,
            now=now,
        )
    return locked
