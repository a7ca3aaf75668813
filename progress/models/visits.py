"""核查: the office looks for itself, at items drawn by lot or chosen, on paper or on site.

planned ──record──▶ recorded ──mend──▶ mended ──close──▶ closed
   └──drop──▶ dropped   └──────────close──────────────────▶┘
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from huangshi_tasks.lib import clock
from progress.models.decisions import Closure
from progress.models.readings import Reading
from tasks.models import Indicator, Plan, Responsibility, ResponsibilityRole, Task
from units.actors import Actor
from units.models import Unit


class VisitDraw(models.Model):
    """抽取: `pool` (item ids in the notice's order) and `seed` give the drawn items again at any
    time.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="visit_draws")
    seed = models.CharField("抽取种子", max_length=64)
    pool = models.JSONField("抽取范围")  # task ids
    pool_name = models.CharField("范围", max_length=60)
    # task id → its lots and why more than one; null of a draw where each had one
    lots = models.JSONField("签数", null=True, blank=True)
    how_many = models.PositiveSmallIntegerField("抽取数量")
    drawn_at = models.DateTimeField("抽取时间")
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_by_name = models.CharField("抽取人", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "核查抽取"
        ordering: ClassVar = ["-drawn_at", "-id"]

    def __str__(self) -> str:
        return f"{self.pool_name}抽取{self.how_many}项"


class VisitState(models.TextChoices):
    PLANNED = "planned", "待核查"
    RECORDED = "recorded", "已登记结果"
    MENDED = "mended", "已整改"
    CLOSED = "closed", "完成"
    DROPPED = "dropped", "已取消"


class VisitFinding(models.TextChoices):
    TRUE = "true", "属实"
    PARTLY = "partly", "部分属实"
    FALSE = "false", "不实"


class VisitQuerySet(models.QuerySet["SiteVisit", "SiteVisit"]):
    def visible_to(self, actor: Actor | None) -> VisitQuerySet:
        """The office sees all; who may see the item sees the result when it is 完成, and who leads
        it from the moment that something is to be mended.
        """
        scope = self.filter(task__in=Task.objects.visible_to(actor).values("pk"))
        if actor is not None and actor.is_office:
            return scope
        readable = Q(state=VisitState.CLOSED)
        if actor is not None and actor.is_of_a_unit:
            led = Responsibility.objects.on(clock.today()).filter(unit=actor.unit)
            led = led.exclude(role=ResponsibilityRole.SUPPORT)
            readable |= Q(
                state__in=(VisitState.RECORDED, VisitState.MENDED),
                mend_by__isnull=False,
                task__in=led.values("task_id"),
            )
        return scope.filter(readable)


class SiteVisit(models.Model):
    """One 核查 of one item. `indicator` and `figure`: the number found, which became the 核定数 of
    `reading`.
    """

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="visits")
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    # null when the item was chosen and not drawn
    draw = models.ForeignKey(
        VisitDraw, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    chosen_because = models.CharField("选定原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=VisitState, default=VisitState.PLANNED)
    planned_at = models.DateTimeField("列入时间")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_by_name = models.CharField("列入人", max_length=120)
    kind = models.CharField(
        "核查方式",
        max_length=10,
        choices=[("papers", "资料核查"), ("on_site", "现场核查")],
        blank=True,
    )
    visited_on = models.DateField("核查日期", null=True, blank=True)
    people = models.CharField("核查人员", max_length=200, blank=True)
    finding = models.CharField("核查结论", max_length=8, choices=VisitFinding, blank=True)
    text = models.TextField("核查情况", blank=True)
    mend_by = models.DateField("整改期限", null=True, blank=True)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="核查指标", null=True, blank=True, related_name="+"
    )
    part_of = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="所属单位", null=True, blank=True, related_name="+"
    )
    figure = models.DecimalField("核查数", max_digits=18, decimal_places=4, null=True, blank=True)
    reading = models.ForeignKey(
        Reading, models.PROTECT, verbose_name="核定的读数", null=True, blank=True, related_name="+"
    )
    mended_on = models.DateField("整改完成日期", null=True, blank=True)
    mended_note = models.TextField("整改情况", blank=True)
    closed_at = models.DateTimeField("完成时间", null=True, blank=True)
    closed_by_name = models.CharField("办结人", max_length=120, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "核查"
        ordering: ClassVar = ["-planned_at", "task_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(state="planned"),
                name="one_planned_visit_per_task",
                violation_error_message="该事项已列入核查。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "dropped"])
                | (Q(visited_on__isnull=False) & ~Q(finding="") & ~Q(people="")),
                name="visit_record_is_whole",
                violation_error_message="核查记录须有日期、人员和结论。",
            ),
            models.CheckConstraint(
                condition=Q(figure__isnull=True) | Q(indicator__isnull=False),
                name="visit_figure_has_indicator",
                violation_error_message="核查数须注明指标。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}核查"

    @property
    def is_open(self) -> bool:
        return self.state not in (VisitState.CLOSED, VisitState.DROPPED)

    @property
    def waits_for_mending(self) -> bool:
        """Recorded with a day by which it is to be mended, and not mended yet."""
        return self.mend_by is not None and self.state == VisitState.RECORDED

    @property
    def was_drawn(self) -> bool:
        return self.draw_id is not None
