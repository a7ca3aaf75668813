"""Where a unit's words were used: which sentence of which paper, as it was printed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from progress.models import ProgressReport
from reports.models.bulletins import Bulletin
from tasks.models import Task


class UsePart(models.TextChoices):
    REASON = "reason", "原因"
    NEXT = "next", "下一步工作安排"
    DIGEST = "digest", "进展情况"
    PROBLEM = "problem", "需协调解决的问题"


class BulletinUse(models.Model):
    """Written when the paper is issued, and never after."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="uses")
    task = models.ForeignKey(Task, models.PROTECT, related_name="paper_uses")
    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="paper_uses")
    number = models.PositiveSmallIntegerField("稿次")
    part = models.CharField("用处", max_length=10, choices=UsePart)
    words = models.TextField("印发文字")

    class Meta:
        verbose_name = verbose_name_plural = "通报采用"
        ordering: ClassVar = ["bulletin", "id"]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.get_part_display()}"
