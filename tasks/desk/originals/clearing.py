"""What the night takes away: originals and corrections of drafts that were given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from tasks.models import DraftState, NoticeDraft
from units import log
from units.job_runs import one_by_one

KEPT = timedelta(days=30)


def clear_discarded(*, now: datetime) -> int:
    """Files and texts of drafts discarded thirty days ago, with what was said of them; the rows of
    the originals stay. Returns how many drafts.
    """
    over = NoticeDraft.objects.filter(state=DraftState.DISCARDED, ended_at__lte=now - KEPT)
    full = over.exclude(sources__content=b"")
    return len(one_by_one(full, lambda draft: _clear(draft, now)))


@transaction.atomic
def _clear(draft: NoticeDraft, now: datetime) -> None:
    sources = list(draft.sources.all())
    files = [each.file for each in sources if each.file]
    draft.acts.all().delete()
    for each in sources:
        each.content, each.file = b"", ""
        each.save(update_fields=["content", "file"])
    log.record(
        action="noticesource.clear",
        subject=draft,
        summary=f"清除废弃草稿的原件：{draft}",
        changes={"sources": [each.name for each in sources]},
        now=now,
    )
    for file in files:
        transaction.on_commit(partial(file.delete, save=False))
