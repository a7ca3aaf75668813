"""Rows by 方面."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huangshi_tasks.lib.numerals import chinese
from huangshi_tasks.lib.text import full_width
from progress.board.shown import AreaName
from reports.ledger.rows import LedgerRow
from reports.stats.lights import Part, Tally, tally


@dataclass(frozen=True)
class AreaLine:
    """One 方面 with the lights of its key tasks; `cells` in the order of `AreaTable.columns`."""

    area: AreaName
    tally: Tally
    cells: tuple[Part, ...]

    @property
    def numeral(self) -> str:
        return f"{chinese(self.area.ordinal)}、"

    @property
    def called(self) -> str:
        """一 同城化: where there is no room."""
        return f"{chinese(self.area.ordinal)} {self.area.called}"

    @property
    def title(self) -> str:
        return full_width(self.area.title)


@dataclass(frozen=True)
class AreaTable:
    """The areas one below the other; a column stands for the same light in each."""

    columns: tuple[Part, ...]
    lines: tuple[AreaLine, ...]


def by_area(rows: Sequence[LedgerRow]) -> AreaTable:
    """Key tasks by 方面, in the order of the notice."""
    areas: dict[int, tuple[AreaName, list[LedgerRow]]] = {}
    for row in rows:
        area = row.task.area
        if area is not None:
            areas.setdefault(area.pk, (area, []))[1].append(row)
    columns = tally([row for row in rows if row.task.area is not None]).columns
    lights = {part.light for part in columns}
    lines = []
    for area, those in sorted(areas.values(), key=lambda pair: pair[0].ordinal):
        own = tally(those)
        lines.append(AreaLine(area, own, tuple(part for part in own.every if part.light in lights)))
    return AreaTable(tuple(columns), tuple(lines))
