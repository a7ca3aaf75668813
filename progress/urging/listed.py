"""未报清单 as a list: its rows by unit, what they can be filtered and sorted by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from progress.periods.access import plans_with
from progress.urging.unreported import Line, UnitLines, UnreportedList, unreported_list
from tasks.models import Plan
from units.face.marks import STATES, label_of
from units.http import Request
from units.lists.narrowing import Facet, Narrowed
from units.lists.tool import Column


class Row(NamedTuple):
    """One filing that is not in, with the part of the list it stands in."""

    of: UnitLines
    line: Line


@dataclass(frozen=True)
class Shown:
    """A unit on one page: all its counts, and the lines that stand on this page."""

    of: UnitLines
    count: int
    overdue: int
    lines: Sequence[Line]


COLUMNS = (
    Column("pick", "选择", stays=True, css="l-ck"),
    Column(
        "item", "事项", lambda row: (row.line.report.task.kind, row.line.report.task.number), True
    ),
    Column("period", "填报期", lambda row: row.line.report.period.data_as_of),
    Column("due", "截止", lambda row: row.line.report.due_on),
    Column("state", "状态", lambda row: list(STATES).index(row.line.state)),
    Column("urged", "已催办", lambda row: row.line.urged, css="n"),
)
FACETS = (
    Facet("unit", "单位", lambda row: str(row.of.unit.pk), lambda row: row.of.unit.name),
    Facet(
        "period",
        "填报期",
        lambda row: str(row.line.report.period.pk),
        lambda row: f"{row.line.chip.label if row.line.chip else ''}{row.line.report.period.label}",
    ),
    Facet(
        "state",
        "状态",
        lambda row: row.line.state,
        lambda row: label_of(row.line.state),
        list(STATES),
    ),
    Facet(
        "urged",
        "催办",
        lambda row: "yes" if row.line.urged else "no",
        lambda row: "已催办" if row.line.urged else "未催办",
    ),
)


def unreported_asked(request: Request, plan: Plan) -> tuple[UnreportedList, Narrowed[Row]]:
    """All that is not in, and what the address leaves of it: page and Excel."""
    every = unreported_list(plans_with(request, plan), request.today)
    rows = [Row(each, line) for each in every.units for line in each.lines]
    return every, Narrowed(request.GET, rows, FACETS, _said)


def _said(row: Row) -> str:
    task = row.line.report.task
    return f"{task.code} {task.short_title} {row.of.unit.name}"


def together(rows: Iterable[Row]) -> list[Row]:
    """The rows of a unit one after the other, units as their first row comes."""
    units: dict[int, list[Row]] = {}
    for row in rows:
        units.setdefault(row.of.unit.pk, []).append(row)
    return [row for those in units.values() for row in those]


def shown_by_unit(rows: Sequence[Row], page: Iterable[Row]) -> list[Shown]:
    """The units of a page, with the counts of all `rows`."""
    found: dict[int, list[Row]] = {}
    for row in page:
        found.setdefault(row.of.unit.pk, []).append(row)
    every: dict[int, list[Line]] = {}
    for row in rows:
        every.setdefault(row.of.unit.pk, []).append(row.line)
    return [
        Shown(
            replace(those[0].of, lines=every[pk]),
            len(every[pk]),
            sum(line.is_overdue for line in every[pk]),
            [row.line for row in those],
        )
        for pk, those in found.items()
    ]
