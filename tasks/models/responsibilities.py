"""What the notice says about who answers (`Designation`), and who really does
(`Responsibility`).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from huangshi_tasks.lib import clock
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


# The rows that a row of today inherits from: those that are over and followed by it, and so on.
BEFORE = """
WITH RECURSIVE line(id) AS (
    SELECT id FROM tasks_responsibility
    WHERE unit_id = %s AND starts_on <= %s AND (ends_on IS NULL OR ends_on >= %s)
    UNION
    SELECT earlier.id FROM tasks_responsibility earlier
    JOIN line ON earlier.followed_by_id = line.id
    WHERE earlier.ends_on < %s
)
SELECT id FROM line
"""


class ResponsibilityQuerySet(DatedQuerySet):
    def primary_on(self, day: date, task_id: int | None) -> Responsibility | None:
        """Who writes the item's report on `day`, with its unit."""
        held = self.on(day).filter(task=task_id, is_primary=True)
        found: Responsibility | None = held.select_related("unit").first()
        return found

    def reported_by(self, unit: Unit | None) -> ResponsibilityQuerySet:
        """Whose numbers and steps `unit` reports today: those of its own rows and of the rows that
        these follow (`Responsibility.line_on`, asked by the database).
        """
        today = clock.today()
        asked = (unit.pk if unit is not None else None, today, today, today)
        return self.filter(pk__in=RawSQL(BEFORE, asked))  # noqa: S611  # constant text


class Responsibility(Dated):
    """责任: task × unit × role, dated. Rows are closed, never rewritten.

    Numbers and steps name the row that reports them; who reports on a day follows from the row's
    last day and from what follows it (`reporter_on`). So a planned change needs no job on its day.
    """

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
    # the year whose contacts were taken over, until somebody writes others
    contacts_from = models.PositiveSmallIntegerField("联系信息沿用自", null=True, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    received_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="签收人", null=True, blank=True, related_name="+"
    )
    # who reports, after this row's last day, the numbers and steps that this row reported
    followed_by = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="后续责任",
        null=True,
        blank=True,
        related_name="follows",
    )

    objects = ResponsibilityQuerySet.as_manager()

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

    def line_on(self, day: date) -> Responsibility | None:
        """Of this row and those that follow it, the first that is not over on `day`; None where
        nobody took over. It may begin later than that day.
        """
        row: Responsibility | None = self
        while row is not None and not row.is_not_over(day):
            row = row.followed_by
        return row

    def reporter_on(self, day: date) -> Responsibility | None:
        """Who reports on `day` what this row reports: the one of its line that holds then, else
        the item's primary, who takes over what nobody holds.
        """
        found = self.line_on(day)
        if found is not None and found.holds_on(day):
            return found
        return Responsibility.objects.primary_on(day, self.task_id)


class PortfolioKind(models.TextChoices):
    IN_CHARGE = "in_charge", "分管领导"
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
    taken_from = models.PositiveSmallIntegerField("沿用自", null=True, blank=True)

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
