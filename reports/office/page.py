"""督查室: what waits and what is missing, in numbers that each lead to exactly their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from huangshi_tasks.celery import LATE_AFTER
from progress.models import Period, Urge
from progress.periods.access import periods_of
from progress.periods.by_unit import UnitFilings, by_unit, liaisons_of
from progress.reminding.job_names import job_name
from progress.urging.unreported import last_contacts
from reports.office.counts import office_counts
from reports.office.links import Link, office_links
from reports.office.words import FINDINGS, WAITS
from reports.stats.filing_lines import LEFT, FilingLine, Wanted, filing_lines
from reports.stats.heat import HeatMap, heat_map
from reports.stats.quiet import QuietUnit, never_logged_in
from tasks.models import Plan
from tasks.naming.desk import OPEN, ORDER, WORDS, desk_rows, wanted
from units.calendar.workdays import missing_year
from units.face.marks import label_of
from units.job_runs import overdue
from units.models.units import GroupMode

STATES = ("accepted", "reviewing", "returned", "signing", "draft", "none", "overdue")
HEAT_SHOWN = 12


@dataclass(frozen=True)
class Number:
    """A count with its word and the conditions that list its rows."""

    key: str
    word: str
    count: int
    wanted: Wanted


@dataclass(frozen=True)
class UnitStates:
    """One unit's filings of the open periods, state by state in the order of `STATES`."""

    name: str
    whole: Number
    states: list[Number]
    lines: list[FilingLine]


@dataclass(frozen=True)
class OfficePage:
    """Everything of the page; `counts` are of what is listed on other pages."""

    periods: list[Period]
    collecting: list[tuple[str, date]]  # label and last day of those that still take filings
    passed: list[str]  # those whose last day is over and that wait for their 定稿
    owed: Number
    left: Number
    states: list[Number]
    waits: list[Number]
    findings: list[Number]
    units: list[UnitStates]
    unreported: list[tuple[UnitFilings, Urge | None]]
    unreported_count: int
    heat: HeatMap
    counts: dict[str, int]
    namings: list[tuple[str, str, int]]
    open_relevant: int  # 相关… still to be named
    quiet: list[QuietUnit]
    late_jobs: list[str]
    missing_year: int | None
    links: list[tuple[str, list[Link]]]

    @property
    def label(self) -> str:
        """7月, or of several cycles 6月、二季度、上半年."""
        labels = list(dict.fromkeys(period.label for period in self.periods))
        return f"{labels[0]}至{labels[-1]}" if len(labels) > 4 else "、".join(labels)

    @property
    def distribution(self) -> list[tuple[str, int]]:
        """For the segment bar."""
        return [(each.key, each.count) for each in self.states]

    @property
    def waiting(self) -> int:
        """Reports in review."""
        return sum(each.count for each in self.waits)

    @property
    def open_namings(self) -> int:
        return next((count for state, _, count in self.namings if state == OPEN), 0)

    @property
    def worst(self) -> HeatMap:
        """The first rows of the heat map."""
        return HeatMap(self.heat.days, self.heat.rows[:HEAT_SHOWN])


def office_page(plan: Plan, now: datetime) -> OfficePage:
    """About fifteen queries, whatever the number of items."""
    today = now.date()
    lines = filing_lines(plan, now)
    opened = [line for line in lines if line.is_open]
    absent = [line for line in opened if line.is_unreported]
    counts = office_counts(plan, today) | {"unreported": len(absent)}
    designations = desk_rows(plan, today)
    namings = Counter(row.state for row in designations)
    relevant = wanted(designations, state=OPEN, mode=GroupMode.RELEVANT)
    late = overdue(LATE_AFTER, timezone.now())
    periods = [p for p in periods_of(plan) if not p.is_finalized and p.opens_on <= today]
    return OfficePage(
        periods=periods,
        collecting=collecting(periods, today),
        passed=passed(periods, today),
        owed=Number("owed", "应报", len(opened), Wanted(open="1")),
        left=_number(opened, LEFT, "已离开单位", Wanted(state=LEFT, open="1")),
        states=_states(opened, Wanted(open="1")),
        waits=[_number(lines, key, word, Wanted(wait=key)) for key, word in WAITS],
        findings=_findings(opened),
        units=_by_unit(opened),
        unreported=_absent(plan, absent, now),
        unreported_count=len(absent),
        heat=heat_map(lines),
        counts=counts | {"namings": namings[OPEN]},
        open_relevant=len(relevant),
        namings=[(state, WORDS[state], namings[state]) for state in ORDER],
        quiet=never_logged_in(plan, today),
        late_jobs=[job_name(name) for name in late],
        missing_year=missing_year(today),
        links=office_links(plan, counts | {"namings": namings[OPEN]}),
    )


def collecting(periods: Sequence[Period], today: date) -> list[tuple[str, date]]:
    """Label and last day of those that still take filings in time, each once."""
    due = [(each.label, each.due_on) for each in periods if each.due_on >= today]
    return list(dict.fromkeys(due))


def passed(periods: Sequence[Period], today: date) -> list[str]:
    """Labels of those whose last day is over, each once."""
    return list(dict.fromkeys(each.label for each in periods if each.due_on < today))


def _number(lines: Sequence[FilingLine], key: str, word: str, wanted: Wanted) -> Number:
    return Number(key, word, len(wanted.of(lines)), wanted)


def _states(lines: Sequence[FilingLine], among: Wanted) -> list[Number]:
    """By state; all parts add up to the lines."""
    counted = Counter(line.state for line in lines)
    return [
        Number(
            state, label_of(state), counted[state], Wanted(among.day, among.unit, state, open="1")
        )
        for state in STATES
    ]


def _findings(lines: Sequence[FilingLine]) -> list[Number]:
    """The kinds that there are, the most frequent first."""
    counted = Counter(kind for line in lines for kind in line.findings)
    return [
        Number(kind, FINDINGS.get(kind, kind), count, Wanted(finding=kind, open="1"))
        for kind, count in counted.most_common()
    ]


def _by_unit(lines: Sequence[FilingLine]) -> list[UnitStates]:
    grouped: dict[int, list[FilingLine]] = {}
    for line in lines:
        grouped.setdefault(line.report.unit.pk, []).append(line)
    found = []
    for pk, own in grouped.items():
        among = Wanted(unit=str(pk), open="1")
        name = str(own[0].report.unit)
        whole = Number("owed", "应报", len(own), among)
        found.append(UnitStates(name, whole, _states(own, among), own))
    return found


def _absent(
    plan: Plan, lines: Sequence[FilingLine], now: datetime
) -> list[tuple[UnitFilings, Urge | None]]:
    """By unit, with telephones and the last contact, as 未报清单 has them."""
    liaisons = liaisons_of({line.report.unit.pk for line in lines}, now.date())
    units = by_unit([(line.report, line.state) for line in lines], liaisons)
    last = last_contacts(plan, (each.unit for each in units))
    return [(each, last.get(each.unit.pk)) for each in units]
