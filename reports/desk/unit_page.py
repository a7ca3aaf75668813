"""单位主页: what one unit answers for, its own numbers, how it has filed, and its load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet

from progress.models import Reading
from progress.periods.access import periods_of
from progress.periods.filed import ITEM, ItemName, UnitName
from progress.periods.owed import Reliefs, duty_of, reporting_ids
from progress.states import Light
from reports.stats.facts import (
    KINDS,
    Fact,
    Lead,
    all_facts,
    behind_among,
    finalized_until,
)
from reports.stats.filing_lines import FilingLine, lines_of_unit
from reports.stats.heat import HeatMap, days_before, heat_map
from reports.stats.lights import Tally, tally_of
from reports.stats.newest import Judged, newest_of
from reports.stats.punctuality import counted_of
from reports.stats.units import LEADING
from tasks.access import seen_ids
from tasks.models import (
    Cycle,
    IndicatorShare,
    Plan,
    Responsibility,
    ResponsibilityRole,
)
from units.actors import Actor
from units.asking.rows import prepared_rows
from units.models import Unit
from units.models.dated import holds


class Held(NamedTuple):
    """What the unit answers or answered for; of what stands in `Responsibility`. `has_share`,
    `has_own`: what it reports on (`progress.periods.owed.duty_of`).
    """

    task: ItemName
    cycle: str
    role: str
    is_primary: bool
    starts_on: date
    ends_on: date | None
    has_share: bool
    has_own: bool


class OwnItem(NamedTuple):
    """An item that the unit answers for today, with its newest 定稿."""

    held: Held
    judged: Judged | None

    @property
    def light(self) -> str:
        return self.judged.light if self.judged is not None else Light.NO_DATA

    @property
    def cycle_label(self) -> str:
        return str(Cycle(self.held.cycle).label)


@dataclass(frozen=True)
class FactGroup:
    """One kind of facts with its rows."""

    kind: str
    word: str
    facts: list[Fact]

    @property
    def fact_name(self) -> str:
        """Of its count, over all that is finalized."""
        return f"fact-{self.kind}"


class OwnIndicator(NamedTuple):
    """Of what stands in `Indicator`."""

    kind: str
    number: int
    name: str
    unit_of_measure: str
    pk: int

    @property
    def is_project(self) -> bool:
        return ItemName(0, self.kind, self.number, "").is_project


@dataclass(frozen=True)
class OwnNumbers:
    """The unit's accepted figures of one indicator, in the order of the page's days."""

    indicator: OwnIndicator
    values: list[Decimal | None]


@dataclass(frozen=True)
class UnitPage:
    """`loads`: filings owed by 数据截至, `coming` those not yet opened, as it stands today."""

    unit: Unit
    roles: list[tuple[str, list[OwnItem]]]
    led: Tally
    facts: list[FactGroup]
    heat: HeatMap
    loads: list[tuple[date, int]]
    coming: list[tuple[date, int]]
    days: list[date]
    numbers: list[OwnNumbers]
    has_finalized: bool  # whether there is anything that facts could count

    @property
    def count(self) -> int:
        return sum(len(items) for _, items in self.roles)

    @property
    def primaries(self) -> int:
        """Items whose report it writes."""
        return sum(each.held.is_primary for _, items in self.roles for each in items)

    @property
    def most(self) -> int:
        """The greatest load of a month."""
        return max((count for _, count in [*self.loads, *self.coming]), default=0)


def unit_page(plan: Plan, unit: Unit, actor: Actor, now: datetime) -> UnitPage:
    """Seven queries. Who only reads sees what is finalized (design.md section 4)."""
    today = now.date()
    seen = set(seen_ids(plan, actor))
    ever = _ever(plan, unit, seen, today)
    newest = newest_of(plan, unit.pk)
    items = [
        OwnItem(each, newest.get(each.task.pk))
        for each in ever
        if holds(each.starts_on, each.ends_on, today)
    ]
    reliefs = Reliefs.of(plan)
    made = lines_of_unit(plan, today, unit.pk, reliefs)
    lines = [each for each in made if _shows(each, actor, seen)]
    behind = behind_among(_led(unit, ever), newest)
    facts = all_facts(plan, None, behind, lines, unit.pk)
    days, numbers = _numbers(plan, unit, seen, is_frozen=actor.is_reader)
    return UnitPage(
        unit=unit,
        roles=_by_role(items),
        led=tally_of([each.light for each in items if each.held.role in LEADING]),
        facts=_facts([each for each in facts if each.task.pk in seen]),
        heat=heat_map(counted_of(line.report for line in lines), days_before(plan)),
        loads=sorted(Counter(line.report.period.data_as_of for line in lines).items()),
        coming=_coming(plan, items, reliefs.on(today), today),
        days=days,
        numbers=numbers,
        has_finalized=bool(finalized_until(plan, None)),
    )


def _ever(plan: Plan, unit: Unit, seen: Collection[int], today: date) -> list[Held]:
    """What the unit answers or answered for among the items `seen`, as numbered."""
    reporting = reporting_ids(plan, today)
    named = len(ITEM)
    found = []
    for row in _held(plan.pk, unit.pk, today):
        name, pk, shown = ItemName(*row[:named]), row[named], row[named + 1 :]
        if name.pk in seen:
            found.append(Held._make((name, *shown, pk in reporting)))
    return found


@prepared_rows
def _held(plan_id: int, unit_id: int, today: date) -> QuerySet[Any, Any]:
    """Name of the item, id of the responsibility, and what `Held` shows of it."""
    shares = IndicatorShare.objects.on(today).filter(unit=unit_id, indicator__task=OuterRef("task"))
    rows = (
        Responsibility.objects.filter(unit=unit_id, task__plan=plan_id)
        .annotate(has_share=Exists(shares))
        .order_by("task__kind", "task__number", "-is_primary", "ordinal", "pk")
    )
    columns = (*(f"task__{name}" for name in ITEM), "pk", "task__cycle", *Held._fields[2:-1])
    shown: QuerySet[Any, Any] = rows.values_list(*columns)
    return shown


def _led(unit: Unit, ever: Iterable[Held]) -> list[Lead]:
    name = UnitName(unit.pk, unit.name, unit.ordinal, unit.telephone)
    return [
        Lead(name, each.task, each.starts_on, each.ends_on) for each in ever if each.role in LEADING
    ]


def _shows(line: FilingLine, actor: Actor, seen: Collection[int]) -> bool:
    """Who only reads does not see what is under way."""
    return line.report.task.pk in seen and not (actor.is_reader and line.is_open)


def _by_role(items: Sequence[OwnItem]) -> list[tuple[str, list[OwnItem]]]:
    """牵头, 责任, 配合, each in the order of the notice; empty ones left out."""
    found = [
        (str(role.label), [each for each in items if each.held.role == role])
        for role in ResponsibilityRole
    ]
    return [(word, own) for word, own in found if own]


def _facts(facts: Sequence[Fact]) -> list[FactGroup]:
    return [
        FactGroup(kind, word, [each for each in facts if each.kind == kind])
        for kind, word in KINDS.items()
    ]


def _coming(
    plan: Plan, items: Iterable[OwnItem], relieved: Collection[int], today: date
) -> list[tuple[date, int]]:
    """By 数据截至 of the periods to come: what is owed if nothing changes."""
    cycles = Counter(
        held.cycle for held, _ in items if held.task.pk not in relieved and _owes(held)
    )
    found: Counter[date] = Counter()
    for period in periods_of(plan):
        if period.opens_on > today and not period.is_before and cycles[period.cycle]:
            found[period.data_as_of] += cycles[period.cycle]
    return sorted(found.items())


def _owes(held: Held) -> bool:
    return duty_of(held, held.has_share, held.has_own) is not None


def _numbers(
    plan: Plan, unit: Unit, seen: Collection[int], *, is_frozen: bool
) -> tuple[list[date], list[OwnNumbers]]:
    """What was accepted: its part of a split number, and the city's figure where it files it."""
    periods = {period.pk: period for period in periods_of(plan)}
    values: dict[OwnIndicator, dict[date, Decimal | None]] = {}
    found = [row for row in _accepted(plan.pk, unit.pk) if row[4] in seen]  # headlines have no item
    for kind, number, _, _, _, period_id, value, verified, *own in sorted(found):
        period = periods[period_id]
        if period.is_finalized or not is_frozen:
            indicator = OwnIndicator(kind, number, *own)
            effective = verified if verified is not None else value
            values.setdefault(indicator, {})[period.data_as_of] = effective
    days = sorted({day for own in values.values() for day in own})
    return days, [OwnNumbers(each, [own.get(day) for day in days]) for each, own in values.items()]


@prepared_rows
def _accepted(plan_id: int, unit_id: int) -> QuerySet[Any, Any]:
    """Two roads to few rows: one condition for both would read every figure of the year."""
    accepted = Reading.objects.order_by().filter(
        version__report__accepted_version=F("version"), version__report__period__plan=plan_id
    )
    columns = (
        "indicator__task__kind",
        "indicator__task__number",
        "indicator__ordinal",
        "pk",
        "indicator__task_id",
        "version__report__period_id",
        "value",
        "verified",
        "indicator__name",
        "indicator__unit_of_measure",
        "indicator_id",
    )
    of_city = accepted.filter(unit=None, version__report__responsibility__unit=unit_id)
    return (
        accepted.filter(unit=unit_id)
        .values_list(*columns)
        .union(of_city.values_list(*columns), all=True)
    )
