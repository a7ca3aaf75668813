"""首次启用: how far an empty system has come on its way to a first notice."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class FirstRun(models.Model):
    """One row, made with the first key. What was typed is kept at every step, so that each can be
    left; of the key only its hash.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    key_hash = models.CharField("启用码校验值", max_length=64, blank=True)
    wrong_tries = models.PositiveSmallIntegerField("输错次数", default=0)
    begun_at = models.DateTimeField("开始时间", null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="首个系统管理员",
        null=True,
        blank=True,
        related_name="+",
    )
    pasted = models.TextField("粘贴的单位名单", blank=True)
    units: Any = models.JSONField("单位各行", default=list, blank=True)
    groups: Any = models.JSONField("集合称谓各行", default=list, blank=True)
    people: Any = models.JSONField("首批账号各行", default=list, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "首次启用"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_first_run"),
        ]

    def __str__(self) -> str:
        return "首次启用"
