"""The lines of a bulletin follow its figures; the words that the office wrote stay, and so does
what it listed by hand (列入通报).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from reports.before_signing.shapes import Figures, Item
from reports.bulletins.workflow import can_edit_bulletins
from reports.models import Bulletin, BulletinKind, BulletinLine, BulletinState, LineKind
from tasks.models import Task, Visibility
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import require


@dataclass(frozen=True)
class _Wanted:
    kind: str
    unit: int
    task: int | None
    facts: str
    words: str

    @property
    def key(self) -> tuple[int | None, int | None]:
        """An item stands once; a unit once among those that filed late."""
        return (self.task, None if self.task is not None else self.unit)


def lines_of(bulletin: Bulletin) -> list[BulletinLine]:
    """The lines that stand in the paper, in its order."""
    lines = bulletin.lines.filter(is_dropped=False).select_related("unit", "task__plan")
    return list(lines.order_by("kind", "place", "pk"))


def sync_lines(bulletin: Bulletin, old: Figures | None, new: Figures) -> None:
    """Make, renew and drop lines. A reason that the office did not touch follows the figures."""
    if bulletin.kind != BulletinKind.BULLETIN:
        return
    reasons = {item["task"]: item["reason"] for item in old["behind"]} if old is not None else {}
    held = {
        (line.task_id, None if line.task_id is not None else line.unit_id): line
        for line in bulletin.lines.all()
    }
    listed = {
        line.task_id for line in held.values() if line.kind == LineKind.LISTED and line.stands
    }
    for place, wanted in enumerate(_wanted(new, listed)):
        line = held.pop(wanted.key, None) or BulletinLine(bulletin=bulletin, words=wanted.words)
        is_untouched = wanted.task is not None and line.words == reasons.get(wanted.task, "")
        if line.pk and (line.unit_id, line.facts) != (wanted.unit, wanted.facts[:400]):
            # the answer was to something else; the log keeps it
            line.answer, line.answered_by_name, line.answered_at = "", "", None
            line.read_at = None
        line.kind, line.unit_id, line.task_id = wanted.kind, wanted.unit, wanted.task
        line.place, line.facts, line.is_dropped = place, wanted.facts[:400], False
        if is_untouched:
            line.words = wanted.words
        line.save()
    for line in held.values():
        line.is_dropped = True
        line.save(update_fields=["is_dropped"])


def listable(figures: Figures) -> dict[int, Item]:
    """What may be listed by hand: items with figures that are not behind, so not named already."""
    return {item["task"]: item for item in figures["reached"] if item["unit"] is not None}


def why_not_listed(bulletin: Bulletin, task: Task, standing: Collection[int | None]) -> str:
    """Why `task` cannot be listed, empty when it can; `standing`: items that stand in a line."""
    if task.pk in standing:
        return "已在通报中"
    if task.plan_id != bulletin.plan_id:
        return "属于另一年度"
    if task.visibility != Visibility.NORMAL:
        return "限定知悉范围，通报不列出"
    if task.pk in {item["task"] for item in bulletin.figures.get("in_review", [])}:
        return "待审核，审核通过并更新数据后再列入"
    if task.pk not in listable(bulletin.figures):
        return "这一期没有可以通报的数据"
    return ""


@transaction.atomic
def list_items(
    *, bulletin: Bulletin, tasks: Collection[Task], actor: Actor, now: datetime
) -> list[BulletinLine]:
    """列入通报: a line of each of `tasks` that may stand; the others are passed over."""
    require(can_edit_bulletins(actor))
    locked = Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin.pk)
    if locked.state != BulletinState.DRAFT or locked.kind != BulletinKind.BULLETIN:
        raise NotNow(f"{locked}当前为“{locked.get_state_display()}”，只能列入通报草稿。")
    lines = {line.task_id: line for line in locked.lines.all()}
    standing = {task for task, line in lines.items() if line.stands}
    items = listable(locked.figures)
    made: list[BulletinLine] = []
    for task in tasks:
        if why_not_listed(locked, task, standing):
            continue
        item = items[task.pk]
        line = lines.get(task.pk) or BulletinLine(bulletin=locked, task=task)
        line.kind, line.unit_id, line.is_dropped = LineKind.LISTED, item["unit"] or 0, False
        line.facts, line.words, line.place = item["facts"][:400], "", len(lines) + len(made)
        line.answer, line.answered_by_name, line.answered_at = "", "", None
        line.save()
        made.append(line)
    if made:
        codes = [items[line.task_id]["code"] for line in made if line.task_id is not None]
        log.record(
            actor=actor,
            action="bulletin.list",
            subject=locked,
            summary=f"列入{locked}：{'、'.join(codes)}",
            changes={"listed": codes},
            now=now,
        )
    return made


def _wanted(figures: Figures, listed: Collection[int | None]) -> Iterator[_Wanted]:
    for item in figures["behind"]:
        if item["unit"] is not None:
            yield _Wanted(
                LineKind.BEHIND, item["unit"], item["task"], item["facts"], item["reason"]
            )
    for each in figures["unpunctual"]:
        yield _Wanted(LineKind.UNPUNCTUAL, each["unit"], None, each["facts"], "")
    for task, item in listable(figures).items():
        if task in listed and item["unit"] is not None:
            yield _Wanted(LineKind.LISTED, item["unit"], task, item["facts"], "")
