"""Chapters and sub-headings of a plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tasks.models.plans import Plan


class Area(models.Model):
    """方面: chapter 一…九. The title is without the closing 。."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="areas")
    ordinal = models.PositiveSmallIntegerField("序号")
    title = models.CharField("标题", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "方面"
        ordering: ClassVar = ["plan", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "ordinal"], name="one_area_per_ordinal"),
        ]

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    """小标题: a sub-heading of a chapter."""

    area = models.ForeignKey(Area, models.PROTECT, verbose_name="方面", related_name="themes")
    ordinal = models.PositiveSmallIntegerField("序号")
    title = models.CharField("标题", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "小标题"
        ordering: ClassVar = ["area__ordinal", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "ordinal"], name="one_theme_per_ordinal"),
        ]

    def __str__(self) -> str:
        return self.title
