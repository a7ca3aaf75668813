"""What is kept of coming in: tries that failed, second factors beside the device of django-otp, and
who is in.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class TryKind(models.TextChoices):
    """Of what somebody tries, and by what it is counted."""

    PAIR = "pair", "账号和来源地址"
    DEVICE = "device", "账号和已知电脑"
    ADDRESS = "address", "来源地址"
    FACTOR = "factor", "动态口令"
    OLD_PASSWORD = "old_password", "原密码"


class Tries(models.Model):
    """How often somebody tried in vain, in a row."""

    kind = models.CharField("种类", max_length=12, choices=TryKind)
    name = models.CharField("账号", max_length=150, blank=True)
    origin = models.CharField("来源", max_length=45, blank=True)
    failures = models.PositiveIntegerField("次数", default=0)
    last_at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = verbose_name_plural = "失败的尝试"
        ordering: ClassVar = ["-last_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name", "origin"], name="tries_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.origin}"


class CodeKind(models.TextChoices):
    RECOVERY = "recovery", "恢复码"
    SHEET = "sheet", "口令单"


class OneTimeCode(models.Model):
    """A code that opens once, kept as its keyed digest."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号", related_name="one_time_codes"
    )
    kind = models.CharField("种类", max_length=8, choices=CodeKind)
    number = models.PositiveSmallIntegerField("编号")
    digest = models.CharField("校验值", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "一次性口令"
        ordering: ClassVar = ["user", "kind", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="one_time_code_once"),
        ]

    def __str__(self) -> str:
        return f"{CodeKind(self.kind).label}{self.number}"


class Certificate(models.Model):
    """The client certificate of a person, by the subject that the TLS front end verified."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号", related_name="certificate"
    )
    subject = models.CharField("证书主体", max_length=300, unique=True)
    bound_at = models.DateTimeField("绑定时间")

    class Meta:
        verbose_name = verbose_name_plural = "数字证书"
        ordering: ClassVar = ["user"]

    def __str__(self) -> str:
        return self.subject
