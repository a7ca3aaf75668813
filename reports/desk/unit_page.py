"""单位主页: what one unit answers for, its own numbers, how it has filed, and its load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from progress.judging.loading import deadline_on
from progress.models import Reading, TaskPeriod
from progress.periods.access import periods_of
from progress.periods.owed import Reliefs, duty_of
from reports.ledger.rows import Holder, LedgerRow
from reports.stats.facts import KINDS, Fact, facts_of, finalized_until
from reports.stats.filing_lines import FilingLine, filing_lines
from reports.stats.heat import HeatMap, heat_map
from reports.stats.lights import Tally, tally
from reports.stats.units import LEADING
from tasks.models import Indicator, IndicatorShare, Milestone, Plan, ResponsibilityRole, Task
from tasks.models import Responsibility as Held
from units.actors import Actor
from units.models import Unit

Pair = tuple[LedgerRow, Held]


@dataclass(frozen=True)
class FactGroup:
    """One kind of facts with its rows."""

    kind: str
    word: str
    facts: list[Fact]


@dataclass(frozen=True)
class OwnNumbers:
    """The unit's accepted figures of one indicator, in the order of the page's days."""

    indicator: Indicator
    values: list[Decimal | None]


@dataclass(frozen=True)
class UnitPage:
    """`loads`: filings owed by 数据截至, `coming` those not yet opened, as it stands today."""

    unit: Unit
    roles: list[tuple[str, list[Pair]]]
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
        return sum(len(pairs) for _, pairs in self.roles)

    @property
    def primaries(self) -> int:
        """Items whose report it writes."""
        return sum(held.is_primary for _, pairs in self.roles for _, held in pairs)

    @property
    def most(self) -> int:
        """The greatest load of a month."""
        return max((count for _, count in [*self.loads, *self.coming]), default=0)


def unit_page(plan: Plan, unit: Unit, actor: Actor, now: datetime) -> UnitPage:
    """About twenty queries. Who only reads sees what is finalized (design.md section 4)."""
    today = now.date()
    seen = _seen(plan, actor)
    pairs = _items(plan, unit, seen, today)
    lines = filing_lines(plan, now, unit.pk)
    lines = [each for each in lines if _shows(each, actor, seen)]
    facts = facts_of(plan, None, lines, unit.pk)
    days, numbers = _numbers(plan, unit, seen, is_frozen=actor.is_reader)
    return UnitPage(
        unit=unit,
        roles=_by_role(pairs),
        led=tally([row for row, held in pairs if held.role in LEADING]),
        facts=_facts([each for each in facts if each.task.pk in seen]),
        heat=heat_map(lines),
        loads=sorted(Counter(line.report.period.data_as_of for line in lines).items()),
        coming=_coming(plan, pairs, today),
        days=days,
        numbers=numbers,
        has_finalized=bool(finalized_until(plan, None)),
    )


def _seen(plan: Plan, actor: Actor) -> set[int]:
    """The items that the actor may see."""
    visible = Task.objects.visible_to(actor).filter(plan=plan)
    return set(visible.values_list("pk", flat=True))


def _items(plan: Plan, unit: Unit, seen: set[int], today: date) -> list[Pair]:
    """What the unit answers for today among the items `seen`, with its latest 定稿 and what it
    reports on; three queries.
    """
    shares = IndicatorShare.objects.on(today).filter(unit=unit, indicator__task=OuterRef("task"))
    reported = Exists(Indicator.objects.filter(responsibility=OuterRef("pk"))) | Exists(
        Milestone.objects.filter(responsibility=OuterRef("pk"))
    )
    held = Held.objects.on(today).filter(unit=unit, task__in=seen)
    held = held.annotate(has_share=Exists(shares), has_own=reported).select_related("task")
    in_order = held.prefetch_related("task__deadlines").order_by("task__kind", "task__number")
    found = list(in_order)
    latest = TaskPeriod.objects.latest_of(plan).filter(task__in=[each.task_id for each in found])
    frozen = {row.task_id: row for row in latest.select_related("period")}
    for each in found:
        each.task.plan, each.unit = plan, unit
    return [(_row(each, frozen, today), each) for each in found]


def _row(held: Held, frozen: dict[int, TaskPeriod], today: date) -> LedgerRow:
    due_on = deadline_on(held.task, today)
    return LedgerRow(held.task, due_on, holders=[Holder.of(held)], frozen=frozen.get(held.task_id))


def _shows(line: FilingLine, actor: Actor, seen: set[int]) -> bool:
    """Who only reads does not see what is under way."""
    return line.report.responsibility.task_id in seen and not (actor.is_reader and line.is_open)


def _by_role(pairs: Sequence[Pair]) -> list[tuple[str, list[Pair]]]:
    """牵头, 责任, 配合, each in the order of the notice; empty ones left out."""
    found = [
        (str(role.label), [pair for pair in pairs if pair[1].role == role])
        for role in ResponsibilityRole
    ]
    return [(word, own) for word, own in found if own]


def _facts(facts: Sequence[Fact]) -> list[FactGroup]:
    return [
        FactGroup(kind, word, [each for each in facts if each.kind == kind])
        for kind, word in KINDS.items()
    ]


def _coming(plan: Plan, pairs: Sequence[Pair], today: date) -> list[tuple[date, int]]:
    """By 数据截至 of the periods to come: what is owed if nothing changes."""
    relieved = Reliefs.of(plan).on(today)
    cycles = Counter(
        held.task.cycle for _, held in pairs if held.task_id not in relieved and _owes(held)
    )
    found: Counter[date] = Counter()
    for period in periods_of(plan):
        if period.opens_on > today and cycles[period.cycle]:
            found[period.data_as_of] += cycles[period.cycle]
    return sorted(found.items())


def _owes(held: Any) -> bool:
    """`held` with `has_share` and `has_own`, as `_items` reads it."""
    return duty_of(held, held.has_share, held.has_own) is not None


def _numbers(
    plan: Plan, unit: Unit, seen: set[int], *, is_frozen: bool
) -> tuple[list[date], list[OwnNumbers]]:
    """What was accepted: its part of a split number, and the city's figure where it files it."""
    its = Q(unit=unit) | Q(unit=None, version__report__responsibility__unit=unit)
    accepted = Reading.objects.filter(
        its,
        version__report__accepted_version=F("version"),
        version__report__period__plan=plan,
        indicator__task__in=seen,
    ).select_related("indicator__task", "version__report__period")
    values: dict[Indicator, dict[date, Decimal | None]] = {}
    for reading in accepted.order_by(
        "indicator__task__kind", "indicator__task__number", "indicator"
    ):
        period = reading.version.report.period
        if period.is_finalized or not is_frozen:
            if reading.indicator.task is not None:  # headline numbers have none
                reading.indicator.task.plan = plan
            values.setdefault(reading.indicator, {})[period.data_as_of] = reading.effective
    days = sorted({day for own in values.values() for day in own})
    return days, [OwnNumbers(each, [own.get(day) for day in days]) for each, own in values.items()]
