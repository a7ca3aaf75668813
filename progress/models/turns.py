"""年度衔接: what the office said of an item of the year before, other than which item continues it
(`Task.carried_from`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tasks.models import Plan, Task


class TurnAnswerKind(models.TextChoices):
    NOT_SAME = "not_same", "不是同一项"
    GOES_ON = "goes_on", "继续跟踪"
    DROPPED = "dropped", "不再列入"


class TurnAnswer(models.Model):
    """`old` and `new` are not the same; or nothing of the new year continues `old`, which goes on
    until it is closed, or ends with its result.
    """

    plan = models.ForeignKey(
        Plan, models.PROTECT, verbose_name="新年度", related_name="turn_answers"
    )
    old = models.ForeignKey(Task, models.PROTECT, verbose_name="上年事项", related_name="+")
    new = models.ForeignKey(
        Task, models.PROTECT, verbose_name="本年事项", null=True, blank=True, related_name="+"
    )
    kind = models.CharField("答复", max_length=10, choices=TurnAnswerKind)
    said_by_name = models.CharField("答复人", max_length=120)
    said_at = models.DateTimeField("答复时间")

    class Meta:
        verbose_name = verbose_name_plural = "年度衔接答复"
        ordering: ClassVar = ["plan", "old", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "old", "new"], name="one_answer_per_pair"),
            models.UniqueConstraint(
                fields=["plan", "old"], condition=Q(new=None), name="one_answer_per_old_item"
            ),
            models.CheckConstraint(
                condition=Q(kind="not_same", new__isnull=False)
                | (~Q(kind="not_same") & Q(new__isnull=True)),
                name="turn_answer_names_its_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} {self.get_kind_display()}"
