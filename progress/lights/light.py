"""The light of one task at one date, with the reason in words. Pure.

Source: design.md section 4, "Lights". `light_for` never raises and always says why.
"""

from dataclasses import dataclass
from decimal import Decimal

from progress.lights.facts import (
    BEHIND,
    MARK_CORRECTED,
    MARK_ESTIMATE,
    MARK_IN_REVIEW,
    MARK_MISSING,
    MARK_NO_SCHEME,
    NEEDS_REASON,
    PROPOSABLE,
    REACHED,
    WITHOUT_PERCENT,
    IndicatorFact,
    MilestoneFact,
    TaskFacts,
    Thresholds,
)
from progress.lights.measures import Expected, expected_for, percent_for
from progress.lights.rows import Row, expected_of_rows, lowest_of, percent_of_rows, rows_of
from progress.lights.rules import RULES, Case
from progress.states import Light, lowest_words

__all__ = [
    "BEHIND",
    "NEEDS_REASON",
    "PROPOSABLE",
    "REACHED",
    "IndicatorFact",
    "Judgement",
    "Light",
    "MilestoneFact",
    "TaskFacts",
    "Thresholds",
    "expected_for",
    "judged_in_words",
    "light_for",
    "percent_for",
]


@dataclass(frozen=True)
class Judgement:
    """A light with all it rests on; `gap` is percent − expected in percentage points."""

    light: Light
    percent: Decimal | None
    expected: Decimal | None
    basis: str
    gap: Decimal | None
    reason_in_words: str
    marks: tuple[str, ...] = ()
    lowest: Row | None = None  # the row that the mean of several hides

    @property
    def lowest_in_words(self) -> str:
        """The same as it is printed; empty where there is none."""
        return lowest_words(self.lowest.name, self.lowest.percent) if self.lowest else ""


STANDARD = Thresholds()  # design.md section 4; a plan may set its own


def light_for(facts: TaskFacts, thresholds: Thresholds = STANDARD) -> Judgement:
    """Judge one task. Total: every combination of facts gives a light and a sentence."""
    case = _measure(facts, thresholds)
    light, reason = next(verdict for rule in RULES if (verdict := rule(case)) is not None)
    return Judgement(
        light=light,
        percent=case.percent,
        expected=case.expected.percent if case.expected else None,
        basis=case.expected.basis if case.expected else "",
        gap=case.gap,
        reason_in_words=reason,
        marks=_marks(case),
        lowest=case.lowest,
    )


def judged_in_words(facts: TaskFacts) -> bool:
    """Whether the unit must propose a light: qualitative, ongoing, or nothing to measure by."""
    return percent_of(facts) is None


def percent_of(facts: TaskFacts) -> Decimal | None:
    """The item's percent, or None when it is judged in words."""
    if facts.tracking in WITHOUT_PERCENT:
        return None
    if facts.counts_steps:
        rows = rows_of(facts)
        return percent_of_rows(rows) if rows else None
    return percent_for(facts.indicators, facts.milestones, facts.data_as_of)


def _measure(facts: TaskFacts, thresholds: Thresholds) -> Case:
    percent = percent_of(facts)
    if percent is None:
        return Case(facts, thresholds, None, None)
    lowest = lowest_of(rows_of(facts)) if facts.counts_steps else None
    return Case(facts, thresholds, percent, _expected(facts), lowest)


def _expected(facts: TaskFacts) -> Expected:
    if facts.counts_steps:
        return expected_of_rows(rows_of(facts))
    return expected_for(facts.indicators, facts.milestones, facts.data_as_of, facts.year)


def _marks(case: Case) -> tuple[str, ...]:
    facts = case.facts
    measurable = facts.tracking not in WITHOUT_PERCENT
    marks = (
        (facts.is_missing, MARK_MISSING),
        (facts.is_in_review, MARK_IN_REVIEW),
        (facts.is_corrected, MARK_CORRECTED),
        (facts.is_estimate, MARK_ESTIMATE),
        (measurable and case.percent is None, MARK_NO_SCHEME),
    )
    return tuple(mark for applies, mark in marks if applies)
