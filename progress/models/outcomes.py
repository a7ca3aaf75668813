"""What an item came to: the numbers of a claim, and the outcome of the year."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from progress.models.decisions import Closure, Outcome
from tasks.models import Indicator, Task


class ClosureFigure(models.Model):
    """One number of a claim: what the unit says was reached, and what the check found."""

    closure = models.ForeignKey(Closure, models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    target = models.DecimalField("目标值", max_digits=18, decimal_places=4, null=True, blank=True)
    claimed = models.DecimalField("完成数", max_digits=18, decimal_places=4, null=True, blank=True)
    verified = models.DecimalField("核查数", max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办结数据"
        ordering: ClassVar = ["closure_id", "indicator__ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["closure", "indicator"], name="one_figure_per_claim_and_indicator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closure} {self.indicator}"


class TaskOutcome(models.Model):
    """年终结果 of an item, set by the office; of a closed item that of its closure."""

    task = models.OneToOneField(
        Task, models.PROTECT, verbose_name="事项", related_name="year_outcome"
    )
    outcome = models.CharField("结果", max_length=14, choices=Outcome)
    note = models.CharField("说明", max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by_name = models.CharField("认定人", max_length=120)
    decided_at = models.DateTimeField("认定时间")

    class Meta:
        verbose_name = verbose_name_plural = "年终结果"
        ordering: ClassVar = ["task"]

    def __str__(self) -> str:
        return f"{self.task} {self.get_outcome_display()}"
