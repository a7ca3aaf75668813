"""单位推进情况: the order of units of one kind by countable facts; a draft until it is approved."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tasks.models import Plan
from units.actors import Actor
from units.models import Approval


class StandingState(models.TextChoices):
    """`draft → approved → revoked`; a draft may be `dropped`."""

    DRAFT = "draft", "草稿"
    APPROVED = "approved", "已批准"
    DROPPED = "dropped", "已作废"
    REVOKED = "revoked", "已撤销"


class StandingQuerySet(models.QuerySet["Standing", "Standing"]):
    def visible_to(self, actor: Actor | None) -> StandingQuerySet:
        """The office: all; leaders, observers and units: what was approved."""
        if actor is None or actor.is_admin or actor.is_auditor:
            return self.none()
        return self if actor.is_office else self.filter(state=StandingState.APPROVED)


class Standing(models.Model):
    """`figures` is what the facts said at `made_at`: nothing in it moves by itself. Its shape is
    that of `reports.standings.figures`.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="standings")
    data_as_of = models.DateField("数据截至")
    state = models.CharField(
        "状态", max_length=10, choices=StandingState, default=StandingState.DRAFT
    )
    figures = models.JSONField("数据", default=dict)
    made_at = models.DateTimeField("拟定时间")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_by_name = models.CharField("拟定人", max_length=120)
    approval = models.OneToOneField(
        Approval,
        models.PROTECT,
        verbose_name="批准",
        null=True,
        blank=True,
        related_name="standing",
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位推进情况"
        ordering: ClassVar = ["-data_as_of", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "data_as_of"],
                condition=Q(state__in=["draft", "approved"]),
                name="one_standing_per_day",
                violation_error_message="这一期的单位推进情况已经拟定。",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approval__isnull=False),
                name="approved_standing_has_approval",
                violation_error_message="已批准的须登记批准依据。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.data_as_of.year}年{self.data_as_of.month}月单位推进情况"

    def get_absolute_url(self) -> str:
        return reverse("reports:standing", args=[self.plan.slug, self.pk])
