"""Workbooks that came in: kept from the dry run (预检) until they are written or seven days old."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.db import models

from units.models.people import User
from units.models.units import Unit


class Capacity(Protocol):
    """Who sends, and as what: the actor of `units.actors`, which stands above the tables."""

    @property
    def user(self) -> User: ...
    @property
    def role(self) -> str: ...
    @property
    def unit(self) -> Unit | None: ...


class SheetUploadQuerySet(models.QuerySet["SheetUpload", "SheetUpload"]):
    def visible_to(self, actor: Capacity) -> SheetUploadQuerySet:
        """Only who sent it sees it, and only in the capacity in which it was sent."""
        return self.filter(uploaded_by=actor.user, role=actor.role, unit=actor.unit)


class SheetUpload(models.Model):
    """One workbook. `result` is what the dry run, then the writing, found (`units.sheets.results`).

    The file goes after seven days; the row stays, and the log has what was written.
    """

    kind = models.CharField("类别", max_length=20)
    scope = models.CharField("范围", max_length=40, blank=True)  # the plan's slug, where it has one
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", upload_to="sheets/", blank=True)
    sha256 = models.CharField("校验值", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+"
    )
    role = models.CharField("身份", max_length=10)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间")
    result: Any = models.JSONField("结果", default=dict)
    applied_at = models.DateTimeField("写入时间", null=True, blank=True)

    objects = SheetUploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上传的表格"
        ordering: ClassVar = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.name


class UploadDay(models.Model):
    """How many bytes a person sent in a day, whatever became of them."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="账号", related_name="+")
    day = models.DateField("日期")
    size = models.PositiveBigIntegerField("字节数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "当日上传量"
        ordering: ClassVar = ["-day", "user"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "day"], name="upload_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day} {self.size}"
