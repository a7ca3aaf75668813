"""批量通过: only what was opened and has no findings, one by one through the same transition."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from progress.checking.look import look_at
from progress.lifecycle import by_office
from progress.reviewing.queue import Queue, QueueRow
from progress.reviewing.shelf import is_plain
from units.actors import Actor
from units.errors import NotNow, Refused

GONE = "已由他人审核或撤回"
NOT_OPENED = "还没有打开查看，或查看后又有新稿"
HAS_FINDINGS = "有提示，须逐项审核"
IS_HELD = "{name}已选择通过，正在办理"


def accept_opened(
    queue: Queue, wanted: Sequence[int], opened: Collection[int], actor: Actor, now: datetime
) -> tuple[int, list[str]]:
    """How many were accepted, and a sentence for each that was not."""
    accepted, refused = 0, []
    for pk in dict.fromkeys(wanted):
        row = queue.find(pk)
        why = GONE if row is None else _why_not(row, opened)
        if row is not None and not why:
            why = _accept(row, actor, now)
        if why:
            refused.append(f"{row.report if row else '所选进展'}：{why.rstrip('。')}。")
        else:
            accepted += 1
    return accepted, refused


def _why_not(row: QueueRow, opened: Collection[int]) -> str:
    if row.held is not None:
        return IS_HELD.format(name=row.held.held_by_name)
    if row.version.pk not in opened:
        return NOT_OPENED
    if not is_plain(row) or look_at(row.report, row.version).findings:
        return HAS_FINDINGS
    return ""


def _accept(row: QueueRow, actor: Actor, now: datetime) -> str:
    """Why it could not be; empty when it was."""
    try:
        by_office.accept(report=row.report, actor=actor, now=now, seen=str(row.version.pk))
    except (NotNow, Refused) as reason:
        return str(reason)
    return ""
