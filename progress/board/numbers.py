"""Numbers with their targets, plans and county parts at a date, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from msgspec import structs

from progress.board.outlook import Outlook, outlook_of
from progress.board.shown import Frozen, Kept, Short, UnitName
from progress.judging.figures import Figures
from progress.judging.loading import planned_value, shares_of
from progress.lights.measures import BY_TIME, PARTLY_BY_TIME, part_of_year
from tasks.commitments.promised import Listed, listed_of, promised_of
from tasks.models import Comparator, Direction, Indicator, IndicatorKind, IndicatorShare, Task

HUNDREDTH = Decimal("0.01")


class Number(Short, frozen=True, kw_only=True):
    """What is counted; of what stands in `Indicator`."""

    pk: int = 0
    task_id: int | None = None
    name: str
    unit_of_measure: str
    kind: str
    comparator: str = str(Comparator.GE)
    direction: str = str(Direction.UP)
    tracks_start: bool = False
    baseline: Decimal | None = None
    added_on: date | None = None
    months_before: int = 0


class IndicatorLine(Kept, frozen=True, kw_only=True, omit_defaults=True):
    """One number at a date: target, plan, actual; `step` is the change since the period before.

    `outlook` is that of the city's cumulative number that has a target.
    """

    indicator: Number
    target: Decimal | None = None
    upper: Decimal | None = None
    planned: Decimal | None = None
    actual: Decimal | None = None
    started: Decimal | None = None
    step: Decimal | None = None
    source: str = ""
    outlook: Outlook | None = None
    as_of: date | None = None  # the end of the period that brought `actual`

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


class CountyLine(Kept, frozen=True, kw_only=True):
    """A unit's part of an indicator."""

    unit: UnitName
    line: IndicatorLine


class CountyTable(Kept, frozen=True, kw_only=True):
    """The parts of one indicator and their sum, beside the city's figure."""

    city: IndicatorLine
    lines: tuple[CountyLine, ...]

    @property
    def total(self) -> Decimal:
        return sum((each.line.actual or Decimal(0) for each in self.lines), Decimal(0))

    @property
    def target(self) -> Decimal:
        return sum((each.line.target or Decimal(0) for each in self.lines), Decimal(0))

    @property
    def adds_up(self) -> bool:
        return self.city.actual is None or self.total == self.city.actual


class Pledge(Short, frozen=True, kw_only=True):
    """A commitment of the item's sentence and what measures it: numbers by name, steps by id;
    `done` of them by then, `last` of these on `last_on`.
    """

    text: str
    measure: str
    why: str = ""
    is_open: bool = False
    numbers: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()
    done: int = 0
    last: str = ""
    last_on: date | None = None


class Tables(Kept, frozen=True, kw_only=True, omit_defaults=True):
    """The numbers of one item, and its commitments; `steps` is how many milestones it has."""

    lines: tuple[IndicatorLine, ...] = ()
    counties: tuple[CountyTable, ...] = ()
    steps: int = 0
    pledges: tuple[Pledge, ...] = ()

    @property
    def as_of(self) -> date | None:
        """The end of the oldest period that a counted number of it comes from."""
        counted = (line.as_of for line in self.lines if line.percent is not None)
        return min((day for day in counted if day is not None), default=None)

    @property
    def is_short(self) -> bool:
        """Whether a number will lack something at the end of the year."""
        return any(line.outlook is not None and line.outlook.is_short for line in self.lines)


def tables_on(
    tasks: Sequence[Task],
    days: Mapping[int, date],
    figures: Figures,
    names: Mapping[int, str],
    done: Mapping[int, date] | None = None,
) -> dict[int, Tables]:
    """Task id → its numbers in force on its own day; two queries. `names`: of units, where they
    are not called as today. `done`: step (id) → the day on which it was done, as far as that
    counts.

    Tasks come from `progress.judging.loading.load_tasks`.
    """
    shares: dict[int, list[IndicatorShare]] = defaultdict(list)
    for share in shares_of(tasks=[task.pk for task in tasks]):
        shares[share.indicator_id].append(share)
    listed = listed_of([task.pk for task in tasks])
    return {
        task.pk: structs.replace(
            _tables(task, days[task.pk], figures, shares, names),
            pledges=tuple(_pledges(task, listed[task.pk], done or {})),
        )
        for task in tasks
    }


def _pledges(task: Task, listed: Sequence[Listed], done: Mapping[int, date]) -> Iterator[Pledge]:
    titles = {step.pk: step.title for step in task.milestones.all()}
    for each in promised_of(task, listed):
        known = [(done[pk], titles[pk]) for pk in each.steps if pk in done]
        last_on, last = max(known, default=(None, ""))
        yield Pledge(
            text=each.text,
            measure=each.measure,
            why=each.why,
            is_open=each.is_open,
            numbers=each.numbers,
            steps=each.steps,
            done=len(known),
            last=last,
            last_on=last_on,
        )


def planned_then(
    indicator: Number | Indicator,
    planned: Decimal | None,
    target: Decimal | None,
    frozen: Frozen | None,
    year: int,
) -> Decimal | None:
    """The planned value at a 定稿; without a plan the target's part for the months passed, where
    that stood for 本期计划 then (按时间折算).
    """
    is_counted = indicator.kind == IndicatorKind.CUMULATIVE and indicator.baseline is None
    if planned is not None or target is None or not is_counted or not is_by_time(frozen):
        return planned
    assert frozen is not None  # what is not finalized has no plan by time
    part = target * part_of_year(frozen.period.data_as_of, year, indicator.months_before)
    return part.quantize(HUNDREDTH, ROUND_HALF_UP)


def is_by_time(frozen: Frozen | None) -> bool:
    """Whether 本期计划 stands, wholly or in part, for months passed and not for a plan."""
    return frozen is not None and frozen.expected_basis in (BY_TIME, PARTLY_BY_TIME)


def _tables(
    task: Task,
    day: date,
    figures: Figures,
    shares: Mapping[int, Sequence[IndicatorShare]],
    names: Mapping[int, str],
) -> Tables:
    lines, counties = [], []
    for indicator in task.indicators.all():
        line = _line(indicator, None, figures, day)
        lines.append(line)
        own = [share for share in shares.get(indicator.pk, ()) if share.holds_on(day)]
        if own:
            parts = [
                CountyLine(
                    unit=UnitName.named(s.unit, names), line=_line(indicator, s, figures, day)
                )
                for s in own
            ]
            counties.append(CountyTable(city=line, lines=tuple(parts)))
    steps = len(task.milestones.all())
    return Tables(lines=tuple(lines), counties=tuple(counties), steps=steps)


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
        indicator=Number.of(indicator),
        target=target.value if target is not None else None,
        upper=getattr(target, "upper", None),
        planned=planned_value(indicator, unit_id, day),
        actual=actual,
        started=figures.started(indicator.pk, unit_id, day),
        step=values[-1] - values[-2] if len(values) > 1 else None,
        source=figures.source(indicator.pk, day) if share is None else "",
        outlook=_outlook(indicator, figures, day) if share is None else None,
        as_of=_day(indicator, unit_id, figures, day),
    )


def _day(indicator: Indicator, unit_id: int | None, figures: Figures, day: date) -> date | None:
    if unit_id is None:
        return figures.day_of_city(indicator.pk, day)
    return figures.day(indicator.pk, unit_id, day)


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


def _part(value: Decimal | None, target: Decimal | None, indicator: Number) -> Decimal | None:
    if value is None or not target or indicator.kind != IndicatorKind.CUMULATIVE:
        return None
    return value / target * 100
