"""提醒: the ledger of what the machine told whom, and the outbox by which it leaves.

A `Reminder` is one line for one person, unique per subject, rung and recipient. Lines of a day go
together in one `Message` (the digest), what goes at once in one of its own; a `Delivery` carries a
message over one channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models

from progress.models.reports import ProgressReport
from tasks.plan_names import names_now
from units.models import Unit, User


class ReminderState(models.TextChoices):
    """`due → claimed → sent`: claimed is in a message, shown at the bell, on its way over the
    channels; sent has arrived. Filing cancels; what cannot be sent is skipped and says why.
    """

    DUE = "due", "待发送"
    CLAIMED = "claimed", "发送中"
    SENT = "sent", "已发送"
    CANCELLED = "cancelled", "已取消"
    SKIPPED = "skipped", "未发送"


class DeliveryState(models.TextChoices):
    """`waiting → claimed → sent`; what is not taken waits again, and is given up visibly."""

    WAITING = "waiting", "待发送"
    CLAIMED = "claimed", "发送中"
    SENT = "sent", "已发送"
    GIVEN_UP = "given_up", "未送达"
    CANCELLED = "cancelled", "已取消"


OPEN_DELIVERIES = (DeliveryState.WAITING, DeliveryState.CLAIMED)


class Message(models.Model):
    """What one person is told in one go. `key` names it for ever: digest:12:2022-08-03,
    notice:55. A group message has no recipient and carries its own text; that of a digest says how
    much was to be done when it was made.
    """

    key = models.CharField("编号", max_length=60, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="messages"
    )
    is_immediate = models.BooleanField("即时", default=False)
    text = models.TextField("内容", blank=True)
    made_at = models.DateTimeField("形成时间")

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering: ClassVar = ["-made_at", "id"]

    def __str__(self) -> str:
        return self.key


class ReminderQuerySet(models.QuerySet["Reminder", "Reminder"]):
    def in_bell_of(self, user: User | int) -> ReminderQuerySet:
        """What the bell of `user` shows, newest first: a row is told in the page from its start."""
        shown = (ReminderState.DUE, ReminderState.CLAIMED, ReminderState.SENT)
        return self.filter(recipient=user, state__in=shown).order_by("-due_on", "-urgency", "-id")

    def write(self, rows: Sequence[Reminder], *, once: bool) -> None:
        """Add `rows`, each text as long as the ledger takes; `once` passes over those it holds.

        While several plans are worked on each line says which one it is about: a person reads
        those of all of them in one list, and one digest.
        """
        length = Reminder._meta.get_field("text").max_length or 0
        names = names_now() if rows else {}
        for row in rows:
            name = names.get(row.link.strip("/").split("/")[0])
            if name and not row.text.startswith(f"【{name}】"):
                row.text = f"【{name}】{row.text}"
            if len(row.text) > length:
                row.text = f"{row.text[: length - 1]}…"
        self.bulk_create(rows, ignore_conflicts=once)


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
    # 退回, 通过, 催办, 交办: goes at once and by itself, not in the day's digest
    is_immediate = models.BooleanField("即时", default=False)
    urgency = models.SmallIntegerField("紧急程度", default=0)  # higher first in a digest
    text = models.CharField("内容", max_length=300)
    link = models.CharField("链接", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ReminderState, default=ReminderState.DUE
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    claimed_at = models.DateTimeField("领取时间", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
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


class Delivery(models.Model):
    """A message over one channel. Claimed with a lease: a run that died gives it back when the
    lease ends. `reference` (the Message-ID of a mail) never changes, so that a
    repetition can be known as one.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    channel = models.CharField("渠道", max_length=12)
    address = models.CharField("地址", max_length=254, blank=True)
    reference = models.CharField("信息编号", max_length=120, unique=True)
    state = models.CharField(
        "状态", max_length=10, choices=DeliveryState, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    # by the real clock, unlike the ledger's: a lease must run out in a demonstration too
    next_at = models.DateTimeField("下次发送")
    claimed_at = models.DateTimeField("领取时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    result = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发送记录"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_per_channel"),
        ]
        indexes: ClassVar = [
            # the sender's poll
            models.Index(fields=["state", "next_at"], name="delivery_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.channel}"


class TellingChoice(models.Model):
    """How a person wants to be told, within what the office allows (`TellingRule`). Off: keys of
    channels; the bell is never off. Without a `digest_at` the digest is made with the first turn.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="账号", related_name="telling"
    )
    digests_off = models.JSONField("不接收每日汇总的渠道", default=list)
    notices_off = models.JSONField("不接收即时通知的渠道", default=list)
    digest_at = models.TimeField("每日汇总时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息设置"

    def __str__(self) -> str:
        return f"{self.user}的消息设置"

    def takes(self, channel: str, *, is_immediate: bool) -> bool:
        """Whether the person hears by this channel, were the office to allow any choice."""
        return channel not in (self.notices_off if is_immediate else self.digests_off)


class TellingRule(models.Model):
    """What the office allows: one row, or none for everything. `always`: keys of channels that
    nobody switches off; `times`: at which the digest may be asked for, as 08:30.
    """

    always = models.JSONField("不能关闭的渠道", default=list)
    times = models.JSONField("每日汇总可选时间", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "消息规则"

    def __str__(self) -> str:
        return "消息规则"
