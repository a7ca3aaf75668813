"""What is kept of coming in: tries that failed, second factors beside the device of django-otp, who
is in, and 接口令牌 by which another system comes in, for a unit or for the office.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from units.models.units import Unit


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


class Scope(models.TextChoices):
    """What a token is good for."""

    READ_FINALIZED = "read_finalized", "读取已定稿的数据"
    READ_LIVE = "read_live", "读取进行中的数据"
    WRITE_READINGS = "write_readings", "报送读数"


class TokenState(models.TextChoices):
    """`asked → released → active → revoked`; what is asked for may be `declined`."""

    ASKED = "asked", "待批准"
    RELEASED = "released", "待领取"
    ACTIVE = "active", "使用中"
    DECLINED = "declined", "未批准"
    REVOKED = "revoked", "已吊销"


class ApiToken(models.Model):
    """One key of another system. Nobody but who asked for it ever sees the secret; kept is its
    hash. `addresses`: the networks it may come from, parted by commas.
    """

    name = models.CharField("名称", max_length=40)
    purpose = models.CharField("用途", max_length=200)
    # the account is one of this unit; of the office where empty
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="+"
    )
    scopes = models.CharField("权限", max_length=80)  # of `Scope`, parted by blanks
    addresses = models.CharField("来源地址", max_length=300)
    expires_on = models.DateField("有效期至")  # until 24:00
    state = models.CharField("状态", max_length=8, choices=TokenState, default=TokenState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="申请人", related_name="+"
    )
    asked_by_name = models.CharField("申请人姓名", max_length=120)
    asked_at = models.DateTimeField("申请时间")
    released_by_name = models.CharField("批准人", max_length=120, blank=True)
    released_at = models.DateTimeField("批准时间", null=True, blank=True)
    digest = models.CharField(  # several may have none
        "校验值", max_length=64, unique=True, null=True, blank=True, editable=False
    )
    collected_at = models.DateTimeField("领取时间", null=True, blank=True)
    ended_by_name = models.CharField("吊销人", max_length=120, blank=True)
    ended_at = models.DateTimeField("吊销时间", null=True, blank=True)
    # real time
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)
    last_address = models.CharField("最近来源", max_length=45, blank=True)
    minute_at = models.DateTimeField("计数的一分钟", null=True, blank=True)
    minute_uses = models.PositiveIntegerField("该分钟的次数", default=0)
    uses = models.PositiveIntegerField("使用次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(digest__isnull=False),
                name="active_token_has_a_digest",
                violation_error_message="使用中的令牌须已领取。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.name}"

    @property
    def holder(self) -> str:
        return self.unit.name if self.unit is not None else "督查室"

    @property
    def scope_words(self) -> list[str]:
        return [str(Scope(each).label) for each in self.scopes.split()]
