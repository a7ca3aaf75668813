"""报送统计: what waits and what is missing, in numbers that each lead to exactly their rows; and
what the other plans ask that are worked on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from progress.models import Period, ReportState
from progress.periods.access import periods_of
from progress.periods.beginning import how_it_began
from progress.periods.by_unit import UnitFilings, by_unit
from progress.starting.left_open import count_left_open
from progress.urging.unreported import Contacted, last_contacts
from reports.office.counts import office_counts
from reports.office.words import FINDINGS, WAITS
from reports.stats.filing_lines import LEFT, UNREPORTED, FilingLine, Wanted, lines_to_do
from reports.stats.heat import HeatMap, days_before, heat_map
from reports.stats.punctuality import counted_of, left_of
from reports.stats.quiet import (
    People,
    QuietUnit,
    liaisons_among,
    never_logged_in,
    people_of_units,
)
from tasks.models import Plan
from tasks.naming.desk import OPEN, ORDER, RELEVANT_OPEN, WORDS
from units.calendar.workdays import missing_year
from units.face.marks import label_of

STATES = ("accepted", "reviewing", "returned", "signing", "draft", "none", "overdue")
HEAT_SHOWN = 12


@dataclass(frozen=True)
class Number:
    """A count with its word and the conditions that list its rows. `name`: as `manage.py explain`
    has it.
    """

    key: str
    word: str
    count: int
    wanted: Wanted
    kind: str = ""  # of which numbers `key` is one

    @property
    def name(self) -> str:
        return "-".join(filter(None, ("office", self.kind, self.key)))


@dataclass(frozen=True)
class UnitStates:
    """One unit's filings of the open periods, state by state in the order of `STATES`."""

    name: str
    whole: Number
    states: list[Number]
    lines: list[FilingLine]


@dataclass(frozen=True)
class OtherPlan:
    """What another plan that is worked on asks of the office: `links` are word, address, number
    and its name."""

    plan: Plan
    periods: list[Period]
    waiting: int
    links: list[tuple[str, str, int, str]]

    @property
    def label(self) -> str:
        """全年, or of several cycles 6月、二季度、上半年."""
        return label_of_periods(self.periods)

    @property
    def due_on(self) -> date | None:
        return min((each.due_on for each in self.periods), default=None)

    @property
    def reviewing(self) -> Wanted:
        """What lists the `waiting`: 审核 has those of all plans."""
        return Wanted(state=ReportState.REVIEWING)


@dataclass(frozen=True)
class OfficePage:
    """Everything of the page; `counts` are of what is listed on other pages."""

    periods: list[Period]
    beginning: str  # of a year that began late, until its first 定稿
    collecting: list[tuple[str, date]]  # label and last day of those that still take filings
    passed: list[str]  # those whose last day is over and that wait for their 定稿
    owed: Number
    left: Number
    states: list[Number]
    waits: list[Number]
    findings: list[Number]
    units: list[UnitStates]
    unreported: list[tuple[UnitFilings, Contacted | None]]
    unreported_count: int
    heat: HeatMap
    counts: dict[str, int]
    namings: list[tuple[str, str, int]]
    open_relevant: int  # 相关… still to be named
    quiet: list[QuietUnit]
    missing_year: int | None

    @property
    def label(self) -> str:
        """7月, or of several cycles 6月、二季度、上半年."""
        return label_of_periods(self.periods)

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
        return replace(self.heat, rows=self.heat.rows[:HEAT_SHOWN])


def office_page(plan: Plan, now: datetime) -> OfficePage:
    """About a dozen queries, whatever the number of items; what left its unit in the periods that
    are finalized is only counted.
    """
    today = now.date()
    lines = lines_to_do([plan], now)
    people, last = people_of_units(today), last_contacts([plan])
    opened = [line for line in lines if line.is_open]
    absent = _absent_of(lines)
    (counts,) = office_counts([plan], today)
    periods = [p for p in periods_of(plan) if p.is_open(today)]
    return OfficePage(
        periods=periods,
        beginning=how_it_began(periods_of(plan), today),
        collecting=collecting(periods, today),
        passed=passed(periods, today),
        owed=Number("owed", "应报", len(opened), Wanted(open="1")),
        left=_number(opened, LEFT, "已离开单位", Wanted(state=LEFT, open="1")),
        states=states(opened, Wanted(open="1"), "state"),
        waits=[_number(lines, key, word, Wanted(wait=key), "wait") for key, word in WAITS],
        findings=_findings(opened),
        units=_by_unit(opened),
        unreported=_absent(absent, people, last),
        unreported_count=len(absent),
        heat=_heat(plan, today, lines),
        counts=counts,
        open_relevant=counts[RELEVANT_OPEN],
        namings=[(state, WORDS[state], counts[state]) for state in ORDER],
        quiet=never_logged_in(plan, today, people),
        missing_year=missing_year(today),
    )


