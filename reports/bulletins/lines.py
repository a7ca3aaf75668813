"""The lines of a bulletin follow its figures; the words that the office wrote stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.before_signing.shapes import Figures
from reports.models import Bulletin, BulletinKind, BulletinLine, LineKind


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
    for place, wanted in enumerate(_wanted(new)):
        line = held.pop(wanted.key, None) or BulletinLine(bulletin=bulletin, words=wanted.words)
        is_untouched = wanted.task is not None and line.words == reasons.get(wanted.task)
        if line.pk and (line.unit_id, line.facts) != (wanted.unit, wanted.facts[:400]):
            # the answer was to something else; the log keeps it
            line.answer, line.answered_by_name, line.answered_at = "", "", None
        line.kind, line.unit_id, line.task_id = wanted.kind, wanted.unit, wanted.task
        line.place, line.facts, line.is_dropped = place, wanted.facts[:400], False
        if is_untouched:
            line.words = wanted.words
        line.save()
    for line in held.values():
        line.is_dropped = True
        line.save(update_fields=["is_dropped"])


def _wanted(figures: Figures) -> Iterator[_Wanted]:
    for item in figures["behind"]:
        if item["unit"] is not None:
            yield _Wanted(
                LineKind.BEHIND, item["unit"], item["task"], item["facts"], item["reason"]
            )
    for each in figures["unpunctual"]:
        yield _Wanted(LineKind.UNPUNCTUAL, each["unit"], None, each["facts"], "")
