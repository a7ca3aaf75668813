"""我的工作台: what a unit owes now by urgency in all plans that are worked on; of the plan of the
address also how it has filed, and the items it answers for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from huangshi_tasks.lib import text
from progress.models import Period, ReportState, ReportVersion
from progress.periods.access import periods_of
from progress.periods.beginning import how_it_began
from progress.periods.filed import Filed, owed_among, read
from progress.periods.owed import NOT_FILLED, OVERDUE, Reliefs, filing_state
from progress.states import Light
from progress.todo import kinds
from progress.todo.filings import IN_UNIT, filings_of_unit
from progress.todo.list import Row, TodoList, ids_of, todo_among
from reports.desk.own_items import OwnItem, own_items
from reports.desk.todo import Draft, ToDo, todo_of
from reports.stats.punctuality import Punctuality, punctuality_of
from tasks.models import Cycle, Plan, ResponsibilityRole
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
    def next_words(self) -> str:
        """下一次报送：8月进展8月25日至9月5日。 or how a year that began late begins."""
        spans = (
            f"{p.label}进展{text.day(p.opens_on)}至{text.day(p.due_on)}" for p in self.upcoming
        )
        said = "；".join(spans)
        return self.beginning or (f"下一次报送：{said}。" if said else "")

    @property
    def due_on(self) -> date | None:
        return min((period.due_on for period in self.periods), default=None)


@dataclass(frozen=True)
class OwnRow:
    """An item that the unit answers for, with what it has to do on it now."""

    row: OwnItem
    todo: ToDo | None


@dataclass(frozen=True)
class Desk:
    """Everything of the page, ready to print. `list` and `signing` are of all plans that are worked
    on, the rest of the plan of the address. `reports`: its filings in words, by report.
    """

    plans: Sequence[Plan]
    list: TodoList
    reports: Mapping[int, ToDo]
    drafts: Mapping[int, Sequence[Draft]]
    filings: Filings
    elsewhere: Sequence[Filings]  # of the other plans, where something is owed now
    own: Sequence[OwnRow]
    supports: Sequence[OwnItem]
    named_supports: int  # those in which the notice names the unit itself, not a group
    lights: Sequence[tuple[str, int]]
    newest: Period | None  # the newest 定稿 among the unit's items
    punctuality: Sequence[Punctuality]
    counts: dict[str, int]
    signing: int  # filings that wait for the signature

    @property
    def chips(self) -> Sequence[tuple[str, str, int]]:
        """Kinds of what is to be done: id, word, number."""
        found = Counter(row.kind for row in self.list.rows)
        return [(kind, word, found[kind]) for kind, word in kinds.WORDS.items() if found[kind]]

    @property
    def late_kinds(self) -> set[str]:
        """Those with something overdue."""
        return {row.kind for row in self.list.rows if row.group == kinds.LATE}

    @property
    def years(self) -> Sequence[tuple[str, str, int]]:
        """Plans with something to do, where there are several: address, name, number."""
        found = Counter(row.plan_id for row in self.list.rows)
        plans = [plan for plan in self.plans if found[plan.pk]]
        if len(self.plans) < 2:
            return []
        return [(plan.slug, short_name(plan), found[plan.pk]) for plan in plans]

    @property
    def to_fill(self) -> Sequence[Plan]:
        """Plans of which this unit has something to file now."""
        found = {row.plan_id for row in self.list.rows if row.kind == kinds.REPORT}
        return [plan for plan in self.plans if plan.pk in found]

    @property
    def to_send(self) -> Sequence[Plan]:
        """Plans in which something was begun and not sent yet."""
        begun = (ReportState.DRAFT, ReportState.RETURNED)
        found = {
            todo.report.period.plan_id
            for todo in self.reports.values()
            if todo.is_mine and todo.report.state in begun and todo.kind != NOT_FILLED
        }
        return [plan for plan in self.plans if plan.pk in found]

    @property
    def all_filings(self) -> Sequence[Filings]:
        """Of the plan of the address, then of the others; where nothing is owed, last."""
        return sorted([self.filings, *self.elsewhere], key=lambda each: not each.owed)


def desk_of(plans: Sequence[Plan], actor: Actor, today: date) -> Desk:
    """The desk of the actor's unit, of the first plan and of what all of them ask; five queries,
    however many there are.
    """
    plan, ids, unit_id = plans[0], ids_of(plans), actor.unit_id
    assert unit_id is not None
    made = read(plans, filings_of_unit(ids, unit_id))
    owed = owed_among(made, Reliefs.of(*plans))
    reports = [report for report in owed if report.period.plan_id == plan.pk]
    own = own_items(plans, actor, made, today)
    found = todo_among(plans, owed, unit_id, today, is_signer=actor.is_signer)
    drafts = _drafts(ids, actor)
    said = {
        row.filed.pk: todo_of(row, drafts, own.primaries, actor, today)
        for row in (*found.rows, *found.sent)
        if row.filed is not None and row.filed.state in IN_UNIT
    }
    led = {each.pk: _held_as(own.of(each), LEADING) for each in plans}
    leads, supports = led[plan.pk], _held_as(own.of(plan), SUPPORT)
    named = [row for row in supports if row.held.is_named]
    filings = {each.pk: _filings(each, owed, led[each.pk], today) for each in plans}
    return Desk(
        plans=plans,
        list=found,
        reports=said,
        drafts=drafts,
        filings=filings[plan.pk],
        elsewhere=[each for pk, each in filings.items() if pk != plan.pk and each.owed],
        own=_own(leads, found.rows, said),
        supports=named + [row for row in supports if not row.held.is_named],
        named_supports=len(named),
        lights=_lights(leads),
        newest=_newest(leads),
        punctuality=punctuality_of(reports),
        counts=_counts(leads, actor.unit_id),
        signing=sum(report.state == ReportState.SIGNING for report in made),
    )


def _drafts(plan_ids: tuple[int, ...], actor: Actor) -> dict[int, list[Draft]]:
    """Report → its versions, newest first, of what lies with the unit or the office."""
    found: dict[int, list[Draft]] = {}
    for pk, *rest in _written(plan_ids, actor.unit_id):
        found.setdefault(pk, []).append(Draft(*rest))
    return found


@prepared_rows
def _written(plan_ids: tuple[int, ...], unit_id: int) -> QuerySet[Any, Any]:
    versions = ReportVersion.objects.filter(
        report__period__plan__in=plan_ids,
        report__responsibility__unit=unit_id,
        report__state__in=(*IN_UNIT, ReportState.REVIEWING),
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


def _own(leads: Sequence[OwnItem], rows: Sequence[Row], said: Mapping[int, ToDo]) -> list[OwnRow]:
    """Behind first, as far behind as they are; the others as numbered."""
    filed = [row.filed for row in reversed(rows) if row.filed is not None]
    waiting = {report.task.pk: said[report.pk] for report in filed if report.pk in said}
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
