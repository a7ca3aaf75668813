"""我的工作台: what a unit owes now by urgency in all plans that are worked on; of the plan of the
address also how it has filed, and the items it answers for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from progress.models import Period, ProgressReport, ReportState, ReportVersion
from progress.periods.access import periods_of
from progress.periods.beginning import how_it_began
from progress.periods.filed import Filed, as_rows, owed_among, read
from progress.periods.owed import (
    NOT_FILLED,
    OVERDUE,
    Reliefs,
    filing_state,
    is_under_way,
)
from progress.states import Light
from reports.desk.own_items import OwnItem, OwnItems, own_items
from reports.desk.todo import SHOWN, WORDS, Draft, ToDo, todo_of
from reports.stats.punctuality import Punctuality, punctuality_of
from tasks.models import Cycle, Plan, PlanState, ResponsibilityRole
from tasks.plan_names import short_name
from units.actors import Actor
from units.asking.rows import prepared_rows
from units.face.marks import label_of

LEADING = (ResponsibilityRole.LEAD, ResponsibilityRole.RESPONSIBLE)
SUPPORT = (ResponsibilityRole.SUPPORT,)
STATES = ("accepted", "reviewing", "returned", "signing", "draft", NOT_FILLED, OVERDUE)
# Of the unit's own items, those that need attention come first.
URGENCY = (Light.LATE, Light.SLOW, Light.NOT_STARTED)


@dataclass(frozen=True)
class Filings:
    """报送情况: the filings owed in the periods of a plan that collect now."""

    plan: Plan
    periods: list[Period]
    states: list[tuple[str, int]]
    owed: int
    left: int
    upcoming: list[Period]  # those in which the unit owes something next
    beginning: str = ""  # of a year that began late, until its first 定稿

    @property
    def label(self) -> str:
        """7月; 6月 also while quarter and half year end with it; 3月至7月 for a backlog."""
        monthly = [period for period in self.periods if period.cycle == Cycle.MONTHLY]
        labels = [period.label for period in monthly or self.periods]
        return f"{labels[0]}至{labels[-1]}" if len(labels) > 2 else "、".join(labels)

    @property
    def legend(self) -> list[tuple[str, str, int]]:
        """State, word and count; 逾期未报 only where there is any."""
        return [
            (state, label_of(state), count)
            for state, count in self.states
            if count or state != OVERDUE
        ]

    @property
    def due_on(self) -> date | None:
        return min((period.due_on for period in self.periods), default=None)


@dataclass(frozen=True)
class OwnRow:
    """An item that the unit answers for, with what it has to do on it now."""

    row: OwnItem
    todo: ToDo | None


@dataclass(frozen=True)
class Beginning:
    """What a plan asks at its beginning: `to_receive` items that the unit has not received,
    `without_action_plan` those it reports on, measured and without an accepted 办理方案.
    """

    plan: Plan
    to_receive: int
    without_action_plan: int


@dataclass(frozen=True)
class Desk:
    """Everything of the page, ready to print. `todo`, `elsewhere`, `beginnings` and `signing` are
    of all plans that are worked on, the rest of the plan of the address.
    """

    plans: Sequence[Plan]
    todo: list[ToDo]
    filings: Filings
    elsewhere: list[Filings]  # of the other plans, where something is owed now
    beginnings: list[Beginning]
    own: list[OwnRow]
    supports: list[OwnItem]
    named_supports: int  # those in which the notice names the unit itself, not a group
    lights: list[tuple[str, int]]
    newest: Period | None  # the newest 定稿 among the unit's items
    punctuality: list[Punctuality]
    counts: dict[str, int]
    signing: int  # filings that wait for the signature

    @property
    def chips(self) -> list[tuple[str, str, int]]:
        """Kinds of what is owed, in the order of the list: id, word, number."""
        found = Counter(item.kind for item in self.todo)
        return [(kind, WORDS[kind], count) for kind, count in found.items()]

    @property
    def years(self) -> list[tuple[str, str, int]]:
        """Plans with something to do, where there are several: address, name, number."""
        found = Counter(item.report.period.plan_id for item in self.todo)
        plans = [plan for plan in self.plans if found[plan.pk]]
        if len(self.plans) < 2:
            return []
        return [(plan.slug, short_name(plan), found[plan.pk]) for plan in plans]

    @property
    def to_fill(self) -> list[Plan]:
        """Plans of which this unit has something to file now."""
        found = {item.report.period.plan_id for item in self.todo}
        return [plan for plan in self.plans if plan.pk in found]

    @property
    def all_filings(self) -> list[Filings]:
        """Of the plan of the address, then of the others; where nothing is owed, last."""
        return sorted([self.filings, *self.elsewhere], key=lambda each: not each.owed)

    @property
    def owed(self) -> int:
        """Filings owed in the periods that collect, of all plans."""
        return sum(each.owed for each in self.all_filings)


def desk_of(plans: Sequence[Plan], actor: Actor, today: date) -> Desk:
    """The desk of the actor's unit, of the first plan and of what all of them ask; five queries,
    however many there are.
    """
    plan, ids = plans[0], tuple(each.pk for each in plans)
    made = read(plans, _made_of(ids, actor.unit_id))
    owed = owed_among(made, Reliefs.of(*plans))
    reports = [report for report in owed if report.period.plan_id == plan.pk]
    own = own_items(plans, actor, made, today)
    current = [report for report in owed if is_under_way(report, today)]
    todo = todo_of(current, _drafts(ids, actor), own.primaries, actor, today)
    led = {each.pk: _held_as(own.of(each), LEADING) for each in plans}
    leads, supports = led[plan.pk], _held_as(own.of(plan), SUPPORT)
    named = [row for row in supports if row.held.is_named]
    filings = {each.pk: _filings(each, owed, led[each.pk], today) for each in plans}
    return Desk(
        plans=plans,
        todo=todo,
        filings=filings[plan.pk],
        elsewhere=[each for pk, each in filings.items() if pk != plan.pk and each.owed],
        beginnings=_beginnings(plans, own, actor),
        own=_own(leads, todo),
        supports=named + [row for row in supports if not row.held.is_named],
        named_supports=len(named),
        lights=_lights(leads),
        newest=_newest(leads),
        punctuality=punctuality_of(reports),
        counts=_counts(leads, actor.unit_id),
        signing=sum(report.state == ReportState.SIGNING for report in made),
    )


def _beginnings(plans: Iterable[Plan], own: OwnItems, actor: Actor) -> list[Beginning]:
    """Of the plans that ask something; an archived one asks nothing any more."""
    found = []
    for plan in plans:
        if plan.state == PlanState.ARCHIVED:
            continue
        rows = own.of(plan)
        lacking = sum(
            row.lacks_action_plan and _writes(row, actor.unit_id) for row in _held_as(rows, LEADING)
        )
        found.append(Beginning(plan, sum(row.to_receive for row in rows), lacking))
    return [each for each in found if each.to_receive or each.without_action_plan]


@prepared_rows
def _made_of(plan_ids: tuple[int, ...], unit_id: int) -> QuerySet[Any, Any]:
    """The filings of a unit in its years."""
    of_unit = ProgressReport.objects.filter(responsibility__unit=unit_id)
    reports = of_unit.filter(period__plan__in=plan_ids)
    return as_rows(reports, ("due_on", "pk"))


def _drafts(plan_ids: tuple[int, ...], actor: Actor) -> dict[int, list[Draft]]:
    """Report → its versions, newest first, of what has not left the unit."""
    found: dict[int, list[Draft]] = {}
    for pk, *rest in _written(plan_ids, actor.unit_id):
        found.setdefault(pk, []).append(Draft(*rest))
    return found


@prepared_rows
def _written(plan_ids: tuple[int, ...], unit_id: int) -> QuerySet[Any, Any]:
    versions = ReportVersion.objects.filter(
        report__period__plan__in=plan_ids,
        report__responsibility__unit=unit_id,
        report__state__in=SHOWN,
    )
    return versions.order_by("-number").values_list("report_id", *Draft._fields)


def _filings(plan: Plan, owed: Sequence[Filed], led: Iterable[OwnItem], today: date) -> Filings:
    """Of what is owed in several plans that of one; `led`: its items that the unit leads."""
    reports = [report for report in owed if report.period.plan_id == plan.pk]
    collecting = [report for report in reports if not report.period.is_finalized]
    counted = Counter(filing_state(report, today) for report in collecting)
    periods = {report.period.pk: report.period for report in collecting}
    owing = {report.period.cycle for report in reports} | {row.held.cycle for row in led}
    upcoming: dict[str, Period] = {}
    for period in periods_of(plan):
        if period.cycle in owing and period.opens_on > today and not period.is_before:
            upcoming.setdefault(period.cycle, period)
    return Filings(
        plan=plan,
        periods=sorted(periods.values(), key=lambda period: period.data_as_of),
        states=[(state, counted[state]) for state in STATES],
        owed=len(collecting),
        left=sum(report.first_left_at is not None for report in collecting),
        upcoming=sorted(upcoming.values(), key=lambda period: period.opens_on),
        beginning=how_it_began((p for p in periods_of(plan) if p.cycle in owing), today),
    )


def _held_as(rows: Iterable[OwnItem], roles: Iterable[str]) -> list[OwnItem]:
    return [row for row in rows if not row.roles.isdisjoint(roles)]


def _writes(row: OwnItem, unit_id: int | None) -> bool:
    """Whether the unit writes the item's report."""
    return row.primary is not None and row.primary.pk == unit_id


