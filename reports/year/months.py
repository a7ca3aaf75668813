"""A year on one page: items as rows, 定稿 as columns, each with its light; of all, of one area,
unit, portfolio or kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huangshi_tasks.lib.text import full_width
from progress.periods.calendar import month_of
from reports.ledger.groups import grouped
from reports.ledger.rows import LedgerRow
from reports.stats.trend import Month, history_of, trend


class YearRow(NamedTuple):
    """An item: its light at each 定稿, empty where it was not judged, and how it stands."""

    url: str
    kind: str
    number: int
    short_title: str
    unit: str
    lights: tuple[str, ...]
    percent: str
    in_words: str


@dataclass(frozen=True)
class Year:
    """Headings with their rows; `months` count all rows at each 定稿."""

    months: Sequence[Month]
    groups: Sequence[tuple[str, Sequence[YearRow]]]

    @property
    def labels(self) -> list[str]:
        return [month_of(each.day) for each in self.months]


def year_of(rows: Sequence[LedgerRow]) -> Year:
    """The year of these rows, under the headings of the notice."""
    months = trend(rows, history_of(rows))
    days = [month.day for month in months]
    groups = [
        (group.theme or group.area, [_row(row, days) for row in group.rows])
        for group in grouped(rows)
    ]
    return Year(months, groups)


def _row(row: LedgerRow, days: Sequence[date]) -> YearRow:
    judged, frozen = dict(row.history), row.frozen
    percent = frozen.percent if frozen is not None else None
    return YearRow(
        row.task.get_absolute_url(),
        row.task.kind,
        row.task.number,
        full_width(row.task.short_title),
        full_width(row.primary.name) if row.primary is not None else "",
        tuple(judged.get(day, "") for day in days),
        "" if percent is None else str(percent),
        row.in_words,
    )
