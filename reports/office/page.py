"""督查室: what waits and what is missing, in numbers that each lead to exactly their rows. They are
of the plan of the address; what the other plans ask that are worked on stands beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
from reports.office.links import Link, office_links
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
    """What another plan that is worked on asks of the office: `links` to what waits there."""

    plan: Plan
    periods: list[Period]
    waiting: int
    unreported: list[tuple[UnitFilings, Contacted | None]]
    links: list[Link]

    @property
    def label(self) -> str:
        """全年, or of several cycles 6月、二季度、上半年."""
        return _label(self.periods)

    @property
    def due_on(self) -> date | None:
        return min((each.due_on for each in self.periods), default=None)

    @property
    def unreported_count(self) -> int:
        """As 未报清单 counts them."""
        return sum(len(each.filings) for each, _ in self.unreported)

    @property
    def reviewing(self) -> Wanted:
        """What lists the `waiting`: 审核 has those of all plans."""
        return Wanted(state=ReportState.REVIEWING)


@dataclass(frozen=True)
class OfficePage:
    """Everything of the page; `counts` are of what is listed on other pages."""

    others: list[OtherPlan]
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
    links: list[tuple[str, list[Link]]]

    @property
    def label(self) -> str:
        """7月, or of several cycles 6月、二季度、上半年."""
        return _label(self.periods)

    @property
    def distribution(self) -> list[tuple[str, int]]:
        """For the segment bar."""
        return [(each.key, each.count) for each in self.states]

    @property
    def waiting(self) -> int:
        """Reports in review."""
        return sum(each.count for each in self.waits)

    @property
    def waiting_of_all(self) -> int:
        """The same of all plans, as 审核 lists them."""
        return self.waiting + sum(each.waiting for each in self.others)

    @property
    def unreported_of_all(self) -> int:
        """The same of 未报清单."""
        return self.unreported_count + sum(each.unreported_count for each in self.others)

    @property
    def open_namings(self) -> int:
        return next((count for state, _, count in self.namings if state == OPEN), 0)

    @property
    def worst(self) -> HeatMap:
        """The first rows of the heat map."""
        return replace(self.heat, rows=self.heat.rows[:HEAT_SHOWN])


def office_page(plans: Sequence[Plan], now: datetime) -> OfficePage:
    """Of the first plan, and what the others ask. About a dozen queries and one for each other
    plan, whatever the number of items; what left its unit in the periods that are finalized is only
    counted.
    """
    today, plan = now.date(), plans[0]
    by_plan = _by_plan(lines_to_do(plans, now))
    lines = by_plan[plan.pk]
    people, last = people_of_units(today), last_contacts(plans)
    opened = [line for line in lines if line.is_open]
    absent = _absent_of(lines)
    counts, *of_others = office_counts(plans, today)
    counts |= {
        "unreported": sum(len(_absent_of(own)) for own in by_plan.values()),  # its list is of all
        "namings": counts[OPEN],
        "left_open": count_left_open(plan, today),
    }
    periods = [p for p in periods_of(plan) if p.is_open(today)]
    return OfficePage(
        others=[
            _other(each, by_plan[each.pk], own, people, last, today)
            for each, own in zip(plans[1:], of_others, strict=True)
        ],
        periods=periods,
        beginning=how_it_began(periods_of(plan), today),
        collecting=collecting(periods, today),
        passed=passed(periods, today),
        owed=Number("owed", "应报", len(opened), Wanted(open="1")),
        left=_number(opened, LEFT, "已离开单位", Wanted(state=LEFT, open="1")),
        states=_states(opened, Wanted(open="1"), "state"),
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
        links=office_links(plan, counts),
    )


def _label(periods: Iterable[Period]) -> str:
    labels = list(dict.fromkeys(period.label for period in periods))
    return f"{labels[0]}至{labels[-1]}" if len(labels) > 4 else "、".join(labels)


def _by_plan(lines: Iterable[FilingLine]) -> dict[int, list[FilingLine]]:
    found: dict[int, list[FilingLine]] = defaultdict(list)
    for line in lines:
        found[line.report.period.plan_id].append(line)
    return found


def _other(
    plan: Plan,
    lines: Sequence[FilingLine],
    counts: Mapping[str, int],
    people: People,
    last: Mapping[int, Contacted],
    today: date,
) -> OtherPlan:
    absent = _absent_of(lines)
    own = [
        _filings(plan, "未报送", len(absent), Wanted(state=UNREPORTED, open="1")),
        Link(
            "启用时遗留",
            reverse("progress:left_open", args=[plan.slug]),
            "",
            count_left_open(plan, today),
            "office-left-open",
        ),
    ]
    groups = office_links(plan, {**counts, "namings": counts[OPEN]})
    links = [*own, *(link for _, group in groups for link in group)]
    return OtherPlan(
        plan,
        [period for period in periods_of(plan) if period.is_open(today)],
        sum(bool(line.wait) for line in lines),
        _absent(absent, people, last),
        [link for link in links if link.count],
    )


def _filings(plan: Plan, label: str, count: int, wanted: Wanted) -> Link:
    """To the rows of this plan alone: 未报清单 has those of all."""
    url = reverse("reports:filings", args=[plan.slug])
    return Link(label, f"{url}?{wanted.query}", "", count, "office-unreported")


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


def _states(lines: Sequence[FilingLine], among: Wanted, kind: str) -> list[Number]:
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
        found.append(UnitStates(name, whole, _states(own, among, kind), own))
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
