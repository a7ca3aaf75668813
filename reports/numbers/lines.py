"""Numbers with their targets, plans and county parts, at a date: on item, overview and projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from progress.judging.figures import Figures
from progress.judging.loading import planned_value
from reports.numbers.outlook import Outlook, outlook_of
from tasks.models import (
    Comparator,
    Direction,
    Indicator,
    IndicatorKind,
    IndicatorShare,
    Task,
)
from units.models import Unit


@dataclass(frozen=True)
class IndicatorLine:
    """One number at a date: target, plan, actual; `step` is the change since the period before."""

    indicator: Indicator
    target: Decimal | None
    upper: Decimal | None
    planned: Decimal | None
    actual: Decimal | None
    started: Decimal | None
    step: Decimal | None
    source: str = ""
    outlook: Outlook | None = None  # of the city's cumulative number that has a target

    @property
    def percent(self) -> Decimal | None:
        return _part(self.actual, self.target, self.indicator)

    @property
    def planned_percent(self) -> Decimal | None:
        return _part(self.planned, self.target, self.indicator)

    @property
    def start_percent(self) -> Decimal | None:
        """开工率; it always stands beside 完工率."""
        return _part(self.started, self.target, self.indicator)

    @property
    def against_target(self) -> str:
        """For a rate: how it stands to the target, in percent points."""
        if self.indicator.kind != IndicatorKind.RATE or self.actual is None or self.target is None:
            return ""
        gap = self.actual - self.target
        if gap == 0:
            return "与目标持平"
        word = "高于" if gap > 0 else "低于"
        return f"{word}目标{abs(gap).normalize():f}个百分点"


@dataclass(frozen=True)
class CountyLine:
    """A unit's part of an indicator."""

    unit: Unit
    line: IndicatorLine


@dataclass(frozen=True)
class CountyTable:
    """The parts of one indicator and their sum, beside the city's figure."""

    city: IndicatorLine
    lines: list[CountyLine]

    @property
    def total(self) -> Decimal:
        return sum((each.line.actual or Decimal(0) for each in self.lines), Decimal(0))

    @property
    def target(self) -> Decimal:
        return sum((each.line.target or Decimal(0) for each in self.lines), Decimal(0))

    @property
    def adds_up(self) -> bool:
        return self.city.actual is None or self.total == self.city.actual


@dataclass(frozen=True)
class Past:
    """One number at the end of one period: planned, actual, started."""

    planned: Decimal | None
    actual: Decimal | None
    started: Decimal | None


@dataclass
class Tables:
    """The numbers of one item."""

    lines: list[IndicatorLine] = field(default_factory=list)
    counties: list[CountyTable] = field(default_factory=list)


def tables_on(
    tasks: Sequence[Task], days: Mapping[int, date], figures: Figures
) -> dict[int, Tables]:
    """Task id → its numbers in force on its own day; one query.

    Tasks come from `progress.judging.loading.load_tasks`.
    """
    shares: dict[int, list[IndicatorShare]] = defaultdict(list)
    held = IndicatorShare.objects.filter(indicator__task__in=tasks).select_related("unit")
    for share in held.order_by("unit__ordinal"):
        shares[share.indicator_id].append(share)
    return {task.pk: _tables(task, days[task.pk], figures, shares) for task in tasks}


def _tables(
    task: Task, day: date, figures: Figures, shares: Mapping[int, Sequence[IndicatorShare]]
) -> Tables:
    tables = Tables()
    for indicator in task.indicators.all():
        line = _line(indicator, None, figures, day)
        tables.lines.append(line)
        own = [share for share in shares.get(indicator.pk, ()) if share.holds_on(day)]
        if own:
            parts = [CountyLine(s.unit, _line(indicator, s, figures, day)) for s in own]
            tables.counties.append(CountyTable(line, parts))
    return tables


def _line(
    indicator: Indicator,
    share: IndicatorShare | None,
    figures: Figures,
    day: date,
) -> IndicatorLine:
    unit_id = share.unit_id if share is not None else None
    target = share if share is not None else indicator.target_on(day)
    values = figures.values(indicator.pk, unit_id, day)
    actual = values[-1] if values else None
    if share is None:
        actual = figures.of_city(indicator.pk, day)
    return IndicatorLine(
        indicator=indicator,
        target=target.value if target is not None else None,
        upper=getattr(target, "upper", None),
        planned=planned_value(indicator, unit_id, day),
        actual=actual,
        started=figures.started(indicator.pk, unit_id, day),
        step=values[-1] - values[-2] if len(values) > 1 else None,
        source=figures.source(indicator.pk, day) if share is None else "",
        outlook=_outlook(indicator, figures, day) if share is None else None,
    )


def _outlook(indicator: Indicator, figures: Figures, day: date) -> Outlook | None:
    """Rates are not projected, nor what should stay below its target."""
    target = indicator.target_on(day)
    is_counted = indicator.kind == IndicatorKind.CUMULATIVE and indicator.direction == Direction.UP
    if target is None or not is_counted or indicator.comparator == Comparator.LE:
        return None
    return outlook_of(
        figures.series_of_city(indicator.pk, day),
        target=target.value,
        unit_of_measure=indicator.unit_of_measure,
        start=indicator.baseline or Decimal(0),
    )


def _part(value: Decimal | None, target: Decimal | None, indicator: Indicator) -> Decimal | None:
    if value is None or not target or indicator.kind != IndicatorKind.CUMULATIVE:
        return None
    return value / target * 100
