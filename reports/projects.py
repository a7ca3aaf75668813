"""十件实事: each project with its parts (分项), its counties, and a sentence per part.

The sentence is the city's own published grammar (ui/wording.md, "Two sentences to generate").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from huangshi_tasks.lib.text import number, percent
from progress.loading import load_tasks
from reports.lines import CountyTable, IndicatorLine, Tables, tables_of
from reports.rows import LedgerRow
from units.models import Unit


@dataclass(frozen=True)
class ProjectLine:
    """One 分项 with its parts by county, in the order of `ProjectPage.counties`."""

    line: IndicatorLine
    cells: list[IndicatorLine | None]

    @property
    def has_counties(self) -> bool:
        return any(cell is not None for cell in self.cells)


@dataclass(frozen=True)
class Project:
    """One project, ready for card and overview row."""

    row: LedgerRow
    lines: list[ProjectLine]

    @property
    def has_counties(self) -> bool:
        return any(each.has_counties for each in self.lines)

    @property
    def sources(self) -> list[str]:
        """Where the published figures among the parts were published, each once."""
        return list(dict.fromkeys(each.line.source for each in self.lines if each.line.source))

    @property
    def sentence(self) -> str:
        """1—6月份进展：…；…。"""
        as_of = self.row.data_as_of
        said = [words for line in self.lines if (words := _said(line.line))]
        if as_of is None or not said:
            return ""
        months = "1月份" if as_of.month == 1 else f"1—{as_of.month}月份"
        return f"{months}进展：{'；'.join(said)}。"

    @property
    def plan_sentence(self) -> str:
        """7月份计划：… from the office's text for print; empty in December."""
        as_of, frozen = self.row.data_as_of, self.row.frozen
        if as_of is None or frozen is None or not frozen.next_digest or as_of.month == 12:
            return ""
        return f"{as_of.month + 1}月份计划：{frozen.next_digest}"


@dataclass
class ProjectPage:
    """All projects and the counties that have a part in any of them."""

    projects: list[Project] = field(default_factory=list)
    counties: list[Unit] = field(default_factory=list)


def _said(line: IndicatorLine) -> str:
    """{n}个{名称}已开工{a}个、开工率{a/n}%，已完工{b}个、完工率{b/n}%."""
    unit, name = line.indicator.unit_of_measure, line.indicator.name
    if line.actual is None or line.target is None:
        return ""
    done = f"{number(line.actual)}{unit}"
    if line.percent is None:
        return f"{name}{done}"
    total = f"{number(line.target)}{unit}{name}"
    if line.started is None or line.start_percent is None:
        return f"{total}已完成{done}、完成率{percent(line.percent)}"
    started = f"已开工{number(line.started)}{unit}、开工率{percent(line.start_percent)}"
    return f"{total}{started}，已完工{done}、完工率{percent(line.percent)}"


def projects_of(rows: Sequence[LedgerRow], today: date) -> ProjectPage:
    """The projects among `rows`; figures as of each one's latest 定稿."""
    own = [row for row in rows if row.task.is_project]
    if not own:
        return ProjectPage()
    tasks = load_tasks([row.task for row in own])
    days = {row.data_as_of or today for row in own}
    tables: dict[int, Tables] = {}
    for day in days:
        due = [tasks[row.task.pk] for row in own if (row.data_as_of or today) == day]
        tables |= tables_of(due, day)
    counties = _counties(tables.values())
    return ProjectPage([_project(row, tables[row.task.pk], counties) for row in own], counties)


def _project(row: LedgerRow, tables: Tables, counties: Sequence[Unit]) -> Project:
    split = {table.city.indicator.pk: table for table in tables.counties}
    lines = [
        ProjectLine(line, _cells(split.get(line.indicator.pk), counties)) for line in tables.lines
    ]
    return Project(row, lines)


def _cells(table: CountyTable | None, counties: Sequence[Unit]) -> list[IndicatorLine | None]:
    parts = {each.unit.pk: each.line for each in table.lines} if table is not None else {}
    return [parts.get(unit.pk) for unit in counties]


def _counties(tables: Iterable[Tables]) -> list[Unit]:
    found: dict[int, Unit] = {}
    for each in tables:
        for table in each.counties:
            found |= {part.unit.pk: part.unit for part in table.lines}
    return sorted(found.values(), key=lambda unit: unit.ordinal)
