"""What one row of 任务台账 shows, as plain values: the only thing its template knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huangshi_tasks.lib.text import full_width
from reports.ledger.groups import LedgerGroup
from reports.ledger.rows import LedgerRow


@dataclass(frozen=True)
class RowFace:
    """`pick`: the id by which the row can be chosen, None where it cannot; `as_of`: an older date
    of data than that of the page; `filing`: the state of its filing, "" where nothing is owed now,
    None where the page has no such column; `cycle`: how it reports when no period of it is open.
    """

    is_project: bool
    kind: str
    number: int
    code: str
    url: str
    words: str
    note: str
    unit: str
    other_leads: tuple[str, ...]
    supports: str
    posts: tuple[str, ...]
    light: str
    marks: tuple[str, ...]
    as_of: date | None
    has_percent: bool
    percent: Decimal | None
    expected: Decimal | None
    is_planned_by_time: bool
    lowest: str
    is_finalized: bool
    in_words: str
    filing: str | None
    cycle: str
    due_on: date
    pick: int | None


def faces_of(
    groups: Sequence[LedgerGroup], newest: date | None, *, has_filings: bool, may_pick: bool
) -> list[tuple[LedgerGroup, list[RowFace]]]:
    """Each group with its rows as they are shown."""
    return [
        (group, [_face(row, newest, has_filings, may_pick) for row in group.rows])
        for group in groups
    ]


def _face(row: LedgerRow, newest: date | None, has_filings: bool, may_pick: bool) -> RowFace:
    task, frozen, filing = row.task, row.frozen, row.filing
    state = filing.state if filing is not None else ""
    primary, as_of = row.primary, row.data_as_of
    return RowFace(
        is_project=task.is_project,
        kind=task.kind,
        number=task.number,
        code=task.code,
        url=task.get_absolute_url(),
        words=full_width(task.words),
        note="新增" if task.is_added else "表述已修订" if task.mended_text else "",
        unit=full_width(primary.name) if primary is not None else "",
        other_leads=tuple(map(full_width, row.other_leads)),
        supports=full_width("、".join(row.supports)),
        posts=tuple(post.title for post in row.posts),
        light=row.light,
        marks=tuple(row.marks),
        as_of=as_of if as_of != newest else None,
        has_percent=frozen is not None and frozen.percent is not None,
        percent=frozen.percent if frozen is not None else None,
        expected=frozen.expected if frozen is not None else None,
        is_planned_by_time=row.is_planned_by_time,
        lowest=full_width(frozen.lowest_in_words) if frozen is not None else "",
        is_finalized=frozen is not None,
        in_words=row.in_words,
        filing=state if has_filings else None,
        cycle="" if filing is not None else task.get_cycle_display(),
        due_on=row.due_on,
        pick=task.pk if may_pick and state else None,
    )
