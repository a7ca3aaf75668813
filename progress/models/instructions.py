"""交办事项: what was handed to units beside the plan, by source, until it is answered and closed;
and 调度会, whose decisions are drafts first and are then sent as such.

registered ──receive──▶ answering ──submit──▶ signing ──sign──▶ answered ──close──▶ closed
                          │  ▲                  │                  │
                          │  └── returned ◀─────┴──────────────────┘ return
                          └──answer_unsigned (no signer in the unit)──▶ answered
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from progress.models.reports import ReportVersion
from tasks.models import Area, Plan, Task, Visibility
from units.actors import Actor
from units.models import Post, Unit, User
from units.models.dated import Dated, DatedQuerySet, ends_after_start
from units.renaming.names import called


class InstructionSource(models.TextChoices):
    """来源; the ledger is grouped by it."""

    WRITTEN = "written", "批示"
    MEETING = "meeting", "会议议定"
    CHECK = "check", "督查发现"
    COORDINATION = "coordination", "需协调"


class Urgency(models.TextChoices):
    """How many working days an answer may take: `progress.matters.instructions.WORKDAYS`."""

    URGENT = "urgent", "急件"
    ORDINARY = "ordinary", "一般"


class InstructionState(models.TextChoices):
    REGISTERED = "registered", "待签收"
    ANSWERING = "answering", "办理中"
    SIGNING = "signing", "待审签"
    RETURNED = "returned", "退回重办"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"
    REVOKED = "revoked", "已撤销"


# The unit has something to do in these.
WITH_UNIT = frozenset(
    {
        InstructionState.REGISTERED,
        InstructionState.ANSWERING,
        InstructionState.SIGNING,
        InstructionState.RETURNED,
    }
)
# Nobody has anything to do any more.
ENDED = frozenset({InstructionState.CLOSED, InstructionState.REVOKED})


class UnitRole(models.TextChoices):
    LEAD = "lead", "承办"
    CO = "co", "协办"


class InstructionQuerySet(models.QuerySet["Instruction", "Instruction"]):
    def visible_to(self, actor: Actor | None) -> InstructionQuerySet:
        """The office: all; a unit: what it carries out or once did, restricted ones as lead only;
        a leader: those of the own post, and those that name the person.
        """
        if actor is None:
            return self.none()
        if actor.is_office:
            return self
        if actor.is_of_a_unit:
            mine = InstructionUnit.objects.filter(unit=actor.unit)
            mine = mine.filter(Q(role=UnitRole.LEAD) | Q(instruction__visibility=Visibility.NORMAL))
            return self.filter(pk__in=mine.values("instruction_id"))
        if actor.is_reader:
            named = Instruction.named_readers.through.objects.filter(user=actor.user)
            mine_q = Q(pk__in=named.values("instruction_id"))
            post = actor.appointment.post_id
            return self.filter(mine_q | Q(post=post) if post else mine_q)
        return self.none()

    def with_unit(self) -> InstructionQuerySet:
        """Those on which a unit has something to do."""
        return self.filter(state__in=WITH_UNIT)

    def carried_out_by(self, unit: Unit | int | None) -> InstructionQuerySet:
        """Those that `unit` answers for now, as lead."""
        held = InstructionUnit.objects.open_ended().filter(unit=unit, role=UnitRole.LEAD)
        return self.filter(pk__in=held.values("instruction_id"))

    def overdue(self, day: date) -> InstructionQuerySet:
        """With the unit, past the day that counts now; the same answer as `is_overdue`."""
        return self.with_unit().filter(past_answer_day(day))


def past_answer_day(day: date) -> Q:
    """Of 交办事项 and 督办单 alike: the day that counts now, `answer_due_on`, lies before `day`."""
    return Q(return_due_on__lt=day) | Q(return_due_on=None, due_on__lt=day)


class Instruction(models.Model):
    """One matter. `text` is in the original words and never rewritten."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="instructions")
    source = models.CharField("来源", max_length=14, choices=InstructionSource)
    number = models.PositiveSmallIntegerField("编号")  # within plan and source
    title = models.CharField("事项", max_length=60)
    text = models.TextField("原文")
    post = models.ForeignKey(
        Post, models.PROTECT, verbose_name="批示职务", null=True, blank=True, related_name="+"
    )
    decided_by = models.CharField("交办人或会议", max_length=60)
    decided_on = models.DateField("交办日期")
    paper = models.CharField("批示载体", max_length=120, blank=True)  # on which paper
    visibility = models.CharField(
        "知悉范围", max_length=12, choices=Visibility, default=Visibility.NORMAL
    )
    named_readers = models.ManyToManyField(
        User, verbose_name="指定知悉人", blank=True, related_name="+"
    )
    tasks = models.ManyToManyField(
        Task, verbose_name="相关事项", blank=True, related_name="instructions"
    )
    # the filing that asked for coordination; one click turns it into an instruction, once
    version = models.OneToOneField(
        ReportVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instruction",
    )
    urgency = models.CharField("缓急", max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    due_on = models.DateField("办理期限")
    state = models.CharField(
        "状态", max_length=10, choices=InstructionState, default=InstructionState.REGISTERED
    )
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_by_name = models.CharField("登记人", max_length=120)
    registered_at = models.DateTimeField("登记时间")
    received_by_name = models.CharField("签收人", max_length=120, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    # in time is judged by when the first answer left the unit
    first_answered_at = models.DateTimeField("首次答复时间", null=True, blank=True)
    # of what the office gave back; `due_on` stays what the first answer is judged by
    return_due_on = models.DateField("重报期限", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    conclusion = models.CharField("办结意见", max_length=300, blank=True)

    objects = InstructionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办事项"
        ordering: ClassVar = ["plan", "source", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "source", "number"],
                name="one_instruction_per_number",
                violation_error_message="该编号的交办事项已存在。",
            ),
        ]
        indexes: ClassVar = [
            # what is open, most urgent first
            models.Index(fields=["state", "due_on"], name="instruction_open"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """批示〔2022〕3号: the office's own way of naming it."""
        return f"{self.get_source_display()}〔{self.plan.year}〕{self.number}号"

    @property
    def is_restricted(self) -> bool:
        return self.visibility == Visibility.RESTRICTED

    @property
    def answer_due_on(self) -> date:
        """The day that counts now."""
        return self.return_due_on or self.due_on

    @property
    def is_with_unit(self) -> bool:
        return self.state in WITH_UNIT

    def is_overdue(self, day: date) -> bool:
        """逾期 on `day`; the same answer as `InstructionQuerySet.overdue`."""
        return self.is_with_unit and self.answer_due_on < day


class InstructionUnit(Dated):
    """Who carries it out; an objection that is upheld ends a row and opens another.

    It changes hands at once, never from a later day on, and a row that is ended on its first day
    still counts that day: who carries it out now is the row without an end.
    """

    instruction = models.ForeignKey(
        Instruction, models.PROTECT, verbose_name="交办事项", related_name="units"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    role = models.CharField("承办类别", max_length=4, choices=UnitRole)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承办单位"
        ordering: ClassVar = ["instruction", "-role", "id"]  # lead before co
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instruction"],
                condition=Q(role="lead", ends_on__isnull=True),
                name="one_lead_per_instruction",
                violation_error_message="每个交办事项只能有一个承办单位。",
            ),
            models.UniqueConstraint(
                fields=["instruction", "unit"],
                condition=Q(ends_on__isnull=True),
                name="one_open_role_per_instruction",
                violation_error_message="该单位已在承办单位中。",
            ),
            ends_after_start("instruction_unit_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.instruction} {self.unit_name}"

    @property
    def unit_name(self) -> str:
        """As it was called when it was given to it."""
        return called(self.unit, self.starts_on)


class MeetingBasis(models.TextChoices):
    """依据 of what a meeting hands out."""

    MINUTES = "minutes", "会议纪要"
    RECORD = "record", "会议记录"


class Meeting(models.Model):
    """On the items of a post, of an area, or on all; `previous` opens it with its own list."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="meetings")
    title = models.CharField("会议名称", max_length=60)
    held_on = models.DateField("会议日期")
    post = models.ForeignKey(
        Post, models.PROTECT, verbose_name="分管领导", null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name="方面", null=True, blank=True, related_name="+"
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上次会议", null=True, blank=True, related_name="+"
    )
    basis = models.CharField("依据类别", max_length=8, choices=MeetingBasis, blank=True)
    authority = models.CharField("依据", max_length=120, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_by_name = models.CharField("登记人", max_length=120)
    added_at = models.DateTimeField("登记时间")
    sent_by_name = models.CharField("交办人", max_length=120, blank=True)
    sent_at = models.DateTimeField("交办时间", null=True, blank=True)  # nothing changes after it

    class Meta:
        verbose_name = verbose_name_plural = "调度会"
        ordering: ClassVar = ["-held_on", "-id"]

    def __str__(self) -> str:
        return f"{self.held_on.year}年{self.held_on.month}月{self.held_on.day}日{self.title}"

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None


class MeetingDecision(models.Model):
    """议定事项: who does what until when; a draft until the meeting is sent, then its 交办."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name="会议", related_name="decisions"
    )
    task = models.ForeignKey(
        Task, models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="+"
    )
    text = models.CharField("议定内容", max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="责任单位", related_name="+")
    due_on = models.DateField("完成时限")
    instruction = models.OneToOneField(
        Instruction, models.PROTECT, null=True, blank=True, related_name="meeting_decision"
    )
    written_by_name = models.CharField("记录人", max_length=120)
    written_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "议定事项"
        ordering: ClassVar = ["meeting", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def outcome(self) -> str:
        """What became of it."""
        if self.instruction is None:
            return "未交办"
        return str(self.instruction.get_state_display())
