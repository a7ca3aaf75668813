"""When each job of the schedule last ran, by the real clock: a job that stopped must be seen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JobRun(models.Model):
    """One row per job. `error` is what the last run ended with; empty when it ended well."""

    name = models.CharField("任务", max_length=80, unique=True)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("最近完成时间", null=True, blank=True)
    error = models.CharField("错误", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "定时任务"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
