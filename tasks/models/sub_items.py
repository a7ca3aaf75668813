"""子项: the single 小区, road or school behind a number such as 改造老旧小区131个.

A row is the present state of the thing. What a report said of it when it was filed is a
`progress.SubItemReading`; started and finished are counted from these rows (`tasks.sub_items`).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tasks.models.indicators import Indicator
from units.models import Unit


class SubItemStage(models.TextChoices):
    """How far it is; a stage of the world, typed by the unit, not a status with transitions."""

    PREPARING = "preparing", "前期"
    BUILDING = "building", "在建"
    DONE = "done", "完工"


class SubItemQuerySet(models.QuerySet["SubItem", "SubItem"]):
    def standing(self) -> SubItemQuerySet:
        """Without those that were taken off the list."""
        return self.filter(retired_on__isnull=True)

    def started_by(self, day: date) -> SubItemQuerySet:
        """累计开工: begun on or before `day`, finished ones included."""
        return self.standing().filter(started_on__lte=day)

    def finished_by(self, day: date) -> SubItemQuerySet:
        """累计完工: finished on or before `day`."""
        return self.standing().filter(finished_on__lte=day)


class SubItem(models.Model):
    """One thing that an indicator counts. Nothing is deleted: what was listed in error is retired.

    `unit` is the county with a share, else the unit that reports the indicator. `invested` is
    cumulative, in 万元. Its photos are `progress.Evidence` with `sub_item`.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="量化指标", related_name="sub_items"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="实施单位", related_name="sub_items"
    )
    name = models.CharField("子项名称", max_length=80)
    stage = models.CharField(
        "状态", max_length=10, choices=SubItemStage, default=SubItemStage.PREPARING
    )
    started_on = models.DateField("开工日期", null=True, blank=True)
    finished_on = models.DateField("完工日期", null=True, blank=True)
    invested = models.DecimalField(
        "累计完成投资（万元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    note = models.CharField("备注", max_length=200, blank=True)
    retired_on = models.DateField("停用日期", null=True, blank=True)
    retired_reason = models.CharField("停用原因", max_length=200, blank=True)
    changed_at = models.DateTimeField("更新时间")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_by_name = models.CharField("更新人", max_length=120)

    objects = SubItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "子项"
        ordering: ClassVar = ["indicator_id", "unit__ordinal", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "name"],
                condition=Q(retired_on__isnull=True),
                name="one_sub_item_per_name",
                violation_error_message="同一单位已有同名子项。",
            ),
            models.CheckConstraint(
                condition=Q(stage="preparing", started_on__isnull=True, finished_on__isnull=True)
                | Q(stage="building", started_on__isnull=False, finished_on__isnull=True)
                | Q(stage="done", started_on__isnull=False, finished_on__isnull=False),
                name="sub_item_dates_fit_stage",
                violation_error_message="在建须填开工日期，完工须填开工和完工日期。",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=models.F("started_on")),
                name="sub_item_ends_after_start",
                violation_error_message="完工日期不能早于开工日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
