"""What a 办理方案 of an item can plan: its indicators, counties, dates, reporters and open
designations, loaded once.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tasks.action_plans.content import PlannedStep
from tasks.commitments.matching import of_words
from tasks.commitments.promised import Listed, Promised, listed_of, measured, standing
from tasks.models import (
    Cycle,
    Designation,
    Indicator,
    IndicatorKind,
    Responsibility,
    Task,
    TaskDeadline,
)
from tasks.naming.modes import OPEN_MODES
from units.models import Unit, UnitKind

COUNTIES = (UnitKind.COUNTY_GOVERNMENT, UnitKind.PARK)
# The last months of the periods of a cycle; January is in the first one.
_MONTHS: dict[str, tuple[int, ...]] = {
    Cycle.MONTHLY: tuple(range(2, 13)),
    Cycle.QUARTERLY: (3, 6, 9, 12),
    Cycle.HALF_YEARLY: (6, 12),
}


@dataclass(frozen=True)
class Outline:
    """Of one item on one day."""

    task: Task
    day: date

    @cached_property
    def dates(self) -> list[date]:
        """The ends of the item's periods, by its cycle."""
        year = self.task.plan.year
        return [
            date(year, month, calendar.monthrange(year, month)[1])
            for month in _MONTHS[self.task.cycle]
        ]

    @cached_property
    def indicators(self) -> list[Indicator]:
        """All numbers of the item; a rate may be planned too."""
        return list(self.task.indicators.prefetch_related("targets", "plans", "shares"))

    @cached_property
    def counted(self) -> list[Indicator]:
        return [each for each in self.indicators if each.kind == IndicatorKind.CUMULATIVE]

    @cached_property
    def holders(self) -> list[Responsibility]:
        """Those that answer on the day, the primary first."""
        held = Responsibility.objects.on(self.day).filter(task=self.task)
        return list(held.select_related("unit").order_by("-is_primary", "ordinal", "pk"))

    def reporter_in_words(self, responsibility_id: int) -> str:
        """Who reports what this responsibility reports: its unit, and where that has left the item
        who does now. Few plans name one that is over; each is a query or two.
        """
        held = next((each for each in self.holders if each.pk == responsibility_id), None)
        if held is not None:
            return held.unit.name
        of_item = Responsibility.objects.filter(task=self.task).select_related("unit")
        gone = of_item.filter(pk=responsibility_id).first()
        if gone is None:
            return ""
        now = gone.reporter_on(self.day)
        return f"{gone.unit}（{f'现由{now.unit}填报' if now is not None else '已退出'}）"

    @cached_property
    def counties(self) -> list[Unit]:
        """Counties and parks among them: those that a target may be split by."""
        held = [each.unit for each in self.holders if not each.is_primary]
        return sorted(
            (unit for unit in held if unit.kind in COUNTIES), key=lambda unit: unit.ordinal
        )

    @cached_property
    def designations(self) -> list[Designation]:
        """相关… and …成员单位 that somebody has to name."""
        found = Designation.objects.filter(task=self.task, group__mode__in=OPEN_MODES)
        return list(found.select_related("group").order_by("role", "ordinal"))

    @cached_property
    def commitments(self) -> list[Listed]:
        """What the sentence commits to."""
        return standing(self.task, listed_of([self.task.pk])[self.task.pk])

    def promised_by(self, steps: Iterable[PlannedStep]) -> list[Promised]:
        """Each commitment with what measures it, if these were the item's steps."""
        by_step: dict[int | None, list[int]] = defaultdict(list)
        for place, step in enumerate(steps):
            by_step[step.commitment or of_words(step.title, self.commitments)].append(place)
        if len(self.commitments) == 1:
            by_step[self.commitments[0].ordinal] += by_step.pop(None, [])
        return measured(self.task, self.commitments, by_step)

    @cached_property
    def deadline(self) -> date:
        held = TaskDeadline.objects.on(self.day).filter(task=self.task).order_by("pk").last()
        return held.due_on if held is not None else date(self.task.plan.year, 12, 31)
