"""What is kept of passwords and of who is in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class OldPassword(models.Model):
    """The hash of a password that somebody had, so that it is not taken again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号", related_name="old_passwords"
    )
    password = models.CharField("密码（散列）", max_length=128)
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering: ClassVar = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at}"


class SignedIn(models.Model):
    """A session of somebody, beside Django's own row, which says neither whose nor whence."""

    session_key = models.CharField("会话", max_length=40, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号", related_name="signed_in"
    )
    began_at = models.DateTimeField("登录时间")
    address = models.CharField("来源地址", max_length=45, blank=True)
    browser = models.CharField("浏览器", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录中的会话"
        ordering: ClassVar = ["began_at", "id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.began_at}"
