"""What one administrator asked for and another person confirms."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models.people import Appointment


class PowerKind(models.TextChoices):
    """Which act waits. Of an appointment or an account the fields stand in `values`."""

    APPOINT = "appoint", "任职"
    CHANGE_APPOINTMENT = "change_appointment", "修改任职"
    CHANGE_ACCOUNT = "change_account", "修改账号"
    RESET_PASSWORD = "reset_password", "重置密码"
    RESET_FACTOR = "reset_factor", "重置登录保护"


class PowerState(models.TextChoices):
    """waiting → confirmed | refused | withdrawn | lapsed; alone: it stood at once, by one person,
    since nobody had been appointed auditor.
    """

    WAITING = "waiting", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "已作废"
    ALONE = "alone", "单人"


class PowerRequest(models.Model):
    """An act on powers: asked by one, confirmed by another. Names are frozen as they were."""

    kind = models.CharField("事项", max_length=20, choices=PowerKind)
    state = models.CharField("状态", max_length=10, choices=PowerState, default=PowerState.WAITING)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="账号", related_name="power_requests"
    )
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, verbose_name="任职", null=True, related_name="+"
    )
    values = models.JSONField("内容", default=dict)
    summary = models.CharField("说明", max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提出人", related_name="+"
    )
    asked_by_name = models.CharField("提出人姓名", max_length=120)
    asked_at = models.DateTimeField("提出时间")
    server_from = models.DateField("可在服务器上确认之日")
    last_on = models.DateField("最后确认日期")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="确认人", null=True, related_name="+"
    )
    decided_by_name = models.CharField("确认人姓名", max_length=120, blank=True)
    decided_at = models.DateTimeField("确认时间", null=True)
    reason = models.CharField("理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待确认事项"
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [
            # the page 待确认, its number in the menu, and the night's look for what has lapsed
            models.Index(
                fields=["last_on"], condition=Q(state="waiting"), name="power_requests_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.summary

    def is_open(self, day: date) -> bool:
        """Whether it may still be confirmed on `day`."""
        return self.state == PowerState.WAITING and day <= self.last_on
