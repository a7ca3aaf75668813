"""The newest 定稿 of items as plain rows, for pages that show a light and little more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from progress.models import Period, TaskPeriod
from progress.periods.access import periods_of
from progress.states import Light
from tasks.models import Plan, Responsibility
from units.asking.rows import remembered_rows
from units.stamps.shown import FINALIZED


class Judged(NamedTuple):
    """Of what stands in `TaskPeriod`."""

    period: Period
    task_id: int
    light: str
    reason: str
    percent: Decimal | None
    expected: Decimal | None

    @property
    def light_label(self) -> str:
        return str(Light(self.light).label)


def newest_of(
    plan: Plan, unit_id: int | None = None, until: date | None = None
) -> dict[int, Judged]:
    """Item → its newest 定稿, as `TaskPeriodQuerySet.latest_of` has it; of all, or of those that a
    unit answers or answered for. One query, which asks once for all what that asks row by row.
    """
    periods = {period.pk: period for period in periods_of(plan)}
    return {row[1]: Judged(periods[row[0]], *row[1:]) for row in _newest(plan.pk, unit_id, until)}


@remembered_rows(FINALIZED)
def _newest(plan_id: int, unit_id: int | None, until: date | None) -> QuerySet[Any, Any]:
    rows = TaskPeriod.objects.filter(task__plan=plan_id)
    if unit_id is not None:
        held = Responsibility.objects.filter(task__plan=plan_id, unit=unit_id)
        rows = rows.filter(task__in=held.values("task"))
    if until is not None:
        rows = rows.filter(period__data_as_of__lte=until)
    newest_first = (F("period__data_as_of").desc(), F("pk").desc())
    place = Window(RowNumber(), partition_by="task_id", order_by=newest_first)
    found = rows.annotate(place=place).filter(place=1).order_by()
    return found.values_list("period_id", *Judged._fields[1:])
