"""提醒: the ledger of what the machine told whom; one unique row per subject, rung and
recipient.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from progress.models.reports import ProgressReport
from units.models import Unit, User


class ReminderState(models.TextChoices):
    """`due → claimed → sent`; filing cancels; what cannot be sent is skipped and says why."""

    DUE = "due", "待发送"
    CLAIMED = "claimed", "发送中"
    SENT = "sent", "已发送"
    CANCELLED = "cancelled", "已取消"
    SKIPPED = "skipped", "未发送"


class ReminderQuerySet(models.QuerySet["Reminder", "Reminder"]):
    def in_bell_of(self, user: User) -> ReminderQuerySet:
        """What the bell of `user` shows, newest first: a row is told in the page from its start."""
        shown = (ReminderState.DUE, ReminderState.CLAIMED, ReminderState.SENT)
        return self.filter(recipient=user, state__in=shown).order_by("-due_on", "-urgency", "-id")


class Reminder(models.Model):
    """`subject` is e.g. report:17; `rung` one of the ladder's (opening, d-2 …) or returned:2."""

    subject = models.CharField("对象", max_length=40)
    rung = models.CharField("阶梯", max_length=24)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="收件人", related_name="reminders"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    report = models.ForeignKey(
        ProgressReport, models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    due_on = models.DateField("应发日期")
    # 退回, 通过: goes at once and by itself, not in the day's digest
    is_immediate = models.BooleanField("即时", default=False)
    urgency = models.SmallIntegerField("紧急程度", default=0)  # higher first in a digest
    text = models.CharField("内容", max_length=300)
    link = models.CharField("链接", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ReminderState, default=ReminderState.DUE
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    claimed_at = models.DateTimeField("领取时间", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    message_id = models.CharField("邮件编号", max_length=120, blank=True)
    delivery = models.CharField("送达结果", max_length=120, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering: ClassVar = ["-due_on", "-urgency", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "rung", "recipient"],
                name="one_reminder_per_rung_and_recipient",
            ),
        ]
        indexes: ClassVar = [
            # the sender's poll: what is due and not yet sent
            models.Index(fields=["state", "due_on"], name="reminder_to_send"),
            # the bell
            models.Index(fields=["recipient", "read_at"], name="reminder_in_bell"),
        ]

    def __str__(self) -> str:
        return self.text
