"""Ledger rows in the groups of the notice: 方面 and 小标题, then the ten projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from huangshi_tasks.lib.numerals import chinese
from huangshi_tasks.lib.text import full_width
from progress.states import Light
from reports.ledger.rows import LedgerRow
from tasks.models import TaskKind


@dataclass(frozen=True)
class LedgerGroup:
    """A run of rows under one heading; `theme` is empty where there is none."""

    area: str
    theme: str
    rows: list[LedgerRow]

    @property
    def lights(self) -> list[tuple[str, int]]:
        """How many rows stand in which light, in the order of the lights, without zeros."""
        counted = Counter(row.light for row in self.rows)
        return [(light, counted[light]) for light in Light if counted[light]]


def area_heading(row: LedgerRow) -> str:
    """``四、突出新区赋能…``; of a practical project ``十件实事``."""
    area = row.task.area
    if area is None:
        return str(TaskKind(row.task.kind).label)
    return f"{chinese(area.ordinal)}、{full_width(area.title)}"


def theme_heading(row: LedgerRow) -> str:
    return full_width(row.task.theme.title) if row.task.theme is not None else ""


def grouped(rows: Sequence[LedgerRow], sorted_by: str = "") -> list[LedgerGroup]:
    """Consecutive rows under the same headings; where they are sorted, all under one."""
    if sorted_by:
        return [LedgerGroup(f"按{sorted_by}排列", "", list(rows))] if rows else []
    runs: Iterable[tuple[tuple[str, str], Iterable[LedgerRow]]] = groupby(
        rows, key=lambda row: (area_heading(row), theme_heading(row))
    )
    return [LedgerGroup(area, theme, list(run)) for (area, theme), run in runs]
