"""What leaves the house on paper: 通报, 专报, 公示稿 stored for ever once frozen."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from progress.models import Period
from tasks.models import Plan
from units.actors import Actor
from units.models import Approval


class BulletinKind(models.TextChoices):
    BULLETIN = "bulletin", "督查通报"  # to all units; who is named checks the line first
    SPECIAL = "special", "督查专报"  # to leaders: what is behind, what needs coordination
    PUBLICATION = "publication", "公示稿"  # of the ten projects, for the public


class BulletinState(models.TextChoices):
    """`draft → checking → signed → frozen`; before it is signed it may be `dropped`."""

    DRAFT = "draft", "草稿"
    CHECKING = "checking", "单位核对中"
    SIGNED = "signed", "已签发"
    FROZEN = "frozen", "已印发"
    DROPPED = "dropped", "已作废"


EDITABLE = frozenset({BulletinState.DRAFT, BulletinState.CHECKING})
PUBLIC_KINDS = frozenset({BulletinKind.BULLETIN, BulletinKind.PUBLICATION})


class BulletinQuerySet(models.QuerySet["Bulletin", "Bulletin"]):
    def visible_to(self, actor: Actor | None) -> BulletinQuerySet:
        """The office: all. Others: what was issued; 专报 only leaders and observers."""
        if actor is None or actor.is_admin or actor.is_auditor:
            return self.none()
        if actor.is_office:
            return self
        issued = self.filter(state=BulletinState.FROZEN)
        return issued if actor.is_reader else issued.filter(kind__in=PUBLIC_KINDS)


class Bulletin(models.Model):
    """One edition. `figures` is what the queries said at `figures_at`: the words of the paper are
    made of it and of the sections, never of a query, so that nothing in it moves by itself.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="bulletins")
    kind = models.CharField("类别", max_length=12, choices=BulletinKind)
    period = models.ForeignKey(
        Period, models.PROTECT, verbose_name="填报期", related_name="bulletins"
    )
    state = models.CharField(
        "状态", max_length=10, choices=BulletinState, default=BulletinState.DRAFT
    )
    number = models.PositiveSmallIntegerField("期数", null=True, blank=True)
    edition = models.PositiveSmallIntegerField("版次", default=1)  # from the second on: 更正
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="更正",
        null=True,
        blank=True,
        related_name="corrected_by",
    )
    correction_reason = models.CharField("更正原因", max_length=300, blank=True)

    title = models.CharField("标题", max_length=120)
    addressee = models.CharField("主送", max_length=200, blank=True)
    basis = models.TextField("依据", blank=True)
    remarks = models.TextField("总体情况补充", blank=True)
    problems = models.TextField("存在问题", blank=True)
    requirements = models.TextField("下一步要求", blank=True)
    copies = models.CharField("抄送", max_length=200, blank=True)

    figures = models.JSONField("数据", default=dict)
    figures_at = models.DateTimeField("取数时间")
    # key of a line of the list before signing → what the office answered to it
    answers = models.JSONField("签发前核对", null=True, blank=True)
    check_until = models.DateField("核对截止", null=True, blank=True)  # until 24:00
    approval = models.OneToOneField(
        Approval,
        models.PROTECT,
        verbose_name="签发",
        null=True,
        blank=True,
        related_name="bulletin",
    )

    issued_on = models.DateField("印发日期", null=True, blank=True)
    frozen_at = models.DateTimeField("印发时间", null=True, blank=True)
    frozen_by_name = models.CharField("印发人", max_length=120, blank=True)
    file = models.FileField("文件", upload_to="bulletins/", blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_by_name = models.CharField("起草人", max_length=120)
    created_at = models.DateTimeField("起草时间")

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "kind", "number", "edition"],
                name="one_bulletin_per_number",
                violation_error_message="该期数已有，请刷新页面。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "frozen"]) | Q(approval__isnull=False),
                name="signed_bulletin_has_approval",
                violation_error_message="已签发的通报须登记签发依据。",
            ),
            models.CheckConstraint(
                condition=~Q(state="frozen")
                | (Q(number__isnull=False) & Q(issued_on__isnull=False) & ~Q(sha256="")),
                name="frozen_bulletin_is_whole",
                violation_error_message="已印发的通报须有期数、日期和文件。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.issue}"

    def get_absolute_url(self) -> str:
        return reverse("reports:bulletin", args=[self.plan.slug, self.pk])

    @property
    def issue(self) -> str:
        """``2022年第3期``, of a correction ``2022年第3期（更正）``; a draft says its period."""
        if self.number is None:
            return f"（{self.period.label}，未编期）"
        return f"{self.plan.year}年第{self.number}期{'（更正）' if self.edition > 1 else ''}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_frozen(self) -> bool:
        return self.state == BulletinState.FROZEN

    def takes_answers(self, today: date) -> bool:
        """Whether the units named may still answer on `today`."""
        is_checking = self.state == BulletinState.CHECKING
        return is_checking and self.check_until is not None and today <= self.check_until
