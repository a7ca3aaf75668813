"""Decisions: on an item, with their `Approval`, adjustments and closures, and what came of it in
the next year; on units, mergers and splits.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from tasks.models import Indicator, Plan, Task
from units.actors import Actor
from units.models import Approval, Unit
from units.models.dated import Dated, DatedQuerySet, ends_after_start


class AdjustmentKind(models.TextChoices):
    EXTENSION = "extension", "延期"
    TARGET = "target", "目标调整"
    RESPONSIBILITY = "responsibility", "责任调整"
    SUSPENSION = "suspension", "中止"


class DecisionState(models.TextChoices):
    """`requested → registered` when the decision arrives, or `→ declined`; an error is `→
    revoked`.
    """

    REQUESTED = "requested", "已申请"
    REGISTERED = "registered", "已批准"
    DECLINED = "declined", "未批准"
    REVOKED = "revoked", "已撤销"


class AdjustmentQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor | None) -> Self:
        """The item's own scope; whoever only reads sees what was decided, not what is asked."""
        scope = self.filter(task__in=Task.objects.visible_to(actor).values("pk"))
        if actor is None or not actor.is_reader:
            return scope
        return scope.filter(state__in=[DecisionState.REGISTERED, DecisionState.REVOKED])


class Adjustment(Dated):
    """调整: in force from `starts_on`; the past keeps what it was judged by.

    `detail` is what is asked for and `before` what held when it was registered, so that the
    original stays visible. A 责任调整 with `{"objection": …}` is an objection made on receipt.
    """

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="adjustments")
    kind = models.CharField("类别", max_length=16, choices=AdjustmentKind)
    state = models.CharField(
        "状态", max_length=12, choices=DecisionState, default=DecisionState.REQUESTED
    )
    reason = models.TextField("原因")
    detail = models.JSONField("调整内容", default=dict, blank=True)
    before = models.JSONField("调整前", default=dict, blank=True)
    # the unit that asks; empty when the office registers on its own
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="申请单位", null=True, blank=True, related_name="+"
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_by_name = models.CharField("申请人", max_length=120)
    requested_at = models.DateTimeField("申请时间")
    approval = models.OneToOneField(
        Approval, models.PROTECT, null=True, blank=True, related_name="adjustment"
    )
    # why it was declined, revoked or ended; what an objection was answered
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_by_name = models.CharField("答复人", max_length=120, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调整"
        ordering: ClassVar = ["task", "starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="registered") | models.Q(approval__isnull=False),
                name="registered_adjustment_has_approval",
                violation_error_message="已批准的调整须登记批准依据。",
            ),
            ends_after_start("adjustment_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.get_kind_display()}"


class ClosureState(models.TextChoices):
    """`claimed → checked → closed`; a claim that does not hold is `declined`; `reopened` with a
    reason.
    """

    CLAIMED = "claimed", "申请办结"
    CHECKED = "checked", "已核查"
    CLOSED = "closed", "已销号"
    DECLINED = "declined", "不予办结"
    REOPENED = "reopened", "重新办理"


class Outcome(models.TextChoices):
    """Year-end outcome of an item."""

    DONE = "done", "完成"
    MOSTLY_DONE = "mostly_done", "基本完成"
    NOT_DONE = "not_done", "未完成"
    CARRIED_OVER = "carried_over", "结转"
    ONGOING = "ongoing", "持续推进"


class ClosureQuerySet(models.QuerySet["Closure", "Closure"]):
    def visible_to(self, actor: Actor | None) -> ClosureQuerySet:
        """The item's own scope; whoever only reads sees what was closed, not what is claimed."""
        scope = self.filter(task__in=Task.objects.visible_to(actor).values("pk"))
        if actor is None or not actor.is_reader:
            return scope
        return scope.filter(state__in=[ClosureState.CLOSED, ClosureState.REOPENED])


class Closure(models.Model):
    """办结销号: a claim stops the clock from `claimed_at`; closed by approval."""

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="closures")
    state = models.CharField(
        "状态", max_length=10, choices=ClosureState, default=ClosureState.CLAIMED
    )
    claimed_on = models.DateField("申请日期")
    claimed_at = models.DateTimeField("申请时间")
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    claimed_by_name = models.CharField("申请人", max_length=120)
    statement = models.TextField("办结情况")
    check_kind = models.CharField(
        "核查方式",
        max_length=10,
        choices=[("papers", "资料核查"), ("on_site", "现场核查")],
        blank=True,
    )
    check_note = models.TextField("核查意见", blank=True)
    checked_by_name = models.CharField("核查人", max_length=120, blank=True)
    checked_at = models.DateTimeField("核查时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=14, choices=Outcome, blank=True)
    closed_on = models.DateField("销号日期", null=True, blank=True)
    reopened_reason = models.CharField("重新办理原因", max_length=300, blank=True)
    approval = models.OneToOneField(
        Approval, models.PROTECT, null=True, blank=True, related_name="closure"
    )

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办结销号"
        ordering: ClassVar = ["task", "claimed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"],
                condition=models.Q(state__in=["claimed", "checked", "closed"]),
                name="one_standing_closure",
                violation_error_message="该事项已有办结申请。",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(approval__isnull=False),
                name="closed_has_approval",
                violation_error_message="销号须登记批准依据。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} 办结销号"


class ClosureFigure(models.Model):
    """One number of a claim: what the unit says was reached, and what the check found."""

    closure = models.ForeignKey(Closure, models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    target = models.DecimalField("目标值", max_digits=18, decimal_places=4, null=True, blank=True)
    claimed = models.DecimalField("完成数", max_digits=18, decimal_places=4, null=True, blank=True)
    verified = models.DecimalField("核查数", max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办结数据"
        ordering: ClassVar = ["closure_id", "indicator__ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["closure", "indicator"], name="one_figure_per_claim_and_indicator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closure} {self.indicator}"


class TaskOutcome(models.Model):
    """年终结果 of an item, set by the office; of a closed item that of its closure."""

    task = models.OneToOneField(
        Task, models.PROTECT, verbose_name="事项", related_name="year_outcome"
    )
    outcome = models.CharField("结果", max_length=14, choices=Outcome)
    note = models.CharField("说明", max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by_name = models.CharField("认定人", max_length=120)
    decided_at = models.DateTimeField("认定时间")

    class Meta:
        verbose_name = verbose_name_plural = "年终结果"
        ordering: ClassVar = ["task"]

    def __str__(self) -> str:
        return f"{self.task} {self.get_outcome_display()}"


class UnitChangeKind(models.TextChoices):
    MERGER = "merger", "合并"
    SPLIT = "split", "拆分"


class UnitChange(models.Model):
    """Registered before its day or on it; carried out once, on its day. A merger passes everything
    on and retires `leaving`; of a split `tasks` and `people` are the ids of what passes on.
    """

    kind = models.CharField("类别", max_length=6, choices=UnitChangeKind)
    leaving = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="原单位", related_name="changes_from"
    )
    into = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="承接单位", related_name="changes_into"
    )
    starts_on = models.DateField("自哪天起")
    authority = models.CharField("依据", max_length=200)
    tasks: Any = models.JSONField("转入的事项", default=list, blank=True)
    people: Any = models.JSONField("转入的任职", default=list, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+"
    )
    registered_by_name = models.CharField("登记人姓名", max_length=120)
    registered_at = models.DateTimeField("登记时间")
    done_at = models.DateTimeField("生效时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    problem = models.CharField("未能生效的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位合并拆分"
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["leaving"],
                condition=models.Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="one_change_of_a_unit_to_come",
                violation_error_message="该单位已登记合并或拆分。",
            ),
            models.CheckConstraint(
                condition=~models.Q(leaving=models.F("into")),
                name="a_unit_changes_into_another",
                violation_error_message="承接单位不能是原单位。",
            ),
        ]

    def __str__(self) -> str:
        word = "并入" if self.kind == UnitChangeKind.MERGER else "部分转入"
        return f"{self.leaving}{word}{self.into}"


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
