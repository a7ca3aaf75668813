"""What is done to a draft: begun with an original, corrected act by act, taken back, given up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from tasks.desk.changes import FIELD, Change
from tasks.desk.content import MOST_UNDONE, Carried, Content, stored
from tasks.desk.permissions import can_correct
from tasks.desk.workflow import DRAFTS
from tasks.models import DraftAct, NoticeDraft, NoticeSource, Plan, PlanState, SourceKind
from tasks.reader.sources.lines import Source
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.files.keeping import keep
from units.files.uploads import Checked
from units.permissions import can_run_the_year, require

PASTED = "粘贴的文字"
TYPING = timedelta(minutes=10)  # a pause longer than this ends what is taken back as one step


@transaction.atomic
def begin(*, source: Source, checked: Checked | None, actor: Actor, now: datetime) -> NoticeDraft:
    """A new draft with its first original: the file `checked`, or pasted text."""
    draft = begin_with(actor=actor, now=now)
    add_source(draft=draft, source=source, checked=checked, actor=actor, now=now)
    return draft


def begin_with(*, actor: Actor, now: datetime) -> NoticeDraft:
    """A draft without an original, for whoever gives it one in the same transaction."""
    require(can_run_the_year(actor))
    return NoticeDraft.objects.create(
        started_by=actor.user, started_by_name=actor.name, started_at=now
    )


@transaction.atomic
def add_source(
    *, draft: NoticeDraft, source: Source, checked: Checked | None, actor: Actor, now: datetime
) -> NoticeSource:
    """换一个文件: the newest original is read; the older ones, and what was said of them, stay."""
    locked = _locked(draft, actor)
    content = stored(source)
    before = locked.sources.order_by("id").last()
    carried = Carried.of(before).beside_a_notice().to_json() if before is not None else None
    if checked is not None:
        return keep(
            NoticeSource, checked, of=locked, actor=actor, now=now,
            draft=locked, kind=SourceKind.FILE, content=content, carried=carried,
        )  # fmt: skip
    row = NoticeSource.objects.create(
        draft=locked,
        kind=SourceKind.PASTED,
        name=PASTED,
        content=content,
        carried=carried,
        size=len(source.text.encode()),
        sha256=digest_of(source),
        uploaded_by=actor.user,
        uploaded_by_name=actor.name,
        uploaded_at=now,
    )
    log.record(
        actor=actor,
        action="noticesource.paste",
        subject=row,
        summary=f"粘贴通知文字：{locked}",
        changes={"sha256": row.sha256, "size": row.size},
        now=now,
    )
    return row


@transaction.atomic
def correct(
    *,
    draft: NoticeDraft,
    changes: Sequence[Change],
    words: str,
    actor: Actor,
    now: datetime,
) -> DraftAct:
    """Say one thing of a draft; `words` is what the desk and the proof print of it."""
    locked = _locked(draft, actor)
    source = locked.sources.latest("id")
    last = locked.acts.aggregate(last=Max("ordinal"))["last"] or 0
    return DraftAct.objects.create(
        draft=locked,
        source=source,
        ordinal=last + 1,
        changes=[each.to_json() for each in changes],
        words=words[:200],
        made_by=actor.user,
        made_by_name=actor.name,
        made_at=now,
    )


@transaction.atomic
def undo(
    *, draft: NoticeDraft, actor: Actor, now: datetime, seen: int | None = None
) -> list[DraftAct]:
    """撤销上一步: the last act that stands, newest first with those that only typed on in the same
    fields. Raises `NotNow` where there is none, or another than the one `seen` (its ordinal).
    """
    locked = _locked(draft, actor)
    standing = list(locked.acts.filter(undone_at=None).order_by("ordinal"))
    undone = last_step(locked, standing)
    if not undone:
        raise NotNow("没有可以撤销的更正。")
    last = undone[0]
    if seen not in (None, last.ordinal):
        raise NotNow(f"上一步现在是{last.made_by_name}的“{last.words}”，请核对后再撤销。")
    for act in undone:
        act.undone_at, act.undone_by_name = now, actor.name
        act.save(update_fields=["undone_at", "undone_by_name"])
    return undone


def last_step(draft: NoticeDraft, standing: Sequence[DraftAct]) -> list[DraftAct]:
    """What 撤销上一步 would take back: of the last twenty steps one that stands, or none.
    `standing`: all acts that stand, oldest first.
    """
    newest = draft.acts.aggregate(last=Max("ordinal"))["last"] or 0
    step: list[DraftAct] = []
    for act in reversed(standing):
        if step and not _goes_on(act, step[-1]):
            break
        if not step and act.ordinal <= newest - MOST_UNDONE:
            break
        step.append(act)
    return step


def _goes_on(before: DraftAct, act: DraftAct) -> bool:
    """Whether somebody only typed on: the same fields once more, by the same person, at once."""
    fields = [{(row["about"], row["key"]) for row in each.changes} for each in (before, act)]
    is_typing = all(about == FIELD for about, _ in fields[0])
    is_at_once = act.made_at - before.made_at <= TYPING
    is_same = fields[0] == fields[1] and before.made_by_id == act.made_by_id
    return is_typing and is_same and is_at_once


def digest_of(source: Source) -> str:
    """By which pasted text is known again; a file has that of its bytes."""
    return hashlib.sha256(source.text.encode()).hexdigest()


@transaction.atomic
def supplement(
    *, draft: NoticeDraft, plan: Plan | None, actor: Actor, now: datetime
) -> NoticeDraft:
    """作为补充文件导入 of a running plan; None: a year of its own again."""
    locked = _locked(draft, actor)
    if plan is not None and plan.state != PlanState.ACTIVE:
        raise NotNow(f"{plan}{plan.get_state_display()}，补充文件只能并入执行中的年度。")
    before, locked.supplements = locked.supplements_id, plan
    if before != locked.supplements_id:
        locked.save(update_fields=["supplements"])
        log.record(
            actor=actor,
            action="noticedraft.supplement",
            subject=locked,
            summary=f"作为补充文件：{locked}" if plan else f"不再作为补充文件：{locked}",
            changes={"supplements": [before, locked.supplements_id]},
            now=now,
        )
    return locked


def note_head(content: Content) -> None:
    """Title and year as last read, for lists."""
    head, draft = content.reading.head, content.draft
    draft.title, draft.year = head.title[:200], head.year
    draft.save(update_fields=["title", "year"])


def discard(*, draft: NoticeDraft, actor: Actor, now: datetime) -> NoticeDraft:
    """废弃草稿: the corrections go with it; the originals are kept for thirty days."""

    def stamp(locked: NoticeDraft) -> Iterable[str]:
        locked.ended_at, locked.ended_by_name = now, actor.name
        return ("ended_at", "ended_by_name")

    return DRAFTS.perform("discard", draft, actor=actor, now=now, stamp=stamp)


def _locked(draft: NoticeDraft, actor: Actor) -> NoticeDraft:
    """One writer at a time: acts are numbered in their order."""
    locked = NoticeDraft.objects.select_for_update().get(pk=draft.pk)
    require(can_correct(actor, locked))
    return locked
