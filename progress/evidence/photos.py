"""Photos on the page of a 十件实事: the office chooses them among images that readers may see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from progress.models import Evidence, EvidenceKind
from progress.models.evidence import EvidenceQuerySet
from tasks.models import Task
from units import log
from units.actors import Actor
from units.files.scanning import CLOSED


def choosable(task: Task) -> EvidenceQuerySet:
    """Images with a preview (drawn again, without EXIF) of what was accepted, the newest first.

    A stamped sheet is a signature and no photo of anything.
    """
    return _choosable(task.pk)


def _choosable(task: int) -> EvidenceQuerySet:
    images = Evidence.objects.accepted().filter(task=task, withdrawn_at__isnull=True)
    images = images.exclude(preview="").exclude(kind=EvidenceKind.SIGNED_SHEET)
    newest = images.exclude(scan__in=CLOSED).order_by("-uploaded_at", "-pk")
    return newest.select_related("sub_item", "unit")


def chosen_of(task: int) -> EvidenceQuerySet:
    """Those of a task (id) that the office chose and that may still be seen."""
    return _choosable(task).filter(shown_at__isnull=False)


@transaction.atomic
def choose(*, task: Task, wanted: Collection[int], actor: Actor, now: datetime) -> int:
    """Show exactly those of `choosable` whose ids are `wanted`; how many are shown. Logged when
    anything changes.
    """
    Task.objects.select_for_update().get(pk=task.pk)
    images = list(choosable(task))
    added = [each for each in images if each.pk in wanted and each.shown_at is None]
    taken = [each for each in images if each.pk not in wanted and each.shown_at is not None]
    for each in (*added, *taken):
        each.shown_at = now if each.pk in wanted else None
        each.save(update_fields=["shown_at"])
    if added or taken:
        log.record(
            actor=actor,
            action="photos.choose",
            subject=task,
            summary=f"选用照片：{task}，共{sum(each.pk in wanted for each in images)}张",
            changes={
                "added": [f"{each.pk} {each.name}" for each in added],
                "taken": [f"{each.pk} {each.name}" for each in taken],
            },
            now=now,
        )
    return sum(each.pk in wanted for each in images)
