"""填报期: one span of a plan's year for one cycle."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from tasks.models import Cycle, Plan
from units.renaming.names import Named, called


class PeriodState(models.TextChoices):
    """`collecting → finalized`. Whether the window is open follows from the dates.

    `before` from its making on: the year was switched on after it; nothing is owed in it, ever.
    """

    COLLECTING = "collecting", "报送中"
    FINALIZED = "finalized", "已定稿"
    BEFORE = "before", "启用前"


class PeriodQuerySet(models.QuerySet["Period", "Period"]):
    def opened(self, day: date) -> PeriodQuerySet:
        """Periods whose window has opened by `day`."""
        return self.filter(opens_on__lte=day)

    def finalized(self) -> PeriodQuerySet:
        return self.filter(state=PeriodState.FINALIZED)


class Period(models.Model):
    """Dates are days in Asia/Shanghai; `due_on` is on time until 24:00."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="periods")
    cycle = models.CharField("报送频次", max_length=12, choices=Cycle)
    code = models.CharField("编号", max_length=10)  # 2022-07, 2022-Q2, 2022-H1
    label = models.CharField("名称", max_length=20)  # 7月, 二季度, 上半年
    data_as_of = models.DateField("数据截至")
    opens_on = models.DateField("开始报送")
    due_on = models.DateField("报送截止")
    closes_on = models.DateField("关闭日期")
    takes_estimates = models.BooleanField("可填预计数", default=False)  # the year's last one only
    state = models.CharField(
        "状态", max_length=10, choices=PeriodState, default=PeriodState.COLLECTING
    )
    finalized_at = models.DateTimeField("定稿时间", null=True, blank=True)
    finalized_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="定稿人",
        null=True,
        blank=True,
        related_name="+",
    )
    finalized_by_name = models.CharField("定稿人姓名", max_length=120, blank=True)
    # why it was finalized although the office had not read everything
    finalize_reason = models.CharField("定稿理由", max_length=300, blank=True, db_default="")
    # why the dates were moved for everybody, and from what; printed wherever the dates are
    note = models.CharField("日期调整说明", max_length=300, blank=True)
    # opened since steps count beside numbers; earlier ones stay as they were judged
    counts_steps = models.BooleanField("节点计入完成率", default=True, db_default=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "填报期"
        ordering: ClassVar = ["plan_id", "data_as_of", "cycle"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="one_period_per_code"),
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("due_on"))
                & models.Q(due_on__lte=models.F("closes_on")),
                name="period_dates_in_order",
                violation_error_message="开始、截止、关闭日期须依次不早于前者。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.year}年{self.label}"

    @property
    def is_finalized(self) -> bool:
        return self.state == PeriodState.FINALIZED

    def name_of(self, unit: Named) -> str:
        """As `unit` was called at its end, once it has its 定稿; while it collects, as today."""
        return called(unit, self.data_as_of) if self.is_finalized else unit.name

    @property
    def is_before(self) -> bool:
        """启用前: never opened, counts nowhere."""
        return self.state == PeriodState.BEFORE

    def is_open(self, today: date) -> bool:
        """Whether it takes filings, or waits for its 定稿."""
        return self.state == PeriodState.COLLECTING and self.opens_on <= today
