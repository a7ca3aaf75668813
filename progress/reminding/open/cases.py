"""Everything that is open on a day, of all kinds: the one answer for planning, cancelling and the
forecast of an item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain

from huangshi_tasks.lib.workdays import Overrides
from progress.models import Period, PeriodState
from progress.reminding.case import Case, Opened
from progress.reminding.ladders import ladders_of
from progress.reminding.open import beginnings, filings, matters, milestones, waiting
from tasks.models import Plan, PlanState, Task
from units.job_runs import one_by_one

Kind = Callable[[], Iterable[Case]]
OF_ITEMS = ("报送", "退回、审签和审核", "节点")  # the others ask something of a unit as a whole


def open_cases(today: date, overrides: Overrides) -> Opened:
    """Of every active plan. A kind that cannot be looked at costs itself alone."""
    plans = Plan.objects.filter(state=PlanState.ACTIVE)
    kinds = {
        f"{plan.slug}年{name}提醒": kind  # two plans of a year are two
        for plan in plans
        for name, kind in _kinds(plan, today, overrides).items()
    }
    found = one_by_one(kinds, lambda name: list(kinds[name]()))
    return Opened(list(chain.from_iterable(found)), is_whole=len(found) == len(kinds))


def cases_of(task: Task, today: date, overrides: Overrides) -> Iterator[Case]:
    """Of one item, whether its plan is active or not."""
    kinds = _kinds(task.plan, today, overrides)
    for name in OF_ITEMS:
        yield from (case for case in kinds[name]() if case.task is not None and case.task == task)


def _kinds(plan: Plan, today: date, overrides: Overrides) -> dict[str, Kind]:
    ladders = ladders_of(plan, today)
    collecting = Period.objects.filter(plan=plan, state=PeriodState.COLLECTING)
    periods = list(collecting.opened(today))
    return {
        "报送": partial(filings.cases, plan, periods, ladders, today, overrides),
        "退回、审签和审核": partial(waiting.cases, plan, periods, ladders),
        "节点": partial(milestones.cases, plan, ladders, today, overrides),
        "签收和办理方案": partial(beginnings.cases, plan, ladders, today, overrides),
        "交办和督办": partial(matters.cases, plan, ladders, today, overrides),
    }
