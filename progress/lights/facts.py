"""What a light depends on: plain facts of one task at one date. `progress.judging` finds them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from progress.states import Light

CUMULATIVE, RATE = "cumulative", "rate"
AT_MOST, BETWEEN = "le", "between"
DOWN = "down"


@dataclass(frozen=True)
class IndicatorFact:
    """One indicator at a date. `actual` is the figure in force; None when never filled.

    `planned` is the planned cumulative value at that date; `upper` the other end of `between`.
    """

    name: str
    target: Decimal | None
    actual: Decimal | None = None
    kind: str = CUMULATIVE
    comparator: str = "ge"
    direction: str = "up"
    upper: Decimal | None = None
    baseline: Decimal | None = None
    planned: Decimal | None = None
    unit_of_measure: str = ""
    months_before: int = 0  # of the year, over before the number was given out
    weight: Decimal = Decimal(1)  # among the rows of its item

    @property
    def counts(self) -> bool:
        """Whether it is measured as a part of its target: not so rates, ceilings, or no number."""
        return self.kind == CUMULATIVE and self.target is not None and not self.is_ceiling

    @property
    def is_ceiling(self) -> bool:
        """…以内 without a higher figure to come down from: kept or broken, never a part done."""
        if self.comparator != AT_MOST or self.target is None:
            return False
        return self.baseline is None or self.baseline <= self.target

    @property
    def falls(self) -> bool:
        """Whether progress means a smaller figure."""
        return self.direction == DOWN or self.comparator == AT_MOST


@dataclass(frozen=True)
class MilestoneFact:
    """One step of the 办理方案."""

    name: str
    due_on: date
    weight: Decimal = Decimal(1)
    done_on: date | None = None

    def is_done(self, day: date) -> bool:
        return self.done_on is not None and self.done_on <= day

    def is_overdue(self, day: date) -> bool:
        return self.due_on < day and not self.is_done(day)


REACHED = frozenset({Light.DONE, Light.AHEAD, Light.ON_PACE})  # 达到序时进度
BEHIND = frozenset({Light.SLOW, Light.LATE})  # 未达序时进度
NEEDS_REASON = frozenset({Light.SLOW, Light.LATE, Light.NOT_STARTED})  # the unit says why
PROPOSABLE = (Light.AHEAD, Light.ON_PACE, Light.SLOW, Light.LATE, Light.NOT_STARTED, Light.DONE)

WITHOUT_PERCENT = frozenset({"qualitative", "ongoing"})

MARK_MISSING, MARK_IN_REVIEW, MARK_CORRECTED = "未报送", "待审核", "已更正"
MARK_NO_SCHEME, MARK_ESTIMATE = "未报办理方案", "预计数"


@dataclass(frozen=True)
class Thresholds:
    """Percentage points of percent − expected (design.md section 4; dated in `PlanRule`)."""

    ahead: Decimal = Decimal(10)
    on_pace: Decimal = Decimal(-5)
    slow: Decimal = Decimal(-15)


@dataclass(frozen=True)
class TaskFacts:
    """Everything a light depends on, as of `data_as_of`.

    `claimed_on` is the day of a completion claim that was not rejected; `closed_outcome` the
    approved year-end outcome (empty before); `previous_gap` the frozen gap of the period before.
    """

    tracking: str
    data_as_of: date
    deadline: date
    year: int
    indicators: tuple[IndicatorFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    has_accepted: bool = True
    proposed_light: str = ""
    previous_gap: Decimal | None = None
    planned_start: date | None = None
    claimed_on: date | None = None
    closed_outcome: str = ""
    is_suspended: bool = False
    is_missing: bool = False
    is_in_review: bool = False
    is_corrected: bool = False
    is_estimate: bool = False
    counts_steps: bool = False  # whether steps and weights count beside numbers, by its period
    steps_weight: Decimal = Decimal(1)
