"""Units, the other names they go by, and the collective designations that stand for many of
them.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from huangshi_tasks.lib.fold import fold
from units.models.dated import Dated, DatedQuerySet, ends_after_start


class UnitKind(models.TextChoices):
    """Kinds of unit, in the order of lists; what a place calls them is said by `units.city`."""

    MUNICIPAL_DEPARTMENT = "municipal_department", "市直部门"
    COUNTY_GOVERNMENT = "county_government", "县市区政府"
    PARK = "park", "园区"
    STATE_ENTERPRISE = "state_enterprise", "市属国企"
    INSTITUTION = "institution", "事业单位"
    PARTY_MASS = "party_mass", "党群部门"
    CENTRAL_PROVINCIAL = "central_provincial", "中央省属单位"


NO_UNIT = "没有名为“{name}”的单位，或有几个单位写法相近，请写全称。"


def place_of(name: str, kind: str) -> str:
    """A unit's name for narrow columns: 大冶市政府 is 大冶市."""
    return name.removesuffix("政府") if kind == UnitKind.COUNTY_GOVERNMENT else name


class UnitQuerySet(models.QuerySet["Unit", "Unit"]):
    def called(self, name: str) -> Unit | None:
        """The unit of exactly this name; else the one whose name or alias differs in nothing that
        counts (`fold`). None where there is none, or several.
        """
        key = fold(name)
        exactly, alike = set(), set()
        for pk, own, alias in self.values_list("pk", "name", "aliases__name"):
            if own == name:
                exactly.add(pk)
            if key and key in (fold(own), fold(alias or "")):
                alike.add(pk)
        found = exactly or alike
        return self.get(pk=found.pop()) if len(found) == 1 else None

    def current(self, day: date) -> UnitQuerySet:
        """Units not retired before `day`."""
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=day))


class Unit(models.Model):
    """A body that answers for items. Never deleted: it is retired."""

    name = models.CharField("单位名称", max_length=60, unique=True)
    kind = models.CharField("单位类别", max_length=24, choices=UnitKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="上级单位",
        null=True,
        blank=True,
        related_name="children",
    )
    # Units are compared only within one group; empty: never ranked (design.md §4 Ranking).
    rank_group = models.CharField("排名组别", max_length=20, blank=True)
    ordinal = models.PositiveSmallIntegerField("排序", default=0)
    pinyin = models.CharField("拼音首字母", max_length=60, blank=True)
    telephone = models.CharField("值班电话", max_length=40, blank=True)
    retired_on = models.DateField("停用日期", null=True, blank=True)
    # a notice that still prints this name means that unit
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="并入单位",
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering: ClassVar = ["ordinal", "id"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)

    @property
    def place(self) -> str:
        """For narrow columns."""
        return place_of(self.name, self.kind)


class UnitAlias(models.Model):
    """Another name under which a notice may print a unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="aliases")
    name = models.CharField("别名", max_length=60, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位别名"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitName(Dated):
    """A name that a unit had, has or will have. Only a unit that was renamed has any; `Unit.name`
    is the one of today, and each of these is an alias while it is not that.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="names")
    name = models.CharField("单位名称", max_length=60)
    authority = models.CharField("依据", max_length=200, blank=True)
    # whether it became an alias by the renaming itself, and ceases to be one with it
    brought_alias = models.BooleanField("别名由更名新增", default=False, db_default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位历次名称"
        ordering: ClassVar = ["unit", "starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ends_on__isnull=True),
                name="one_last_name_of_a_unit",
                violation_error_message="该单位已登记更名。",
            ),
            ends_after_start("unit_name_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMode(models.TextChoices):
    """What a collective designation stands for (design.md §4 Collective designations)."""

    ALL = "all", "全部成员"  # 各…: every member answers
    RELEVANT = "relevant", "待牵头单位明确"  # 相关…: the lead names whom it needs
    TO_BE_NAMED = "to_be_named", "成员待明确"  # …成员单位: the office has yet to enter the list


class UnitGroup(models.Model):
    """集合称谓. Members are listed with dates, or are all units of `member_kind`."""

    name = models.CharField("集合称谓", max_length=60, unique=True)
    mode = models.CharField("含义", max_length=12, choices=GroupMode)
    member_kind = models.CharField("成员类别", max_length=24, choices=UnitKind, blank=True)
    ordinal = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "集合称谓"
        ordering: ClassVar = ["ordinal", "id"]

    def __str__(self) -> str:
        return self.name

    def members_on(self, day: date) -> UnitQuerySet:
        """The units for which every one answers on `day`; nobody unless the mode is ALL."""
        if self.mode != GroupMode.ALL:
            return Unit.objects.none()
        if self.member_kind:
            return Unit.objects.current(day).filter(kind=self.member_kind)
        members = UnitGroupMember.objects.filter(group=self).on(day)
        return Unit.objects.filter(pk__in=members.values("unit_id"))


class UnitGroupAlias(models.Model):
    """An old name of a collective designation, under which a notice may still print it."""

    group = models.ForeignKey(
        UnitGroup, models.PROTECT, verbose_name="集合称谓", related_name="aliases"
    )
    name = models.CharField("别名", max_length=60, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "集合称谓别名"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitGroupMember(Dated):
    group = models.ForeignKey(
        UnitGroup, models.PROTECT, verbose_name="集合称谓", related_name="memberships"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="memberships")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "集合称谓成员"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "unit"],
                condition=Q(ends_on__isnull=True),
                name="one_open_membership",
                violation_error_message="该单位已是成员。",
            ),
            ends_after_start("membership_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.unit}"
