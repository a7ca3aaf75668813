"""What is done with originals: taken in, replaced, read in another way, kept in mind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huangshi_tasks.lib.fold import fold
from tasks.desk.acts import add_source, begin, correct, note_head
from tasks.desk.changes import Change
from tasks.desk.content import content_of
from tasks.desk.originals.columns import Shape, heads_of, key_of, remembered
from tasks.desk.originals.receiving import Received
from tasks.models import KnownTable, NoticeDraft
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

SAME = "与现在的原件内容相同，没有更换。"
REMEMBERED = "按记住的表格对应各列"


@transaction.atomic
def take_in(*, received: Received, actor: Actor, now: datetime) -> NoticeDraft:
    """A new draft; its tables are mapped where one with the same heads is remembered."""
    draft = begin(source=received.source, checked=received.checked, actor=actor, now=now)
    _read(draft, actor, now)
    return draft


@transaction.atomic
def replace(*, draft: NoticeDraft, received: Received, actor: Actor, now: datetime) -> None:
    """换一个文件. Raises `NotNow` where it is the same."""
    if draft.sources.latest("id").sha256 == received.sha256:
        raise NotNow(SAME)
    checked = received.checked
    add_source(draft=draft, source=received.source, checked=checked, actor=actor, now=now)
    _read(draft, actor, now)


@transaction.atomic
def say(
    *, draft: NoticeDraft, changes: Sequence[Change], words: str, actor: Actor, now: datetime
) -> None:
    """How the notice is to be read; nothing said writes nothing."""
    if changes:
        correct(draft=draft, changes=changes, words=words, actor=actor, now=now)
        note_head(content_of(draft))


def _read(draft: NoticeDraft, actor: Actor, now: datetime) -> None:
    content = content_of(draft)
    if found := remembered(content):
        correct(draft=draft, changes=found, words=REMEMBERED, actor=actor, now=now)
        content = content_of(draft)
    note_head(content)


@transaction.atomic
def remember(
    *,
    shape: Shape,
    fields: Mapping[int, str],
    options: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> KnownTable:
    """记住这种表格: by its heads, for the next file; said again, the later one counts."""
    require(can_run_the_year(actor))
    heads = heads_of(shape.tables[0])
    known, _ = KnownTable.objects.update_or_create(
        key=key_of(heads),
        defaults={
            "heads": [fold(each) for each in heads],
            "fields": [fields[at] for at in range(len(heads))],
            "options": dict(options),
            "kept_by_name": actor.name,
            "kept_at": now,
        },
    )
    log.record(
        actor=actor,
        action="knowntable.keep",
        subject=known,
        summary=f"记住表格对应：{known}",
        changes={"heads": known.heads, "fields": known.fields, "options": known.options},
        now=now,
    )
    return known
