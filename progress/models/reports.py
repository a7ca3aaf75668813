"""进展填报: one row per owed responsibility and period, and every version that was filed of it.

draft ──submit──▶ signing ──sign──▶ reviewing ──accept──▶ accepted
  ▲ ◀─withdraw──────┘ │                 │ │                  │
  │                   ▼ return_to_liaison │ └return_to_unit  │ correct, reopen
  │               returned ◀──────────────┴──────┘           │
  └────────────────────────────────────────────────────────◀─┘
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from progress.models.periods import Period
from progress.states import Light
from tasks.models import Plan, Responsibility, Task
from units.actors import Actor
from units.asking.prepared import prepared
from units.models import Approval, Unit


class Duty(models.TextChoices):
    """What a responsibility owes in a period (design.md §4 What is owed)."""

    MAIN = "main", "汇总填报"
    CO_LEAD = "co_lead", "共同牵头填报"
    SHARE = "share", "分县填报"


class ReportState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SIGNING = "signing", "待审签"
    REVIEWING = "reviewing", "待审核"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已通过"


# The liaison may type in these.
EDITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
# The unit is done, for now, in these.
LEFT_UNIT = frozenset({ReportState.REVIEWING, ReportState.ACCEPTED})


class ReportQuerySet(models.QuerySet["ProgressReport", "ProgressReport"]):
    def visible_to(self, actor: Actor | None) -> ReportQuerySet:
        """A unit sees its own, and of its items what was accepted; readers see what was
        accepted.
        """
        if actor is None:
            return self.none()
        tasks = Task.objects.visible_to(actor)
        scope = self.filter(responsibility__task__in=tasks.values("pk"))
        if actor.is_office:
            return scope
        accepted = Q(accepted_version__isnull=False)
        if actor.is_of_a_unit:
            return scope.filter(accepted | Q(responsibility__unit=actor.unit))
        return scope.filter(accepted)

    def of_unit(self, unit: Unit | None) -> ReportQuerySet:
        return self.filter(responsibility__unit=unit)


class ProgressReport(models.Model):
    """Made when the period opens. On time is judged by `first_left_at` against `due_on` 24:00."""

    period = models.ForeignKey(
        Period, models.PROTECT, verbose_name="填报期", related_name="reports"
    )
    responsibility = models.ForeignKey(
        Responsibility, models.PROTECT, verbose_name="责任", related_name="reports"
    )
    duty = models.CharField("填报类别", max_length=8, choices=Duty)
    state = models.CharField(
        "填报状态", max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    due_on = models.DateField("报送截止")
    closes_on = models.DateField("关闭日期")
    first_left_at = models.DateTimeField("首次报送时间", null=True, blank=True)
    # 空报: the office found nothing in the first filing, so it does not count as on time.
    first_was_empty = models.BooleanField("首次为空报", default=False)
    return_due_on = models.DateField("重报期限", null=True, blank=True)
    reopened_until = models.DateField("补报期限", null=True, blank=True)
    reopen_reason = models.CharField("补报原因", max_length=300, blank=True)
    accepted_version = models.ForeignKey(
        "ReportVersion",
        models.PROTECT,
        verbose_name="已通过的报送稿",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "进展填报"
        ordering: ClassVar = ["period", "responsibility"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period", "responsibility"], name="one_report_per_duty_and_period"
            ),
        ]
        indexes: ClassVar = [
            # the review queue and the state counts of a period
            models.Index(fields=["period", "state"], name="report_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.task.code}{self.period.label}进展"

    @property
    def task(self) -> Task:
        return self.responsibility.task

    @property
    def unit(self) -> Unit:
        return self.responsibility.unit

    @property
    def unit_name(self) -> str:
        """Of its period (`Period.name_of`)."""
        return self.period.name_of(self.unit)

    @property
    def is_main(self) -> bool:
        return self.duty == Duty.MAIN

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def in_force(self) -> ReportVersion | None:
        """The accepted version, which knows this report and its period without a query."""
        if self.accepted_version is not None:
            self.accepted_version.report = self
        return self.accepted_version

    def knows(self, plan: Plan) -> None:
        """Its item and period are of `plan`, which is at hand; its source text is long to read."""
        self.period.plan = self.task.plan = plan

    def latest(self) -> ReportVersion | None:
        """The version now being written or judged: the highest number."""
        newest: ReportVersion | None = _latest.first(report=self.pk)
        if newest is not None:
            newest.report = self
        return newest


class Signature(models.TextChoices):
    """Signing is never skipped silently: an unsigned filing is marked as such."""

    ONLINE = "online", "线上审签"
    OFFLINE = "offline", "线下审签（扫描件）"
    UNSIGNED = "unsigned", "未经审签"


class Decision(models.TextChoices):
    ACCEPTED = "accepted", "通过"
    RETURNED = "returned", "退回"


class ReportVersion(models.Model):
    """报送稿. Written to while it is the latest of an editable report; frozen once decided.

    `edits` counts saves and guards against two editors (optimistic lock).
    """

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("稿次")
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    is_correction = models.BooleanField("更正", default=False)
    edits = models.PositiveIntegerField("保存次数", default=0)
    edited_at = models.DateTimeField("保存时间", null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_by_name = models.CharField("保存人", max_length=120, blank=True)

    data_as_of = models.DateField("数据截至", null=True, blank=True)
    is_estimate = models.BooleanField("预计数", default=False)
    progress = models.TextField("进展情况", blank=True)
    problems = models.TextField("存在问题", blank=True)
    next_steps = models.TextField("下一步工作安排", blank=True)
    # the last period's 下一步, line by line: mark of the line → line, state and note
    # (`progress.contents.promises`)
    step_answers = models.JSONField("上期下一步完成情况", default=dict, blank=True)
    no_progress = models.BooleanField("本期无新进展", default=False)
    no_progress_reason = models.CharField("无新进展原因", max_length=300, blank=True)
    # 需市政府协调解决的问题
    coordination = models.TextField("需协调事项", blank=True)
    coordination_lead = models.CharField("建议牵头单位", max_length=60, blank=True)
    coordination_by = models.DateField("希望解决时间", null=True, blank=True)
    # items without a percent: the unit proposes, the office confirms
    proposed_light = models.CharField(
        "建议状态", max_length=12, choices=Light.choices(), blank=True
    )
    light_reason = models.TextField("未达序时进度原因", blank=True)
    # finding code → the one sentence that answers it; the reviewer sees it
    explanations = models.JSONField("提示说明", default=dict, blank=True)
    note = models.CharField("给审核人的说明", max_length=300, blank=True)

    submitted_at = models.DateTimeField("送审签时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_by_name = models.CharField("填报人", max_length=120, blank=True)
    signature = models.CharField("审签方式", max_length=10, choices=Signature, blank=True)
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by_name = models.CharField("审签人", max_length=120, blank=True)
    signature_approval = models.ForeignKey(
        Approval, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField("审核结果", max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField("审核人", max_length=120, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    # 采用稿: the office's short texts for print
    digest = models.TextField("采用稿", blank=True)
    next_digest = models.TextField("采用稿·下一步", blank=True)
    # the office's own light, with its compulsory reason; the computed one is kept beside it
    override_light = models.CharField(
        "督查室认定状态", max_length=12, choices=Light.choices(), blank=True
    )
    override_reason = models.CharField("认定原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报送稿"
        ordering: ClassVar = ["report_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=Q(override_light="") | ~Q(override_reason=""),
                name="override_has_a_reason",
                violation_error_message="调整状态须填写原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}第{self.number}稿"

    @property
    def stamp(self) -> str:
        """Names this version as it was after its last save."""
        return f"{self.pk}.{self.edits}"


@prepared(report=models.IntegerField())
def _latest(report: Any) -> models.QuerySet[ReportVersion]:
    return ReportVersion.objects.filter(report=report).order_by("-number")[:1]
