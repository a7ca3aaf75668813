"""What a form that creates something was sent with, so that sending it again creates no second."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class FormKey(models.Model):
    """One form that was carried out. `told` is what is said when it comes again, `led_to` where one
    is sent then; `fingerprint` tells whether it comes as it was.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="提交人"
    )
    address = models.CharField("提交地址", max_length=300)
    key = models.CharField("表单标识", max_length=43)
    fingerprint = models.CharField("内容校验值", max_length=64)
    told = models.CharField("再次提交时的提示", max_length=200)
    led_to = models.CharField("结果地址", max_length=300, blank=True)
    used_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "已提交的表单"
        ordering: ClassVar = ["-used_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "address", "key"],
                name="form_key_used_once",
                violation_error_message="这份表单已提交过。",
            )
        ]

    def __str__(self) -> str:
        return self.told