def _own(leads: Sequence[OwnItem], todo: Iterable[ToDo]) -> list[OwnRow]:
    """Behind first, as far behind as they are; the others as numbered."""
    waiting = {item.report.task.pk: item for item in reversed(list(todo))}
    found = [OwnRow(row, waiting.get(row.task.pk)) for row in leads]
    return sorted(found, key=lambda own: _urgency(own.row))


def _urgency(row: OwnItem) -> int:
    return URGENCY.index(Light(row.light)) if row.light in URGENCY else len(URGENCY)


def _lights(rows: Sequence[OwnItem]) -> list[tuple[str, int]]:
    counted = Counter(row.light for row in rows if row.frozen is not None)
    return [(light, counted[light]) for light in Light if counted[light]]


def _newest(rows: Sequence[OwnItem]) -> Period | None:
    return max(
        (row.frozen.period for row in rows if row.frozen is not None),
        key=lambda period: (period.data_as_of, period.cycle == Cycle.MONTHLY),
        default=None,
    )


def _counts(leads: Sequence[OwnItem], unit_id: int | None) -> dict[str, int]:
    """牵头, 首位牵头, 十件实事, 首位责任: as the desk's second line says them."""
    first = [row for row in leads if _writes(row, unit_id)]
    return {
        "leads": sum(not row.task.is_project for row in leads),
        "first_leads": sum(not row.task.is_project for row in first),
        "projects": sum(row.task.is_project for row in leads),
        "first_projects": sum(row.task.is_project for row in first),
    }


def filing_heading(rows: Iterable[OwnItem]) -> str:
    """As `reports.ledger.rows.filing_heading`."""
    labels = {row.filing.label for row in rows if row.filing is not None}
    if not labels:
        return ""
    return f"{labels.pop()}报送" if len(labels) == 1 else "本期报送"
