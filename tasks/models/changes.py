"""What changed about an item after the notice: its wording, and how often it reports. Dated; the
notice's own words in `Task.text` are never touched.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tasks.models.items import Cycle, Task
from units.models import Approval
from units.models.dated import Dated, DatedQuerySet, ends_after_start


class Wording(Dated):
    """修订表述: the words that hold from a day on, by which decision."""

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="wordings")
    text = models.TextField("修订后的任务内容")
    short_title = models.CharField("短标题", max_length=16)
    reason = models.CharField("修订原因", max_length=300)
    approval = models.ForeignKey(
        Approval, models.PROTECT, verbose_name="批准依据", related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "修订表述"
        ordering: ClassVar = ["task_id", "starts_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(ends_on__isnull=True), name="one_open_wording"
            ),
            ends_after_start("wording_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.task} 修订表述"


class TaskCycle(Dated):
    """报送频次 by date. Rows exist only for items whose cycle was ever changed; `Task.cycle` is the
    one in force.
    """

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="cycles")
    cycle = models.CharField("报送频次", max_length=12, choices=Cycle)
    reason = models.CharField("原因", max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报送频次"
        ordering: ClassVar = ["task_id", "starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(ends_on__isnull=True), name="one_open_cycle"
            ),
            ends_after_start("cycle_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.get_cycle_display()}"