def label_of_periods(periods: Iterable[Period]) -> str:
    """7月, or of several cycles 6月、二季度、上半年."""
    labels = list(dict.fromkeys(period.label for period in periods))
    return f"{labels[0]}至{labels[-1]}" if len(labels) > 4 else "、".join(labels)


def other_plans(plans: Sequence[Plan], lines: Sequence[FilingLine], today: date) -> list[OtherPlan]:
    """What the plans after the first ask, which stand beside it."""
    return [
        _other(plan, [x for x in lines if x.report.period.plan_id == plan.pk], today)
        for plan in plans[1:]
    ]


def _other(plan: Plan, lines: Sequence[FilingLine], today: date) -> OtherPlan:
    wanted = Wanted(state=UNREPORTED, open="1")
    listed = f"{reverse('reports:filings', args=[plan.slug])}?{wanted.query}"
    left_open = reverse("progress:left_open", args=[plan.slug])
    return OtherPlan(
        plan,
        [period for period in periods_of(plan) if period.is_open(today)],
        sum(bool(line.wait) for line in lines),
        [
            each
            for each in (
                ("未报送", listed, len(_absent_of(lines)), "office-unreported"),
                ("启用时遗留", left_open, count_left_open(plan, today), "office-left-open"),
            )
            if each[2]
        ],
    )


def _absent_of(lines: Iterable[FilingLine]) -> list[FilingLine]:
    return [line for line in lines if line.is_open and line.is_unreported]


def collecting(periods: Sequence[Period], today: date) -> list[tuple[str, date]]:
    """Label and last day of those that still take filings in time, each once."""
    due = [(each.label, each.due_on) for each in periods if each.due_on >= today]
    return list(dict.fromkeys(due))


def passed(periods: Sequence[Period], today: date) -> list[str]:
    """Labels of those whose last day is over, each once."""
    return list(dict.fromkeys(each.label for each in periods if each.due_on < today))


def _number(
    lines: Sequence[FilingLine], key: str, word: str, wanted: Wanted, kind: str = ""
) -> Number:
    return Number(key, word, len(wanted.of(lines)), wanted, kind)


def states(lines: Sequence[FilingLine], among: Wanted, kind: str) -> list[Number]:
    """By state; all parts add up to the lines."""
    counted = Counter(line.state for line in lines)
    return [
        Number(
            state,
            label_of(state),
            counted[state],
            Wanted(among.day, among.unit, state, open="1"),
            kind,
        )
        for state in STATES
    ]


def _findings(lines: Sequence[FilingLine]) -> list[Number]:
    """The kinds that there are, the most frequent first."""
    counted = Counter(kind for line in lines for kind in line.findings)
    return [
        Number(kind, FINDINGS.get(kind, kind), count, Wanted(finding=kind, open="1"), "finding")
        for kind, count in counted.most_common()
    ]


def _by_unit(lines: Sequence[FilingLine]) -> list[UnitStates]:
    grouped: dict[int, list[FilingLine]] = {}
    for line in lines:
        grouped.setdefault(line.report.unit.pk, []).append(line)
    found = []
    for pk, own in grouped.items():
        among = Wanted(unit=str(pk), open="1")
        name, kind = str(own[0].report.unit), f"unit-{pk}"
        whole = Number("owed", "应报", len(own), among, kind)
        found.append(UnitStates(name, whole, states(own, among, kind), own))
    return found


def _absent(
    lines: Sequence[FilingLine], people: People, last: Mapping[int, Contacted]
) -> list[tuple[UnitFilings, Contacted | None]]:
    """By unit, with telephones and the last contact, as 未报清单 has them."""
    units = by_unit([(line.report, line.state) for line in lines], liaisons_among(people))
    return [(each, last.get(each.unit.pk)) for each in units]


def _heat(plan: Plan, today: date, lines: Sequence[FilingLine]) -> HeatMap:
    """`lines` hold what is open and what has never left."""
    at_hand = [each.report for each in lines if each.is_open or each.report.first_left_at is None]
    return heat_map([*left_of(plan, today), *counted_of(at_hand)], days_before(plan))
