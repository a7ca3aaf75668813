"""Chapters and sub-headings of a plan."""

from __future__ import annotations

import re
from typing import ClassVar

from django.db import models

from tasks.models.plans import Plan

NAME_LENGTH = 4  # of an area on 大屏
QUOTED = re.compile(r"“([^“”]{2,4})”")
AIM = re.compile(r"(?:全力|着力|奋力)?在(.+?)上(?:攻坚突破|下功夫|求突破|见实效|取得)?")
TURNED = re.compile(r"(?!现代)[\u4e00-\u9fff]{2}化(?!解|工|肥|学)")  # 同城化, 一体化
VERBS = re.compile(r"^(?:推进|推动|提升|促进|打造|建设|优化|加快|深化|实现|突出|坚持|强化|聚焦)+")
NOT_A_NAME = re.compile(r"[^\u4e00-\u9fff]")


def proposed_name(title: str) -> str:
    """At most four characters out of a title: what is quoted, 同城化, else what it aims at."""
    if quoted := QUOTED.search(title):
        return quoted[1]
    aim = AIM.search(title)
    words = aim[1] if aim else re.split(r"[、，,]", title)[-1]
    if turned := TURNED.search(words):
        return turned[0]
    return NOT_A_NAME.sub("", VERBS.sub("", words))[:NAME_LENGTH]


class Area(models.Model):
    """方面: chapter 一…九. The title is without the closing 。."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="areas")
    ordinal = models.PositiveSmallIntegerField("序号")
    title = models.CharField("标题", max_length=200)
    short_name = models.CharField(
        "简称", max_length=NAME_LENGTH, blank=True, default="", db_default=""
    )  # empty: as proposed

    class Meta:
        verbose_name = verbose_name_plural = "方面"
        ordering: ClassVar = ["plan", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "ordinal"], name="one_area_per_ordinal"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """What it is called where there is no room."""
        return self.short_name or proposed_name(self.title)


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
