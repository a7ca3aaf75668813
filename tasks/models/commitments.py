"""承诺: what a sentence of the notice commits to, one row for each verb with its thing, and by what
each is measured.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tasks.models.items import Task


class CommitmentDecision(models.TextChoices):
    """What was decided of one that neither a number nor a step measures."""

    WORDS = "words", "文字评定"
    LEFT_OPEN = "left_open", "暂不计量"
    DROPPED = "dropped", "不作为承诺"


class Commitment(models.Model):
    """One commitment; numbers and steps name the one that they measure. `text` is verbatim.

    `ordinal` is its place in the item for good: another never gets the place of one that went.
    """

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="commitments")
    ordinal = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("承诺", max_length=200)
    span_start = models.PositiveIntegerField("起始位置", default=0)
    span_end = models.PositiveIntegerField("结束位置", default=0)
    decision = models.CharField(
        "计量方式", max_length=10, choices=CommitmentDecision, blank=True, db_default=""
    )
    reason = models.CharField("说明", max_length=300, blank=True, db_default="")
    decided_by_name = models.CharField("决定人", max_length=120, blank=True, db_default="")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "承诺"
        ordering: ClassVar = ["task_id", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "ordinal"], name="one_commitment_per_place"),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_at__isnull=False),
                name="commitment_is_decided_by_somebody",
                violation_error_message="须登记由谁、何时决定。",
            ),
        ]

    def __str__(self) -> str:
        return self.text
