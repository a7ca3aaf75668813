"""Everything that is open on a day, of all kinds: the one answer for planning, cancelling and the
forecast of an item.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huangshi_tasks.lib.workdays import Overrides
from progress.models import Period, PeriodState
from progress.reminding.case import Case
from progress.reminding.ladders import ladders_of
from progress.reminding.open import beginnings, filings, matters, milestones, waiting
from tasks.models import Plan, PlanState


def open_cases(today: date, overrides: Overrides) -> list[Case]:
    """Of every active plan."""
    plans = Plan.objects.filter(state=PlanState.ACTIVE)
    return [case for plan in plans for case in cases_of(plan, today, overrides)]


def cases_of(plan: Plan, today: date, overrides: Overrides) -> Iterator[Case]:
    """Of one plan, whether active or not."""
    ladders = ladders_of(plan, today)
    collecting = Period.objects.filter(plan=plan, state=PeriodState.COLLECTING)
    periods = list(collecting.opened(today))
    yield from filings.cases(plan, periods, ladders, today, overrides)
    yield from waiting.cases(plan, periods, ladders)
    yield from milestones.cases(plan, ladders, today, overrides)
    yield from beginnings.cases(plan, ladders, today, overrides)
    yield from matters.cases(plan, ladders, today, overrides)
