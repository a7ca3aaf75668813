"""How many lots each item of a draw gets: figures that jumped, and figures that nobody has looked
at, are drawn more often; every item keeps its chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from progress.judging.figures import Figures, figures_of
from progress.judging.loading import load_tasks
from progress.models import SiteVisit, VisitState
from tasks.models import Indicator, IndicatorKind, Task

CHECKED = (VisitState.RECORDED, VisitState.MENDED, VisitState.CLOSED)
NEVER, JUMPED = "数据从未核查", "本期增幅大"
TIMES = 2  # so many times the usual step is a jump
READINGS = 3  # fewer say nothing of what is usual

Lots = dict[str, tuple[int, str]]  # item (id) → lots, and why more than one


def lots_of(tasks: Sequence[Task], today: date) -> Lots:
    """One each; one more for figures never looked at, one more for a jump. Three queries and the
    loading of the items.
    """
    ids = [task.pk for task in tasks]
    figures = figures_of(ids, today)
    checked = set(
        SiteVisit.objects.filter(task__in=ids, state__in=CHECKED).values_list("task_id", flat=True)
    )
    loaded = load_tasks(tasks)
    found: Lots = {}
    for pk in ids:
        numbers = list(loaded[pk].indicators.all())
        has_figures = any(figures.series_of_city(each.pk, today) for each in numbers)
        why = [NEVER] if has_figures and pk not in checked else []
        if any(_jumped(each, figures, today) for each in numbers):
            why.append(JUMPED)
        found[str(pk)] = 1 + len(why), "、".join(why)
    return found


def _jumped(number: Indicator, figures: Figures, today: date) -> bool:
    """Whether the last step of a cumulative number is much larger than those before it."""
    if number.kind != IndicatorKind.CUMULATIVE:
        return False
    values = [value for _, value in figures.series_of_city(number.pk, today)]
    if len(values) < READINGS:
        return False
    steps = [later - earlier for earlier, later in pairwise(values)]
    usual = sum(steps[:-1], Decimal(0)) / len(steps[:-1])
    return usual > 0 and steps[-1] >= TIMES * usual
