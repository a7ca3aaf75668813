"""What the rows of 督查室 and 报送明细 show, as plain values: all that their templates know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from progress.models import ProgressReport
from progress.periods.by_unit import UnitFilings
from progress.periods.filed import Filed
from progress.urging.unreported import Contacted
from reports.office.page import Number, OfficePage, UnitStates
from reports.stats.filing_lines import UNREPORTED, FilingLine, Wanted
from reports.stats.heat import HeatCell, HeatMap, HeatRow
from reports.stats.quiet import QuietUnit
from tasks.models import Plan
from tasks.plan_names import Chip
from units.face.addresses import addresses

FILINGS_SHOWN = 12  # of one unit in the list of what is missing


class FilingFace(NamedTuple):
    """One filing inside a unit's row."""

    url: str
    kind: str
    number: int
    short_title: str
    label: str
    state: str


class CountFace(NamedTuple):
    """A number with its word and name, and where its rows are; `url` is empty for 0."""

    word: str
    number: int
    url: str
    name: str


class AbsentFace(NamedTuple):
    """A unit with what it has not sent, whom to telephone, and the last contact; `chip`: its plan,
    where several are worked on.
    """

    url: str
    unit: str
    number: int
    filings: tuple[FilingFace, ...]
    contacts: tuple[str, ...]
    last_at: datetime | None
    last_by: str
    chip: Chip | None = None


class UnitFace(NamedTuple):
    """A unit's filings by state."""

    unit: str
    whole: CountFace
    states: tuple[CountFace, ...]
    filings: tuple[FilingFace, ...]


class CellFace(NamedTuple):
    """A unit in the periods of one day; `words` are a percent, or why there is none yet."""

    url: str
    heat: int
    owed: int
    late: int
    missing: int
    words: str


BEFORE = CellFace("", 0, 0, 0, 0, "启用前")


class HeatFace(NamedTuple):
    """A unit in the heat map; None where it owed nothing."""

    url: str
    unit: str
    cells: tuple[CellFace | None, ...]
    late: int
    late_url: str


class QuietFace(NamedTuple):
    """A unit of which nobody has ever logged in."""

    url: str
    unit: str
    has_account: bool
    telephones: tuple[str, ...]


class LineFace(NamedTuple):
    """One filing of 报送明细; `age` in working days while it is with the office."""

    unit_url: str
    unit: str
    url: str
    kind: str
    number: int
    short_title: str
    label: str
    duty: str
    due_on: date
    first_left_at: datetime | None
    timing: str
    state: str
    age: int | None


class Faces:
    """Of the rows of a plan's pages; every address is looked up once."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._filings = reverse("reports:filings", args=[plan.slug])
        self._report: Callable[[object], str] = addresses("progress:report", plan.slug)
        self._unit: Callable[[object], str] = addresses("reports:unit", plan.slug)
        self._today = today

    def absent(
        self, unreported: Iterable[tuple[UnitFilings, Contacted | None]], chip: Chip | None
    ) -> list[AbsentFace]:
        found = []
        for each, last in unreported:
            wanted = Wanted(unit=str(each.unit.pk), state=UNREPORTED, open="1")
            found.append(
                AbsentFace(
                    self._listed(wanted),
                    str(each.unit),
                    len(each.filings),
                    tuple(self._filing(*one) for one in each.filings[:FILINGS_SHOWN]),
                    tuple(each.contacts),
                    last.urged_at if last is not None else None,
                    last.get_channel_display() if last is not None else "",
                    chip,
                )
            )
        return found

    def units(self, page: OfficePage) -> list[UnitFace]:
        return [self._of_unit(each) for each in page.units]

    def heat(self, shown: HeatMap) -> list[HeatFace]:
        return [self._heat(row) for row in shown.rows]

    def quiet(self, units: Iterable[QuietUnit]) -> list[QuietFace]:
        return [
            QuietFace(self._unit(each.unit.pk), str(each.unit), each.has_account, each.telephones)
            for each in units
        ]

    def lines(self, lines: Iterable[FilingLine]) -> list[LineFace]:
        return [self._line(each) for each in lines]

    def _listed(self, wanted: Wanted) -> str:
        return f"{self._filings}?{wanted.query}"

    def _filing(self, report: ProgressReport | Filed, state: str) -> FilingFace:
        task, label = report.task, report.period.label
        url = self._report(report.pk)
        return FilingFace(url, task.kind, task.number, task.short_title, label, state)

    def _of_unit(self, each: UnitStates) -> UnitFace:
        return UnitFace(
            each.name,
            self._count(each.whole),
            tuple(map(self._count, each.states)),
            tuple(self._filing(line.report, line.state) for line in each.lines),
        )

    def _count(self, number: Number) -> CountFace:
        url = self._listed(number.wanted) if number.count else ""
        return CountFace(number.word, number.count, url, number.name)

    def _heat(self, row: HeatRow) -> HeatFace:
        return HeatFace(
            self._unit(row.unit.pk),
            str(row.unit),
            tuple(self._cell(cell) or (BEFORE if cell.is_before else None) for cell in row.cells),
            row.late,
            self._listed(row.unpunctual) if row.late else "",
        )

    def _cell(self, cell: HeatCell) -> CellFace | None:
        it = cell.punctuality
        if it is None:
            return None
        words = str(it.percent)
        if it.is_open:
            words = "待定稿" if it.period.due_on < self._today else "报送中"
        return CellFace(self._listed(cell.wanted), it.heat, it.owed, it.late, it.missing, words)

    def _line(self, line: FilingLine) -> LineFace:
        report = line.report
        return LineFace(
            self._unit(report.unit.pk),
            report.unit_name,
            self._report(report.pk),
            *report.task[1:],
            label=report.period.label,
            duty=report.get_duty_display(),
            due_on=report.due_on,
            first_left_at=report.first_left_at,
            timing=line.timing,
            state=line.state,
            age=line.age if line.wait else None,
        )
