"""读数: what was filed of each number and each milestone, and the published headline figures."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from progress.models.reports import ReportVersion
from tasks.models import Indicator, Milestone, SubItem, SubItemStage
from units.models import Unit


class Reading(models.Model):
    """Cumulative from 1 January. `unit` is null for the city's figure, else one unit's part of it.

    A null `value` means blank, not zero: the last accepted value stands, and `blank_reason` says
    why.
    """

    version = models.ForeignKey(ReportVersion, models.CASCADE, related_name="readings")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="readings")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.DecimalField("累计完成", max_digits=18, decimal_places=4, null=True, blank=True)
    started = models.DecimalField(
        "累计开工", max_digits=18, decimal_places=4, null=True, blank=True
    )
    blank_reason = models.CharField("未填原因", max_length=200, blank=True)
    is_correction = models.BooleanField("更正上期数据", default=False)
    # 牵头单位代填: the primary filled a county's missing row
    filled_by_lead = models.BooleanField("牵头单位代填", default=False)
    verified = models.DecimalField("核定数", max_digits=18, decimal_places=4, null=True, blank=True)
    verified_reason = models.CharField("核定原因", max_length=200, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField("来源", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "读数"
        ordering: ClassVar = ["version_id", "indicator_id", "unit_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "indicator"],
                condition=Q(unit__isnull=True),
                name="one_city_reading",
            ),
            models.UniqueConstraint(
                fields=["version", "indicator", "unit"],
                condition=Q(unit__isnull=False),
                name="one_reading_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(verified__isnull=True) | ~Q(verified_reason=""),
                name="verified_has_a_reason",
                violation_error_message="核定数须填写原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.effective}"

    @property
    def effective(self) -> Decimal | None:
        """What statistics use: the verified figure where there is one."""
        return self.verified if self.verified is not None else self.value


class MilestoneReading(models.Model):
    """What a version says of one milestone."""

    version = models.ForeignKey(ReportVersion, models.CASCADE, related_name="milestone_readings")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="readings")
    done_on = models.DateField("完成日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "节点读数"
        ordering: ClassVar = ["version_id", "milestone__ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "milestone"], name="one_milestone_reading"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.done_on}"


class HeadlineReading(models.Model):
    """主要预期目标读数: entered by the office from what was published, with its source; not a
    report.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="headline_readings")
    label = models.CharField("时段", max_length=20)  # 上半年
    as_of = models.DateField("截至")
    value = models.DecimalField("数值", max_digits=18, decimal_places=4)
    rank = models.PositiveSmallIntegerField("全省位次", null=True, blank=True)
    rank_of = models.PositiveSmallIntegerField("参评数", null=True, blank=True)
    source = models.CharField("来源", max_length=120)
    published_on = models.DateField("发布日期")

    class Meta:
        verbose_name = verbose_name_plural = "主要预期目标读数"
        ordering: ClassVar = ["indicator", "as_of"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "as_of"], name="one_headline_reading_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.label} {self.value}"


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
