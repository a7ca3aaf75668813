"""Decisions taken elsewhere and registered here by the office (design.md §4 Decisions)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from units.models.people import Post


class Approval(models.Model):
    """批准: who decided, when, on what authority. The office registers decisions, it makes none."""

    post = models.ForeignKey(Post, models.PROTECT, verbose_name="批准职务", null=True, blank=True)
    decided_by = models.CharField("批准人或会议", max_length=60)
    decided_on = models.DateField("批准日期")
    authority = models.CharField("依据", max_length=200)
    scan = models.FileField("扫描件", upload_to="approvals/", blank=True)
    scan_sha256 = models.CharField("扫描件校验值", max_length=64, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+"
    )
    registered_by_name = models.CharField("登记人姓名", max_length=80)
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "批准"
        ordering: ClassVar = ["-decided_on", "-id"]

    def __str__(self) -> str:
        return f"{self.decided_by} {self.decided_on:%Y-%m-%d} {self.authority}"
