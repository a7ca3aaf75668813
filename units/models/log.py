"""操作日志: gapless, chained, append-only. Written only through `units.log.record()` (a test
walks the code).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class LogEntry(models.Model):
    """One act. `payload` is the truth; the other columns are copies for filters, compared by
    `verify_log`.
    """

    position = models.PositiveBigIntegerField("序号", unique=True)
    payload = models.TextField("内容")
    previous_hash = models.CharField("前序校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64)
    at = models.DateTimeField("时间")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="账号", null=True, related_name="+"
    )
    actor_name = models.CharField("操作人", max_length=120)
    action = models.CharField("操作", max_length=40)
    subject_type = models.CharField("对象类别", max_length=40, blank=True)
    subject_id = models.BigIntegerField("对象编号", null=True)
    summary = models.CharField("摘要", max_length=300)
    # in entries since these are known; they stand in `payload` only where they say something
    address = models.CharField("来源地址", max_length=45, null=True)  # noqa: DJ001
    session = models.CharField("会话", max_length=12, null=True)  # noqa: DJ001
    acting_as = models.CharField("当时身份", max_length=120, null=True)  # noqa: DJ001
    # beside `at` while a business date moves that
    real_at = models.DateTimeField("实际时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering: ClassVar = ["position"]
        indexes: ClassVar = [
            # the timeline of one item or report
            models.Index(fields=["subject_type", "subject_id"], name="log_by_subject"),
            # the auditor's page, newest first, filtered by kind of act
            models.Index(fields=["action", "-position"], name="log_by_action"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.summary}"


class LogHead(models.Model):
    """The last position and hash, one row: shows when the end of the log was cut off. `key` and
    `digest`: with what the next entry is made, both empty until the log is keyed.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    position = models.PositiveBigIntegerField("序号")
    hash = models.CharField("校验值", max_length=64)
    key = models.CharField("密钥", max_length=16, blank=True, db_default="")
    digest = models.CharField("算法", max_length=10, blank=True, db_default="")

    class Meta:
        verbose_name = verbose_name_plural = "日志末端"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_log_head"),
        ]

    def __str__(self) -> str:
        return str(self.position)


class Repeated(models.Model):
    """What somebody is refused again and again: the first times stand in the log one by one, the
    others are counted here and told as one entry an hour.
    """

    key = models.CharField("编号", max_length=120, unique=True)
    action = models.CharField("操作", max_length=40)
    summary = models.CharField("摘要", max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号", null=True, related_name="+"
    )
    address = models.CharField("来源地址", max_length=45, blank=True)
    count = models.PositiveIntegerField("次数", default=0)
    since = models.DateTimeField("起")
    last_at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = verbose_name_plural = "合并计数的拒绝"
        ordering: ClassVar = ["since"]

    def __str__(self) -> str:
        return self.key
