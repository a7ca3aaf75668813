"""调度会: what was decided on items, first as drafts, then handed out all at once."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from progress.models.instructions import Instruction
from tasks.models import Area, Plan, Task
from units.models import Post, Unit


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
