"""Which words of which report a paper prints: written down when it is issued (`BulletinUse`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reports.before_signing.answered import answered
from reports.before_signing.shapes import Figures, Item, ProjectFigures
from reports.bulletins.paper.document import reason_of
from reports.bulletins.paper.publication import plan_of, progress_of
from reports.models import Bulletin, BulletinKind, BulletinLine, BulletinUse, LineKind, UsePart
from reports.numbers.dated import marked

Used = tuple[int | None, Item | ProjectFigures, str, str]  # item, whose, part, words


def note_uses(bulletin: Bulletin, lines: Sequence[BulletinLine], day: date) -> None:
    """Of what is issued on `day`; what was drafted before papers knew their sources notes none."""
    figures = answered(bulletin.figures, bulletin.answers, day)
    BulletinUse.objects.bulk_create(
        BulletinUse(
            bulletin=bulletin,
            task_id=task,
            report_id=source["report"],
            number=source["number"],
            part=part,
            words=words,
        )
        for task, row, part, words in _used(bulletin, figures, lines)
        if words and task is not None and (source := row.get("source")) is not None
    )


def _used(bulletin: Bulletin, figures: Figures, lines: Sequence[BulletinLine]) -> Iterator[Used]:
    if bulletin.kind == BulletinKind.PUBLICATION:
        for project in figures["projects"]:
            digest = progress_of(project) if project.get("digest") else ""
            yield project.get("task"), project, UsePart.DIGEST, digest
            yield project.get("task"), project, UsePart.NEXT, plan_of(project)
        return
    own = {line.task_id: line.words for line in lines if line.kind == LineKind.BEHIND}
    for item in figures["behind"]:
        task = item["task"]
        yield task, item, UsePart.REASON, reason_of(item, own.get(task, item["reason"]))
        if bulletin.kind == BulletinKind.BULLETIN:
            step = marked(item["next_step"], item.get("old_words", ""))
            yield task, item, UsePart.NEXT, step
