"""十件实事: each project with its parts (分项) and counties, as its latest 定稿 had them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import structs

from progress.board.numbers import CountyTable, IndicatorLine, Pledge, Tables, planned_then
from progress.board.shown import UnitName
from reports.ledger.frozen import tables_at_finalizing
from reports.ledger.rows import LedgerRow
from reports.numbers.sentences import joined, months_of, next_month, said_of_pledges


@dataclass(frozen=True)
class ProjectLine:
    """One 分项. `cells` are its parts by county, in the order of `ProjectPage.counties`."""

    line: IndicatorLine
    cells: tuple[IndicatorLine | None, ...]

    @property
    def has_counties(self) -> bool:
        return any(cell is not None for cell in self.cells)


@dataclass(frozen=True)
class Note:
    """What the star means: where the figures of these 分项 were published."""

    names: list[str]
    source: str

    def __str__(self) -> str:
        return f"{'、'.join(self.names)}：{self.source}"


@dataclass(frozen=True)
class Project:
    """One project, ready for card and overview row."""

    row: LedgerRow
    lines: tuple[ProjectLine, ...]
    counties: tuple[UnitName, ...]  # those of the cells
    pledges: tuple[Pledge, ...] = ()

    @property
    def split(self) -> list[IndicatorLine]:
        """The 分项 that are split by county."""
        return [each.line for each in self.lines if each.has_counties]

    @property
    def by_county(self) -> list[tuple[UnitName, list[IndicatorLine | None]]]:
        """Each county of this project with its part of every split 分项."""
        own = [each for each in self.lines if each.has_counties]
        return [
            (unit, cells)
            for place, unit in enumerate(self.counties)
            if any(cells := [each.cells[place] for each in own])
        ]

    @property
    def notes(self) -> list[Note]:
        """Where figures were published, and of which 分项."""
        return _notes([self])

    @property
    def sentence(self) -> str:
        """1—6月份进展：…；…。 and the office's text for print behind it, each with its date where
        it is older; empty before any 定稿.
        """
        as_of = self.row.data_as_of
        if as_of is None or self.row.frozen is None:
            return ""
        text = f"{self.measured}{self.row.digest}"
        return f"{months_of(as_of)}进展：{text}" if text else ""

    @property
    def measured(self) -> str:
        """A clause for each promise, by its number, its steps or its words; empty without any."""
        lines, of = [each.line for each in self.lines], self.row.of or self.row.data_as_of
        numbers = joined(lines, is_sample=self.row.task.plan.is_sample, as_of=of)
        others = said_of_pledges(self.pledges, self.row.figures_mark)
        said = "；".join([*filter(None, [numbers]), *others])
        return f"{said}。" if said else ""

    @property
    def plan_sentence(self) -> str:
        """7月份计划：… in the office's text for print, without what is over; 6月所报安排：… where
        the unit has announced nothing since.
        """
        as_of, coming = self.row.data_as_of, self.row.next_step
        if as_of is None or not coming.text:
            return ""
        return f"{f'{coming.mark}安排' if coming.mark else next_month(as_of)}：{coming.text}"


@dataclass
class ProjectPage:
    """All projects and the counties that have a part in any of them."""

    projects: list[Project] = field(default_factory=list)
    counties: list[UnitName] = field(default_factory=list)

    @property
    def notes(self) -> list[Note]:
        """The same for all projects."""
        return _notes(self.projects)


def projects_of(rows: Sequence[LedgerRow]) -> ProjectPage:
    """The projects among `rows`; figures as of each one's latest 定稿."""
    own = [row for row in rows if row.task.is_project]
    if not own:
        return ProjectPage()
    tables = tables_at_finalizing(own)
    counties = _counties(tables[row.task.pk] for row in own)
    return ProjectPage([_project(row, tables[row.task.pk], counties) for row in own], counties)


def _project(row: LedgerRow, tables: Tables, counties: Sequence[UnitName]) -> Project:
    split = {table.city.indicator.pk: table for table in tables.counties}
    lines = tuple(
        ProjectLine(_planned(line, row), _cells(split.get(line.indicator.pk), counties))
        for line in tables.lines
    )
    return Project(row, lines, tuple(counties), tables.pledges)


def _planned(line: IndicatorLine, row: LedgerRow) -> IndicatorLine:
    """The line with what was planned by then, which may stand for months passed."""
    frozen, year = row.frozen, row.task.plan.year
    if frozen is None:
        return structs.replace(line, planned=None)
    planned = planned_then(line.indicator, line.planned, line.target, frozen, year)
    return structs.replace(line, planned=planned)


def _cells(
    table: CountyTable | None, counties: Sequence[UnitName]
) -> tuple[IndicatorLine | None, ...]:
    parts = {each.unit.pk: each.line for each in table.lines} if table is not None else {}
    return tuple(parts.get(unit.pk) for unit in counties)


def _counties(tables: Iterable[Tables]) -> list[UnitName]:
    found: dict[int, UnitName] = {}
    for each in tables:
        for table in each.counties:
            found |= {part.unit.pk: part.unit for part in table.lines}
    return sorted(found.values(), key=lambda unit: (unit.ordinal, unit.pk))


def _notes(projects: Iterable[Project]) -> list[Note]:
    names: dict[str, list[str]] = {}
    for project in projects:
        for each in project.lines:
            if each.line.source:
                names.setdefault(each.line.source, []).append(each.line.indicator.name)
    return [Note(those, source) for source, those in names.items()]
