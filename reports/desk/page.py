"""我的工作台: what a unit owes now by urgency, how it has filed, and the items it answers for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from progress.models import Period, ProgressReport, ReportVersion
from progress.periods.access import periods_of
from progress.periods.owed import (
    NOT_FILLED,
    OVERDUE,
    Reliefs,
    filing_state,
    is_under_way,
    still_owed,
    with_versions,
)
from progress.states import Light
from reports.desk.todo import WORDS, ToDo, todo_of
from reports.ledger.rows import LedgerRow, load_rows
from reports.stats.punctuality import Punctuality, punctuality_of
from tasks.models import Cycle, Plan, ResponsibilityRole
from units.actors import Actor
from units.face.marks import label_of
from units.models import Unit

LEADING = (ResponsibilityRole.LEAD, ResponsibilityRole.RESPONSIBLE)
STATES = ("accepted", "reviewing", "returned", "signing", "draft", NOT_FILLED, OVERDUE)
# Of the unit's own items, those that need attention come first.
URGENCY = (Light.LATE, Light.SLOW, Light.NOT_STARTED)


@dataclass(frozen=True)
class Filings:
    """报送情况: the filings owed in the periods that collect now."""

    periods: list[Period]
    states: list[tuple[str, int]]
    owed: int
    left: int
    upcoming: list[Period]  # those in which the unit owes something next

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

    row: LedgerRow
    todo: ToDo | None


@dataclass(frozen=True)
class Desk:
    """Everything of the page, ready to print."""

    todo: list[ToDo]
    filings: Filings
    own: list[OwnRow]
    supports: list[LedgerRow]
    named_supports: int  # those in which the notice names the unit itself, not a group
    lights: list[tuple[str, int]]
    newest: Period | None  # the newest 定稿 among the unit's items
    punctuality: list[Punctuality]
    counts: dict[str, int]
    to_receive: int  # items that the unit has not received
    without_action_plan: int  # items that it reports on, measured and without an accepted 办理方案

    @property
    def chips(self) -> list[tuple[str, str, int]]:
        """Kinds of what is owed, in the order of the list: id, word, number."""
        found = Counter(item.kind for item in self.todo)
        return [(kind, WORDS[kind], count) for kind, count in found.items()]


def desk_of(plan: Plan, actor: Actor, today: date) -> Desk:
    """The desk of the actor's unit."""
    rows = load_rows(plan, actor, today)
    reports = _reports(plan, actor)
    current = [report for report in reports if is_under_way(report, today)]
    primaries = {row.task.pk: row.primary for row in rows}
    todo = todo_of(current, _versions(current), primaries, actor, today)
    leads, supports = (_held_as(rows, actor, roles) for roles in (LEADING, ("support",)))
    named = [row for row in supports if _is_named(row, actor)]
    return Desk(
        todo=todo,
        filings=_filings(plan, reports, today),
        own=_own(leads, todo),
        supports=named + [row for row in supports if row not in named],
        named_supports=len(named),
        lights=_lights(leads),
        newest=_newest(leads),
        punctuality=punctuality_of(reports),
        counts=_counts(leads, actor.unit),
        to_receive=_to_receive(rows, actor),
        without_action_plan=sum(
            row.lacks_action_plan and row.primary == actor.unit for row in leads
        ),
    )


def _reports(plan: Plan, actor: Actor) -> list[ProgressReport]:
    """Every report that the unit owed or owes in the year; periods are those of `plan`."""
    found = with_versions(ProgressReport.objects.of_unit(actor.unit).filter(period__plan=plan))
    reports = list(found.order_by("due_on", "pk"))
    reliefs = Reliefs.of(plan)
    return [report for report in reports if still_owed(report, reliefs)]


def _versions(reports: Iterable[ProgressReport]) -> dict[int, list[ReportVersion]]:
    """Report → its versions, newest first."""
    found: dict[int, list[ReportVersion]] = {}
    for version in ReportVersion.objects.filter(report__in=reports).order_by("-number"):
        found.setdefault(version.report_id, []).append(version)
    return found


def _filings(plan: Plan, reports: Sequence[ProgressReport], today: date) -> Filings:
    collecting = [report for report in reports if not report.period.is_finalized]
    counted = Counter(filing_state(report, today) for report in collecting)
    periods = {report.period.pk: report.period for report in collecting}
    owing = {report.period.cycle for report in reports}
    upcoming: dict[str, Period] = {}
    for period in periods_of(plan):
        if period.cycle in owing and period.opens_on > today:
            upcoming.setdefault(period.cycle, period)
    return Filings(
        periods=sorted(periods.values(), key=lambda period: period.data_as_of),
        states=[(state, counted[state]) for state in STATES],
        owed=len(collecting),
        left=sum(report.first_left_at is not None for report in collecting),
        upcoming=sorted(upcoming.values(), key=lambda period: period.opens_on),
    )


def _held_as(rows: Sequence[LedgerRow], actor: Actor, roles: Iterable[str]) -> list[LedgerRow]:
    return [
        row
        for row in rows
        if any(held.unit_id == actor.unit_id and held.role in roles for held in row.holders)
    ]


def _is_named(row: LedgerRow, actor: Actor) -> bool:
    return any(each.unit_id == actor.unit_id for each in row.designations)


def _to_receive(rows: Sequence[LedgerRow], actor: Actor) -> int:
    held = [each for row in rows for each in row.holders if each.unit_id == actor.unit_id]
    return sum(each.received_at is None for each in held)


def _own(leads: Sequence[LedgerRow], todo: Iterable[ToDo]) -> list[OwnRow]:
    """Behind first, as far behind as they are; the others as numbered."""
    waiting: Mapping[int, ToDo] = {
        item.report.responsibility.task_id: item for item in reversed(list(todo))
    }
    found = [OwnRow(row, waiting.get(row.task.pk)) for row in leads]
    return sorted(found, key=lambda own: _urgency(own.row))


def _urgency(row: LedgerRow) -> int:
    return URGENCY.index(Light(row.light)) if row.light in URGENCY else len(URGENCY)


def _lights(rows: Sequence[LedgerRow]) -> list[tuple[str, int]]:
    counted = Counter(row.light for row in rows if row.frozen is not None)
    return [(light, counted[light]) for light in Light if counted[light]]


def _newest(rows: Sequence[LedgerRow]) -> Period | None:
    return max(
        (row.frozen.period for row in rows if row.frozen is not None),
        key=lambda period: (period.data_as_of, period.cycle == Cycle.MONTHLY),
        default=None,
    )


def _counts(leads: Sequence[LedgerRow], unit: Unit | None) -> dict[str, int]:
    """牵头, 首位牵头, 十件实事, 首位责任: as the desk's second line says them."""
    first = [row for row in leads if row.primary == unit]
    return {
        "leads": sum(not row.task.is_project for row in leads),
        "first_leads": sum(not row.task.is_project for row in first),
        "projects": sum(row.task.is_project for row in leads),
        "first_projects": sum(row.task.is_project for row in first),
    }
