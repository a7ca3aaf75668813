"""What the notice says about who answers (`Designation`), and who really does
(`Responsibility`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tasks.models.items import ResponsibilityRole, Task
from units.models import Post, Unit, UnitGroup, User
from units.models.dated import Dated, DatedQuerySet, ends_after_start


class Designation(models.Model):
    """责任表述, word for word. A name nobody knows resolves to neither unit nor group."""

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="designations")
    role = models.CharField("责任类别", max_length=12, choices=ResponsibilityRole)
    ordinal = models.PositiveSmallIntegerField("顺序")
    printed = models.CharField("原文", max_length=80)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="单位",
        null=True,
        blank=True,
        related_name="designations",
    )
    group = models.ForeignKey(
        UnitGroup,
        models.PROTECT,
        verbose_name="集合称谓",
        null=True,
        blank=True,
        related_name="designations",
    )

    class Meta:
        verbose_name = verbose_name_plural = "责任表述"
        ordering: ClassVar = ["task", "role", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "role", "ordinal"], name="one_designation_per_place"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(group__isnull=True),
                name="designation_is_unit_or_group",
            ),
        ]

    def __str__(self) -> str:
        return self.printed

    @property
    def canonical(self) -> str:
        """The name as the directory spells it; as printed when the directory does not know it."""
        named = self.unit or self.group
        return named.name if named is not None else self.printed


class Responsibility(Dated):
    """责任: task × unit × role, dated. Rows are closed, never rewritten."""

    task = models.ForeignKey(
        Task, models.PROTECT, verbose_name="事项", related_name="responsibilities"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="单位", related_name="responsibilities"
    )
    role = models.CharField("责任类别", max_length=12, choices=ResponsibilityRole)
    designation = models.ForeignKey(
        Designation, models.PROTECT, verbose_name="来自", null=True, blank=True, related_name="+"
    )
    ordinal = models.PositiveSmallIntegerField("顺序", default=0)
    # 汇总牵头: writes the item's report; exactly one per task, movable by the office.
    is_primary = models.BooleanField("汇总牵头", default=False)
    leader_name = models.CharField("责任领导", max_length=40, blank=True)
    section = models.CharField("责任科室", max_length=40, blank=True)
    contact_name = models.CharField("责任人", max_length=40, blank=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    contacts_on = models.DateField("联系信息更新日期", null=True, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    received_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="签收人", null=True, blank=True, related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任"
        ordering: ClassVar = ["task", "-is_primary", "ordinal", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(is_primary=True, ends_on__isnull=True),
                name="one_primary_per_task",
                violation_error_message="每个事项只能有一个汇总牵头单位。",
            ),
            models.UniqueConstraint(
                fields=["task", "unit"],
                condition=Q(ends_on__isnull=True),
                name="one_open_responsibility_per_unit",
                violation_error_message="该单位在此事项上已有现行责任。",
            ),
            models.CheckConstraint(
                condition=Q(is_primary=False) | Q(role__in=["lead", "responsible"]),
                name="primary_leads",
                violation_error_message="汇总牵头单位须为牵头或责任单位。",
            ),
            ends_after_start("responsibility_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.unit} {self.get_role_display()}"


class PortfolioKind(models.TextChoices):
    IN_CHARGE = "in_charge", "分管市领导"
    COORDINATING = "coordinating", "协管副秘书长"
    SUPERVISING = "supervising", "责任督查员"


class Portfolio(Dated):
    """分工: a post has a unit or a single task in its charge; whoever holds the post inherits
    it.
    """

    post = models.ForeignKey(Post, models.PROTECT, verbose_name="职务", related_name="portfolios")
    kind = models.CharField("分工", max_length=14, choices=PortfolioKind)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="portfolios"
    )
    task = models.ForeignKey(
        Task, models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="portfolios"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分工"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) ^ Q(task__isnull=True),
                name="portfolio_is_unit_or_task",
                violation_error_message="分工须且只能对应一个单位或一个事项。",
            ),
            ends_after_start("portfolio_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.get_kind_display()}"
