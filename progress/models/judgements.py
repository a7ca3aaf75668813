"""定稿: one judgement per task and period, frozen. Leaders, exports and bulletins read these, by
what the board keeps ready of them (`progress.board`).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from progress.models.periods import Period
from progress.models.reports import ReportVersion
from progress.states import Light, lowest_words
from tasks.models import Plan, Task
from units.actors import Actor

OF_SOURCE = ("source_report", "source_number", "source_period")


class TaskPeriodQuerySet(models.QuerySet["TaskPeriod", "TaskPeriod"]):
    def visible_to(self, actor: Actor | None) -> TaskPeriodQuerySet:
        return self.filter(task__in=Task.objects.visible_to(actor).values("pk"))

    def latest_of(self, plan: Plan, until: date | None = None) -> TaskPeriodQuerySet:
        """Per item its newest 定稿; with `until` the newest whose data end by that day."""
        frozen = TaskPeriod.objects.filter(task=OuterRef("task"))
        if until is not None:
            frozen = frozen.filter(period__data_as_of__lte=until)
        newest = frozen.order_by("-period__data_as_of", "-id").values("pk")[:1]
        return self.filter(task__plan=plan, pk=Subquery(newest))

    def standing(self) -> TaskPeriodQuerySet:
        """Of each item and period the judgement that stands: the newest supplement."""
        newer = TaskPeriod.objects.filter(
            task=OuterRef("task"), period=OuterRef("period"), supplement__gt=OuterRef("supplement")
        )
        return self.filter(~Exists(newer))

    def with_before(self) -> TaskPeriodQuerySet:
        """Each with `before`: the item's light at its 定稿 before this one, passing over what was
        待审核; None of the first.
        """
        earlier = TaskPeriod.objects.filter(
            task=OuterRef("task"), period__data_as_of__lt=OuterRef("period__data_as_of")
        ).exclude(light=Light.IN_REVIEW)
        light = earlier.order_by("-period__data_as_of", "-id").values("light")[:1]
        return self.annotate(before=Subquery(light))

    def with_source(self) -> TaskPeriodQuerySet:
        """Each with `OF_SOURCE`: report, draft and period (id) whose words stand in it."""
        paths = ("version__report", "version__number", "version__report__period")
        return self.annotate(**dict(zip(OF_SOURCE, map(F, paths), strict=True)))


class TaskPeriod(models.Model):
    """Percent, expected and gap are in percent points; null where the item has no percent.

    What was 待审核 at 定稿 and accepted afterwards is judged a second time: of an item and period
    the row with the highest `supplement` stands, the first stays to be read.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="judgements")
    period = models.ForeignKey(Period, models.PROTECT, related_name="judgements")
    version = models.ForeignKey(
        ReportVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    light = models.CharField("状态", max_length=12, choices=Light.choices())
    computed_light = models.CharField("系统判定", max_length=12, choices=Light.choices())
    override_reason = models.CharField("认定原因", max_length=300, blank=True)
    percent = models.DecimalField("完成率", max_digits=9, decimal_places=2, null=True, blank=True)
    expected = models.DecimalField(
        "应达进度", max_digits=9, decimal_places=2, null=True, blank=True
    )
    expected_basis = models.CharField("应达进度依据", max_length=12, blank=True)
    gap = models.DecimalField("序时差", max_digits=9, decimal_places=2, null=True, blank=True)
    # the row that the mean of several hides; empty where there is none
    lowest_name = models.CharField("最低一项", max_length=80, blank=True, db_default="")
    lowest_percent = models.DecimalField(
        "最低一项完成率", max_digits=9, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField("状态说明", max_length=300)
    unit_reason = models.TextField("单位说明", blank=True)
    digest = models.TextField("进展情况（采用稿）", blank=True)
    next_digest = models.TextField("下一步（采用稿）", blank=True)
    problems = models.TextField("存在问题", blank=True)
    is_missing = models.BooleanField("未报送", default=False)
    is_in_review = models.BooleanField("待审核", default=False)
    is_corrected = models.BooleanField("已更正", default=False)
    # filings of co-leads and counties that the office had not read: a mark, no more
    parts_in_review = models.PositiveSmallIntegerField("含待审核份数", default=0, db_default=0)
    supplement = models.PositiveSmallIntegerField("补充定稿", default=0, db_default=0)
    frozen_at = models.DateTimeField("定稿时间")

    objects = TaskPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事项定稿"
        ordering: ClassVar = ["task", "period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "period", "supplement"], name="one_judgement_per_supplement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.period.label} {self.get_light_display()}"

    @property
    def lowest_in_words(self) -> str:
        """The row that the mean of several hides; empty where there is none."""
        return lowest_words(self.lowest_name, self.lowest_percent)


class BoardRow(models.Model):
    """One item by its newest 定稿, or that of the day `until`; made of other tables at any time.

    It holds while `stamp` is the number of `units.stamps`, from the day it was written for until
    the day on which a holder, deadline or target changes by date, and for the code of this `shape`.
    """

    # without a constraint: whoever reads would wait for whoever has locked the item
    task = models.ForeignKey(Task, models.CASCADE, related_name="board_rows", db_constraint=False)
    until = models.DateField(null=True, blank=True)
    stamp = models.BigIntegerField()
    shape = models.BigIntegerField()
    written_for = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the first day on which it may not hold
    doc = models.TextField()  # progress.board.shown.Shown
    figures = models.TextField()  # progress.board.numbers.Tables

    class Meta:
        verbose_name = verbose_name_plural = "事项公示行"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "until"], name="one_board_row_per_day"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(until__isnull=True), name="one_newest_board_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.until or ''}"
