"""导出任务: a workbook too big to wait for, or the archive of a year, made in the background."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from tasks.models import Plan
from units.models import Appointment


class ExportState(models.TextChoices):
    """`waiting → running → ready → expired`; `failed` says why, `cancelled` by who asked."""

    WAITING = "waiting", "排队中"
    RUNNING = "running", "生成中"
    READY = "ready", "可下载"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"
    EXPIRED = "expired", "已过期"


ARCHIVE = "archive"  # the book of an export that is no workbook


class Export(models.Model):
    """One request, in the capacity in which it was made; the file is for that person alone."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="exports")
    book = models.CharField("内容", max_length=40)
    title = models.CharField("名称", max_length=80)
    query = models.TextField("条件", blank=True)  # as the address had it
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="申请人", related_name="exports"
    )
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("申请时间")
    state = models.CharField(
        "状态", max_length=10, choices=ExportState, default=ExportState.WAITING
    )
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)
    expires_at = models.DateTimeField("保留至", null=True, blank=True)
    file = models.FileField("文件", upload_to="exports/", blank=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("大小（字节）", default=0)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    problem = models.CharField("问题", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导出任务"
        ordering: ClassVar = ["-requested_at", "-id"]
        indexes: ClassVar = [
            # the job's poll
            models.Index(fields=["state", "requested_at"], name="export_to_run"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class SealedPart(models.Model):
    """审计部分 of an archive: the log, accounts and telephones, encrypted; for auditors. `mark`
    tells its password (`reports.exports.sealed.passwords`) from that of another key.
    """

    export = models.OneToOneField(Export, models.PROTECT, related_name="sealed")
    file = models.FileField("文件", upload_to="exports/", blank=True)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64)
    mark = models.CharField("口令标识", max_length=8)

    class Meta:
        verbose_name = verbose_name_plural = "归档包审计部分"
        ordering: ClassVar = ["-export_id"]

    def __str__(self) -> str:
        return self.name
