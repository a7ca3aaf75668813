"""The rows of the queue as they are drawn: all that `_queue_row.html` knows of one, and what it is
remembered by (`units.face.remembered`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from progress.models import ProgressReport
from progress.models.reports import Signature
from progress.reviewing.shelf import Shelf
from tasks.plan_names import Chip
from units.face.addresses import addresses


class Face(NamedTuple):
    """One row. `kind` and `number` are the item's; `duty` is empty for the item's report."""

    pk: int
    name: str
    url: str
    is_open: bool
    may_be_batched: bool
    kind: str
    number: int
    short_title: str
    unit: str
    signed_at: datetime | None
    period: str
    is_finalized: bool
    is_correction: bool
    version: int
    duty: str
    is_held: bool
    is_unsigned: bool
    explained: int
    age: int
    is_old: bool
    is_due: bool
    chip: Chip | None


def faces_of(shelf: Shelf, open_report: ProgressReport) -> Iterator[Face]:
    """The rows in the order of the shelf, one of them open."""
    pages: dict[str, Callable[[object], str]] = {}
    for row in shelf.queue.rows:
        report, version, task = row.report, row.version, row.report.task
        slug = report.period.plan.slug
        if slug not in pages:
            pages[slug] = addresses("progress:review_report", slug)
        yield Face(
            pk=report.pk,
            name=str(report),
            url=f"{pages[slug](report.pk)}{shelf.suffix}",
            is_open=report.pk == open_report.pk,
            may_be_batched=report.pk in shelf.may_be_batched,
            kind=task.kind,
            number=task.number,
            short_title=task.short_title,
            unit=report.unit_name,
            signed_at=version.signed_at,
            period=report.period.label,
            is_finalized=report.period.is_finalized,
            is_correction=version.is_correction,
            version=version.number,
            duty="" if report.is_main else report.get_duty_display(),
            is_held=row.held is not None,
            is_unsigned=version.signature == Signature.UNSIGNED,
            explained=row.explained,
            age=row.age,
            is_old=row.is_old,
            is_due=row.is_due,
            chip=row.chip,
        )
