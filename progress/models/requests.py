"""What a unit sends back on an instruction: its answers, objections and pleas for more time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from progress.models.instructions import Instruction
from progress.models.reports import Decision, Signature
from units.models import Approval, Unit


class Answer(models.Model):
    """Abstract: what a unit answered, who signed it, what the office decided on it."""

    number = models.PositiveSmallIntegerField("稿次")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    text = models.TextField("办理情况")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_by_name = models.CharField("填报人", max_length=120)
    written_at = models.DateTimeField("填报时间")
    signature = models.CharField("审签方式", max_length=10, choices=Signature, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by_name = models.CharField("审签人", max_length=120, blank=True)
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    left_at = models.DateTimeField("报送时间", null=True, blank=True)
    decision = models.CharField("办理结果", max_length=10, choices=Decision, blank=True)
    decided_by_name = models.CharField("审核人", max_length=120, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=300, blank=True)

    class Meta:
        abstract = True


class InstructionAnswer(Answer):
    """An answer to an instruction; returned ones stay."""

    instruction = models.ForeignKey(
        Instruction, models.PROTECT, verbose_name="交办事项", related_name="answers"
    )

    class Meta:
        verbose_name = verbose_name_plural = "交办事项答复"
        ordering: ClassVar = ["instruction", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instruction", "number"], name="one_answer_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.instruction}第{self.number}次答复"


class RequestKind(models.TextChoices):
    OBJECTION = "objection", "交办异议"
    EXTENSION = "extension", "延期申请"


class RequestState(models.TextChoices):
    REQUESTED = "requested", "待处理"
    GRANTED = "granted", "已同意"
    DECLINED = "declined", "未同意"


class InstructionRequest(models.Model):
    """What the unit asks instead of answering: another unit, within two working days, or more
    time, before the day is over. The office registers what was decided.
    """

    instruction = models.ForeignKey(
        Instruction, models.PROTECT, verbose_name="交办事项", related_name="requests"
    )
    kind = models.CharField("类别", max_length=10, choices=RequestKind)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    reason = models.CharField("理由", max_length=300)
    wanted_on = models.DateField("申请延至", null=True, blank=True)  # extensions
    proposed_unit = models.CharField("建议承办单位", max_length=60, blank=True)  # objections
    state = models.CharField(
        "状态", max_length=10, choices=RequestState, default=RequestState.REQUESTED
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_by_name = models.CharField("申请人", max_length=120)
    requested_at = models.DateTimeField("申请时间")
    decided_by_name = models.CharField("处理人", max_length=120, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decision_note = models.CharField("处理意见", max_length=300, blank=True)
    approval = models.OneToOneField(
        Approval, models.PROTECT, null=True, blank=True, related_name="instruction_request"
    )

    class Meta:
        verbose_name = verbose_name_plural = "交办事项申请"
        ordering: ClassVar = ["instruction", "requested_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instruction", "kind"],
                condition=Q(state="requested"),
                name="one_open_request_per_kind",
                violation_error_message="已有待处理的申请。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instruction} {self.get_kind_display()}"
