"""年度责任分解: one notice, and the dated rules by which its year is judged."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from units.actors import Actor
from units.models.dated import Dated, DatedQuerySet, ends_after_start


class PlanState(models.TextChoices):
    """`draft → active → archived`."""

    DRAFT = "draft", "草稿"
    ACTIVE = "active", "执行中"
    ARCHIVED = "archived", "已归档"


class PlanQuerySet(models.QuerySet["Plan", "Plan"]):
    def visible_to(self, actor: Actor | None) -> PlanQuerySet:
        """Drafts are the office's; admin and auditor see no business data at all."""
        if actor is None or actor.is_admin or actor.is_auditor:
            return self.none()
        if actor.is_office:
            return self
        return self.exclude(state=PlanState.DRAFT)


class Plan(models.Model):
    """One notice. Several plans a year are possible; the slug opens every business address."""

    series = models.CharField("系列", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    slug = models.SlugField("地址", max_length=40, unique=True)
    title = models.CharField("标题", max_length=200)
    document_number = models.CharField("文号", max_length=60)
    issued_on = models.DateField("成文日期")
    source_text = models.TextField("通知原文")
    # what the reader said beside the items: warnings, text left out, titles of lists and columns;
    # null for plans that were loaded before it was kept
    reading = models.JSONField("读入记录", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    activated_on = models.DateField("启用日期", null=True, blank=True)
    # 主系列: the yearly work of the whole government, one plan a year; a 专项 stands beside it
    is_main = models.BooleanField("主系列", default=True, db_default=True)
    # 水印: pages and files carry who looked and when
    has_watermark = models.BooleanField("水印", default=False)
    is_sample = models.BooleanField("示例数据", default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度责任分解"
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "year"],
                name="one_plan_per_series_and_year",
                violation_error_message="该系列本年度的责任分解已存在。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """What the year is about: the series without 责任分解."""
        return self.series.removesuffix("责任分解")

    @property
    def begins_on(self) -> date:
        """From when units are asked for receipts and 办理方案: the notice's day, or the day on
        which the year was switched on here when that came later.
        """
        return max(self.issued_on, self.activated_on or self.issued_on)


class ParagraphKind(models.TextChoices):
    """What a paragraph of the notice that is no item does."""

    LETTER = "letter", "通知正文"
    REQUIREMENT = "requirement", "工作要求"
    REPORTING = "reporting", "报送要求"
    HEADLINE = "headline", "主要预期目标"


class PlanParagraph(models.Model):
    """The letter around the items: 报送时间, 工作要求, 主要预期目标, in the notice's words."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="paragraphs")
    ordinal = models.PositiveSmallIntegerField("顺序")
    kind = models.CharField("类别", max_length=12, choices=ParagraphKind)
    text = models.TextField("内容")
    line = models.PositiveIntegerField("原文行")

    class Meta:
        verbose_name = verbose_name_plural = "通知段落"
        ordering: ClassVar = ["plan", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "ordinal"], name="one_paragraph_per_place"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class PlanRule(Dated):
    """台账规则: thresholds, ladders, weights; `value` is JSON whose shape the key's reader
    documents.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="rules")
    key = models.CharField("规则", max_length=40)
    value = models.JSONField("取值")
    taken_from = models.PositiveSmallIntegerField("沿用自", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账规则"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                condition=models.Q(ends_on__isnull=True),
                name="one_open_rule",
                violation_error_message="该规则已有现行取值，请先终止。",
            ),
            ends_after_start("rule_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.key
