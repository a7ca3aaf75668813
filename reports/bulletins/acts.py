"""What the office does with a paper: save, send to be checked, sign, issue, drop.

Issuing freezes: number, date, file and its sha256 are stored once, and the file is what everybody
downloads for ever after.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from huangshi_tasks.lib.text import deadline
from reports.bulletins.checklist import (
    list_before_signing,
    why_not_answered,
    why_not_issue,
)
from reports.bulletins.lines import lines_of
from reports.bulletins.notices import tell_issued, tell_named
from reports.bulletins.paper.document import paper_of
from reports.bulletins.paper.uses import note_uses
from reports.bulletins.workflow import BULLETINS, can_edit_bulletins
from reports.models import Bulletin, BulletinLine, LineKind
from reports.word.writing import write
from tasks.numbering import next_number
from units import log
from units.actors import Actor
from units.calendar.workdays import add_workdays
from units.errors import NotNow
from units.files.keeping import gone_on_failure, random_name
from units.models import Approval
from units.permissions import require

DAYS_TO_CHECK = 1  # working days after the one on which it is sent
SECTIONS = ("title", "addressee", "basis", "remarks", "problems", "requirements", "copies")


@transaction.atomic
def save_sections(
    *,
    bulletin: Bulletin,
    values: Mapping[str, str],
    words: Mapping[int, str],
    actor: Actor,
    now: datetime,
    taken_out: Collection[int] = (),
) -> Bulletin:
    """The texts, and the reasons by line; only what changed is written, one log entry. `taken_out`:
    lines listed by hand that stand there no more.
    """
    require(can_edit_bulletins(actor))
    locked = Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin.pk)
    if not locked.is_editable:
        raise NotNow(f"{locked}当前为“{locked.get_state_display()}”，不能再修改。")
    changed = [
        name for name in SECTIONS if name in values and getattr(locked, name) != values[name]
    ]
    lines = [
        line for line in locked.lines.filter(pk__in=list(words)) if line.words != words[line.pk]
    ]
    out = list(locked.lines.filter(pk__in=taken_out, kind=LineKind.LISTED, is_dropped=False))
    if not changed and not lines and not out:
        return locked
    changes: dict[str, list[object]] = {
        name: [getattr(locked, name), values[name]] for name in changed
    }
    for name in changed:
        setattr(locked, name, values[name])
    if changed:
        locked.save(update_fields=changed)
    for line in lines:
        changes[f"line {line.pk}"] = [line.words, words[line.pk]]
        line.words = words[line.pk]
        line.save(update_fields=["words"])
    for line in out:
        changes[f"line {line.pk}"] = [line.facts, "不再列入"]
        line.is_dropped = True
        line.save(update_fields=["is_dropped"])
    log.record(
        actor=actor,
        action="bulletin.save",
        subject=locked,
        summary=f"修改{locked}",
        changes=changes,
        now=now,
    )
    return locked


@transaction.atomic
def ask(*, bulletin: Bulletin, actor: Actor, now: datetime) -> Bulletin:
    """送单位核对: every unit named sees its line and has a working day to answer."""
    BULLETINS.permit("ask", bulletin, actor)
    lines = lines_of(bulletin)
    if not lines:
        raise NotNow("没有点名单位，不需要核对，可以直接登记签发。")

    def stamp(locked: Bulletin) -> Iterable[str]:
        locked.check_until = add_workdays(now.date(), DAYS_TO_CHECK)
        return ["check_until"]

    sent = BULLETINS.perform("ask", bulletin, actor=actor, now=now, stamp=stamp)
    tell_named(sent, lines, now)
    return sent


def take_back(*, bulletin: Bulletin, actor: Actor, now: datetime) -> Bulletin:
    """收回修改, before it is signed; answers stay beside their lines."""

    def stamp(locked: Bulletin) -> Iterable[str]:
        locked.check_until = None
        return ["check_until"]

    return BULLETINS.perform("take_back", bulletin, actor=actor, now=now, stamp=stamp)


def why_not_sign(bulletin: Bulletin, lines: Iterable[BulletinLine], today: date) -> str:
    """Why it cannot be signed yet: who is named has not had the day to check."""
    waiting = [line for line in lines if line.answered_at is None]
    if not waiting:
        return ""
    if bulletin.check_until is None:
        return "请先送点名单位核对，再登记签发。"
    if today <= bulletin.check_until:
        until = deadline(bulletin.check_until)
        return f"还有{len(waiting)}条未答复，核对到{until}为止，之后或全部答复后可以登记签发。"
    return ""


def sign(*, bulletin: Bulletin, approval: Approval, actor: Actor, now: datetime) -> Bulletin:
    """登记签发, with the decision that was taken elsewhere."""

    def stamp(locked: Bulletin) -> Iterable[str]:
        if reason := why_not_sign(locked, lines_of(locked), now.date()):
            raise NotNow(reason)
        if reason := why_not_answered(list_before_signing(locked, actor, now.date()), locked):
            raise NotNow(reason)
        approval.save()
        locked.approval = approval
        return ["approval"]

    return BULLETINS.perform(
        "sign", bulletin, actor=actor, now=now, stamp=stamp, reason=str(approval)
    )


def withdraw(*, bulletin: Bulletin, reason: str, actor: Actor, now: datetime) -> Bulletin:
    """撤回签发, before it is issued: back to the draft, to be signed anew."""

    def stamp(locked: Bulletin) -> Iterable[str]:
        locked.approval = None
        return ["approval"]

    return BULLETINS.perform("withdraw", bulletin, actor=actor, now=now, stamp=stamp, reason=reason)


def drop(*, bulletin: Bulletin, reason: str, actor: Actor, now: datetime) -> Bulletin:
    """作废 a draft; the row stays, and the correction of a paper may be begun again."""

    def stamp(locked: Bulletin) -> Iterable[str]:
        locked.corrects = locked.number = None
        return ["corrects", "number"]

    return BULLETINS.perform("drop", bulletin, actor=actor, now=now, stamp=stamp, reason=reason)


def issue(*, bulletin: Bulletin, actor: Actor, now: datetime) -> Bulletin:
    """印发: number, date and file, for ever. A correction keeps the number of what it corrects."""
    stored: list[Bulletin] = []

    def stamp(locked: Bulletin) -> Iterable[str]:
        if reason := why_not_issue(locked, now.date()):
            raise NotNow(reason)
        if locked.number is None:
            issued = Bulletin.objects.filter(plan=locked.plan, kind=locked.kind)
            locked.number = next_number(locked.plan, issued)
        locked.issued_on, locked.frozen_at, locked.frozen_by_name = now.date(), now, actor.name
        content = write(paper_of(locked, lines_of(locked)))
        locked.sha256 = hashlib.sha256(content).hexdigest()
        locked.file_name = file_name(locked)
        locked.file.save(random_name("docx"), ContentFile(content), save=False)
        stored.append(locked)
        details["sha256"], details["number"] = locked.sha256, locked.number
        names = ["number", "issued_on", "frozen_at", "frozen_by_name", "sha256", "file_name"]
        return [*names, "file"]

    details: dict[str, object] = {}
    with gone_on_failure(stored), transaction.atomic():
        done = BULLETINS.perform(
            "issue", bulletin, actor=actor, now=now, stamp=stamp, details=details
        )
        lines = lines_of(done)
        note_uses(done, lines, now.date())
        tell_issued(done, lines, now)
    return done


def file_name(bulletin: Bulletin) -> str:
    """``督查通报_2022年第3期.docx``."""
    name = re.sub(
        r'[\\/:*?"<>|\x00-\x1f\s]+', "", f"{bulletin.get_kind_display()}_{bulletin.issue}"
    )
    return f"{name[:80]}.docx"
