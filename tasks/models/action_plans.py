"""办理方案, and the naming of those whom the notice leaves open (相关…, …成员单位)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tasks.models.items import Task
from tasks.models.responsibilities import Designation, Responsibility
from units.models import Unit
from units.models.dated import Dated, DatedQuerySet, ends_after_start


class ActionPlanState(models.TextChoices):
    """`draft → signing → reviewing → accepted`; `returned` from signing or reviewing; an accepted
    one is revised in a new version, and stays in force until that one is accepted.
    """

    DRAFT = "draft", "草稿"
    SIGNING = "signing", "待审签"
    REVIEWING = "reviewing", "待审核"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已通过"


class ActionPlan(models.Model):
    """办理方案: one per item, written by its primary. What it plans is in its versions."""

    task = models.OneToOneField(
        Task, models.PROTECT, verbose_name="事项", related_name="action_plan"
    )
    state = models.CharField(
        "状态", max_length=10, choices=ActionPlanState, default=ActionPlanState.DRAFT
    )
    accepted_version = models.ForeignKey(
        "ActionPlanVersion",
        models.PROTECT,
        verbose_name="现行稿",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = verbose_name_plural = "办理方案"
        ordering: ClassVar = ["task_id"]

    def __str__(self) -> str:
        return f"{self.task}办理方案"

    def latest(self) -> ActionPlanVersion:
        """The version that is typed in or decided on; the first is made with the plan."""
        return self.versions.order_by("-number")[0]


class ActionPlanVersion(models.Model):
    """One numbered draft. `content`: see `tasks.action_plans.content`; frozen once it left the
    liaison.

    Only acceptance writes it into planned values, parts, milestones and namings
    (docs/decisions/0005).
    """

    action_plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("稿次")
    content = models.JSONField("内容", default=dict, blank=True)
    edits = models.PositiveIntegerField("保存次数", default=0)
    edited_at = models.DateTimeField("保存时间", null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_by_name = models.CharField("保存人", max_length=120, blank=True)
    submitted_at = models.DateTimeField("送审签时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_by_name = models.CharField("编制人", max_length=120, blank=True)
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by_name = models.CharField("审签人", max_length=120, blank=True)
    unsigned_reason = models.CharField("未经审签原因", max_length=300, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField("审核人", max_length=120, blank=True)
    return_reason = models.CharField("退回原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理方案稿"
        ordering: ClassVar = ["action_plan_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action_plan", "number"], name="one_action_plan_version_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_plan}第{self.number}稿"

    @property
    def stamp(self) -> str:
        """Names this version as it was after its last save."""
        return f"{self.pk}.{self.edits}"


class NamingState(models.TextChoices):
    """`proposed` by the lead `→ confirmed | objected` by the unit; the office names at once, or
    drops.
    """

    PROPOSED = "proposed", "待单位确认"
    CONFIRMED = "confirmed", "已明确"
    OBJECTED = "objected", "单位有异议"
    DROPPED = "dropped", "不列入"


class Naming(Dated):
    """明确: the unit meant by a 相关… or …成员单位. Without a unit: the office says that the
    designation needs none (`reason` says why).
    """

    designation = models.ForeignKey(
        Designation, models.PROTECT, verbose_name="责任表述", related_name="namings"
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="单位",
        null=True,
        blank=True,
        related_name="namings",
    )
    state = models.CharField(
        "状态", max_length=10, choices=NamingState, default=NamingState.PROPOSED
    )
    proposed_by_name = models.CharField("提出人", max_length=120)
    proposed_at = models.DateTimeField("提出时间")
    answered_by_name = models.CharField("答复人", max_length=120, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    decided_by_name = models.CharField("督查室经办人", max_length=120, blank=True)
    decided_at = models.DateTimeField("督查室办理时间", null=True, blank=True)
    reason = models.CharField("说明", max_length=300, blank=True)
    # what it came to; empty while open, and where the unit had a stronger role already
    responsibility = models.ForeignKey(
        Responsibility, models.PROTECT, null=True, blank=True, related_name="namings"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位明确"
        ordering: ClassVar = ["designation_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["designation", "unit"],
                condition=Q(ends_on__isnull=True, unit__isnull=False) & ~Q(state="dropped"),
                name="one_standing_naming",
                violation_error_message="该单位已列入。",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(reason=""),
                name="naming_nobody_has_a_reason",
                violation_error_message="无需另行明确单位的，须说明原因。",
            ),
            ends_after_start("naming_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.designation}：{self.unit or '无需另行明确'}"
