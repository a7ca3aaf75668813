"""子项 as they stood when a version left the liaison: what readers see once it is accepted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from progress.models.reports import ReportVersion
from tasks.models import SubItem, SubItemStage


class SubItemReading(models.Model):
    """What a version says of one sub-item, written when it is sent for signing."""

    version = models.ForeignKey(ReportVersion, models.CASCADE, related_name="sub_item_readings")
    sub_item = models.ForeignKey(SubItem, models.PROTECT, related_name="readings")
    stage = models.CharField("状态", max_length=10, choices=SubItemStage)
    started_on = models.DateField("开工日期", null=True, blank=True)
    finished_on = models.DateField("完工日期", null=True, blank=True)
    invested = models.DecimalField(
        "累计完成投资（万元）", max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "子项读数"
        ordering: ClassVar = ["version_id", "sub_item_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "sub_item"], name="one_sub_item_reading"),
        ]

    def __str__(self) -> str:
        return f"{self.sub_item} {self.get_stage_display()}"
