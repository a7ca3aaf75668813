"""Percent and expected progress of one task: the arithmetic under the lights. Pure.

Source: design.md section 4, "Expected" and "Percent". All figures are Decimals in percent with one
decimal, rounded half up, so that what is printed is what was judged and the difference adds up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from huangshi_tasks.lib.workdays import ONE_DAY
from progress.lights.facts import IndicatorFact, MilestoneFact

ZERO, HUNDRED = Decimal(0), Decimal(100)
TENTH = Decimal("0.1")
ALMOST_HUNDRED = Decimal("99.9")  # 2,999 of 3,000 is not finished and must not print as 100


@dataclass(frozen=True)
class Expected:
    """Expected percent and where it comes from, as printed: 按计划值, 按节点, 按时间折算."""

    percent: Decimal
    basis: str


BY_PLAN, BY_MILESTONES, BY_TIME = "按计划值", "按节点", "按时间折算"
BY_PLAN_AND_STEPS, PARTLY_BY_TIME = "按计划值和节点", "部分按时间折算"


def indicator_percent(indicator: IndicatorFact) -> Decimal | None:
    """Actual as percent of the target, uncapped; None when it is not measured so."""
    if not indicator.counts:
        return None
    actual = indicator.actual
    if actual is None:  # never filled counts 0
        return ZERO
    return rounded(_part_done(indicator, actual))


def percent_for(
    indicators: Iterable[IndicatorFact], milestones: Iterable[MilestoneFact], day: date
) -> Decimal | None:
    """The item's percent, 0 to 100: mean of its cumulative indicators, else milestones by weight.

    None when it has neither; such an item is judged in words. So in periods that do not count
    steps beside numbers (`progress.lights.rows` has the others).
    """
    parts = [actual_part(fact) for fact in indicators if fact.counts]
    if parts:
        return rounded(sum(parts, ZERO) / len(parts))
    return steps_done(list(milestones), day)


def actual_part(indicator: IndicatorFact) -> Decimal:
    """What is done of a number that counts, 0 to 100; never filled counts 0."""
    actual = indicator.actual
    return ZERO if actual is None else _capped(_part_done(indicator, actual))


def expected_part(indicator: IndicatorFact, day: date, year: int) -> Decimal:
    """What should be done of it at `day`: by its planned value, else by time."""
    if indicator.planned is None:
        return part_of_year(day, year, indicator.months_before) * HUNDRED
    return _capped(_part_done(indicator, indicator.planned))


def steps_done(steps: list[MilestoneFact], day: date) -> Decimal | None:
    """The weight of the steps that are done, in percent; None without steps."""
    return _by_weight(steps, [step for step in steps if step.is_done(day)])


def steps_due(steps: list[MilestoneFact], day: date) -> Decimal | None:
    """The same of those that should be."""
    return _by_weight(steps, [step for step in steps if step.due_on <= day])


def expected_for(
    indicators: Iterable[IndicatorFact],
    milestones: Iterable[MilestoneFact],
    day: date,
    year: int,
) -> Expected:
    """Expected percent at `day`: planned values if filed, else milestones, else months/12.

    An indicator without a planned value beside others that have one is expected by time.
    """
    counted = [fact for fact in indicators if fact.counts]
    planned = [fact for fact in counted if fact.planned is not None]
    if planned:
        parts = [expected_part(fact, day, year) for fact in counted]
        basis = BY_PLAN if len(planned) == len(counted) else PARTLY_BY_TIME
        return Expected(rounded(sum(parts, ZERO) / len(parts)), basis)
    due = steps_due(list(milestones), day)
    if due is not None:
        return Expected(due, BY_MILESTONES)
    if not counted:
        return Expected(rounded(part_of_year(day, year) * HUNDRED), BY_TIME)
    parts = [expected_part(fact, day, year) for fact in counted]
    return Expected(rounded(sum(parts, ZERO) / len(parts)), BY_TIME)


def part_of_year(day: date, year: int, months_before: int = 0) -> Decimal:
    """按时间折算: months over at the end of `day` of those that there are, 0 to 1. Of what was
    given out in mid-year, only the months since then count.
    """
    left = 12 - months_before
    return Decimal(max(months_passed(day, year) - months_before, 0)) / left


def months_passed(day: date, year: int) -> int:
    """Whole months of `year` that are over at the end of `day`, 0 to 12."""
    if day.year != year:
        return 0 if day.year < year else 12
    is_last_of_month = (day + ONE_DAY).month != day.month
    return day.month if is_last_of_month else day.month - 1


def _part_done(indicator: IndicatorFact, value: Decimal) -> Decimal:
    """`value` as percent of the way to the target; a target of zero is reached or it is not."""
    target = indicator.target if indicator.target is not None else ZERO
    if indicator.falls:
        return _part_lowered(indicator, value, target)
    if target <= 0:
        return HUNDRED if value >= target else ZERO
    return value / target * HUNDRED


def _part_lowered(indicator: IndicatorFact, value: Decimal, target: Decimal) -> Decimal:
    """How far a figure that shall fall has come from last year's end; without that, yes or no."""
    if indicator.baseline is None or indicator.baseline <= target:
        return HUNDRED if value <= target else ZERO
    return (indicator.baseline - value) / (indicator.baseline - target) * HUNDRED


def _by_weight(steps: list[MilestoneFact], counted: list[MilestoneFact]) -> Decimal | None:
    """Weight of `counted` among `steps` in percent; equal weights when none is set."""
    if not steps:
        return None
    total = sum((max(step.weight, ZERO) for step in steps), ZERO)
    if total == 0:
        return rounded(HUNDRED * len(counted) / len(steps))
    part = sum((max(step.weight, ZERO) for step in counted), ZERO)
    return rounded(part / total * HUNDRED)


def _capped(percent: Decimal) -> Decimal:
    return min(max(percent, ZERO), HUNDRED)


def rounded(percent: Decimal) -> Decimal:
    """To one decimal, half up; what is not finished never reads as 100."""
    tenth = percent.quantize(TENTH, rounding=ROUND_HALF_UP)
    return ALMOST_HUNDRED if percent < HUNDRED <= tenth else tenth
