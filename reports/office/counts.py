"""What waits for the office beside the filings: one query for all numbers of all plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from progress.periods.access import periods_of
from reports.frame.tallied import tallied
from reports.frame.waiting import waiting_sets
from tasks.models import Plan
from tasks.naming.desk import ORDER, RELEVANT_OPEN, counted_states


def office_counts(plans: Sequence[Plan], today: date) -> list[dict[str, int]]:
    """Of each plan name → what waits; the names are those of `waiting_sets` and of the states of a
    designation.
    """
    counted = tallied(tuple(plans), today, waiting_sets)
    return [
        {"to_finalize": ready_to_finalize(plan, today), **counts, **_namings(plan, today)}
        for plan, counts in zip(plans, counted, strict=True)
    ]


def ready_to_finalize(plan: Plan, today: date) -> int:
    """Periods that can be finalized."""
    return sum(p.is_open(today) and p.closes_on <= today for p in periods_of(plan))


def _namings(plan: Plan, today: date) -> dict[str, int]:
    counted = counted_states(plan, today)
    return {state: counted[state] for state in (*ORDER, RELEVANT_OPEN)}
