"""量化指标, their targets and plans; 节点, the dated steps of an item without numbers.

Rows are ordered by the id of their parent: its name would bring the parent's own ordering, and so a
join of every table above it, into each query.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from tasks.models.commitments import Commitment
from tasks.models.items import Task
from tasks.models.plans import Plan
from tasks.models.responsibilities import Responsibility
from units.models import Approval, Unit
from units.models.dated import Dated, DatedQuerySet, ends_after_start

# What `Responsibility.reporter_on` of an indicator or milestone mostly needs.
REPORTING = ("responsibility__unit", "responsibility__followed_by__unit")


class Comparator(models.TextChoices):
    """How the notice words the target."""

    GE = "ge", "以上"
    LE = "le", "以内"
    EQ = "eq", "达到"
    ABOUT = "about", "左右"
    BETWEEN = "between", "区间"


class IndicatorKind(models.TextChoices):
    CUMULATIVE = "cumulative", "累计"
    RATE = "rate", "比率"


class Direction(models.TextChoices):
    UP = "up", "越高越好"
    DOWN = "down", "越低越好"


class Indicator(models.Model):
    """One number that the notice promises. `task` is null for the plan's headline targets."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="indicators")
    task = models.ForeignKey(
        Task, models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="indicators"
    )
    ordinal = models.PositiveSmallIntegerField("顺序")
    name = models.CharField("指标名称", max_length=80)
    unit_of_measure = models.CharField("计量单位", max_length=20)
    comparator = models.CharField("目标表述", max_length=8, choices=Comparator)
    direction = models.CharField("方向", max_length=4, choices=Direction, default=Direction.UP)
    kind = models.CharField("类型", max_length=10, choices=IndicatorKind)
    tracks_start = models.BooleanField("同时填报开工数", default=False)
    baseline = models.DecimalField(
        "上年底数", max_digits=18, decimal_places=4, null=True, blank=True
    )
    # the year of which it was taken over, until somebody enters another
    baseline_from = models.PositiveSmallIntegerField("上年底数沿用自", null=True, blank=True)
    definition = models.CharField("口径", max_length=300, blank=True)
    data_source = models.CharField("来源", max_length=120, blank=True, db_default="")
    remark = models.CharField("说明", max_length=300, blank=True, db_default="")
    # the lead it belongs to; null for headline targets, which the office enters
    responsibility = models.ForeignKey(
        Responsibility,
        models.PROTECT,
        verbose_name="填报责任",
        null=True,
        blank=True,
        related_name="indicators",
    )
    span_start = models.PositiveIntegerField("起始位置", default=0)
    span_end = models.PositiveIntegerField("结束位置", default=0)
    source_text = models.CharField("原文", max_length=200)
    # what it measures; null where nobody has said
    commitment = models.ForeignKey(
        Commitment,
        models.SET_NULL,
        verbose_name="对应承诺",
        null=True,
        blank=True,
        related_name="indicators",
    )
    # among the rows of its item, as the 办理方案 sets it
    weight = models.PositiveSmallIntegerField("权重", default=1, db_default=1)
    # 新增: not of the notice but added by a decision, from a day on
    approval = models.ForeignKey(
        Approval,
        models.PROTECT,
        verbose_name="新增依据",
        null=True,
        blank=True,
        related_name="added_indicators",
    )
    added_on = models.DateField("新增日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "量化指标"
        ordering: ClassVar = ["plan_id", "task_id", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "ordinal"],
                condition=Q(task__isnull=False),
                name="one_indicator_per_place",
            ),
            models.UniqueConstraint(
                fields=["plan", "ordinal"],
                condition=Q(task__isnull=True),
                name="one_headline_per_place",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1),
                name="indicator_weighs_something",
                violation_error_message="权重须为1以上的整数。",
            ),
            models.CheckConstraint(
                condition=Q(added_on__isnull=True) | Q(approval__isnull=False),
                name="added_indicator_has_approval",
                violation_error_message="新增指标须登记批准依据。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def months_before(self) -> int:
        """Months of its year that were over when it was added, 0 to 11; 0 for the notice's own.

        What is expected by time begins there: nobody is behind on the day a number is given out.
        """
        return self.added_on.month - 1 if self.added_on is not None else 0

    def reporter_on(self, day: date) -> Responsibility | None:
        """Who reports the city's figure on `day`; None for a headline target."""
        if self.responsibility is not None:
            return self.responsibility.reporter_on(day)
        return Responsibility.objects.primary_on(day, self.task_id) if self.task_id else None

    def target_on(self, day: date) -> IndicatorTarget | None:
        """The target in force on `day`; looks into prefetched `targets` when there are any."""
        targets: list[IndicatorTarget] = list(self.targets.all())
        return next((target for target in targets if target.holds_on(day)), None)


class IndicatorTarget(Dated):
    """目标值, from a day on, by which decision. `upper` closes a range such as 1-2家."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    value = models.DecimalField("目标值", max_digits=18, decimal_places=4)
    upper = models.DecimalField("上限", max_digits=18, decimal_places=4, null=True, blank=True)
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标目标值"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(ends_on__isnull=True), name="one_open_target"
            ),
            ends_after_start("target_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"


class IndicatorPlan(models.Model):
    """计划值: the planned cumulative value at the end of a day, of the city or of one unit's
    part.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="plans")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    as_of = models.DateField("截至")
    value = models.DecimalField("计划值", max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = verbose_name_plural = "指标计划值"
        ordering: ClassVar = ["indicator_id", "as_of"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "as_of"],
                condition=Q(unit__isnull=True),
                name="one_planned_value_per_day",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "as_of"],
                condition=Q(unit__isnull=False),
                name="one_planned_value_per_unit_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.as_of} {self.value}"


class IndicatorShare(Dated):
    """分县目标: a unit's part of an indicator's target; the parts sum to the city's figure."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="shares")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shares")
    value = models.DecimalField("目标值", max_digits=18, decimal_places=4)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分县目标"
        ordering: ClassVar = ["indicator_id", "unit__ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "unit"],
                condition=Q(ends_on__isnull=True),
                name="one_open_share",
            ),
            ends_after_start("share_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit} {self.value}"


class Milestone(models.Model):
    """节点: a dated step, with its weight among the item's steps and the responsibility that
    reports it.
    """

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="milestones")
    ordinal = models.PositiveSmallIntegerField("顺序")
    title = models.CharField("节点", max_length=120)
    due_on = models.DateField("计划完成日期")
    weight = models.PositiveSmallIntegerField("权重", default=1)
    responsibility = models.ForeignKey(
        Responsibility, models.PROTECT, verbose_name="填报责任", related_name="milestones"
    )
    # what it is a step of; null where nobody has said
    commitment = models.ForeignKey(
        Commitment,
        models.SET_NULL,
        verbose_name="对应承诺",
        null=True,
        blank=True,
        related_name="milestones",
    )
    # the accepted completion date; set when a report that says so is accepted
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "节点"
        ordering: ClassVar = ["task_id", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "ordinal"], name="one_milestone_per_place"),
            models.CheckConstraint(
                condition=Q(weight__gte=1),
                name="milestone_weighs_something",
                violation_error_message="权重须为1以上的整数。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
