"""The numbered items of a plan, who may see them, and when they are due."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from huangshi_tasks.lib import clock
from tasks.models.areas import Area, Theme
from tasks.models.plans import Plan
from units.actors import Actor
from units.models import Approval, Unit, User
from units.models.dated import Dated, DatedQuerySet, ends_after_start


class TaskKind(models.TextChoices):
    KEY_TASK = "key_task", "重点工作"
    PRACTICAL_PROJECT = "practical_project", "十件实事"


class Tracking(models.TextChoices):
    """事项性质: how an item is judged (design.md §4)."""

    QUANTITATIVE = "quantitative", "定量"
    MILESTONE = "milestone", "节点"
    QUALITATIVE = "qualitative", "定性"
    ONGOING = "ongoing", "长期坚持"


class Cycle(models.TextChoices):
    """报送频次."""

    MONTHLY = "monthly", "按月"
    QUARTERLY = "quarterly", "按季"
    HALF_YEARLY = "half_yearly", "按半年"


class Visibility(models.TextChoices):
    """知悉范围: restricted items are for their leads, the office and named leaders only."""

    NORMAL = "normal", "一般"
    RESTRICTED = "restricted", "限定"


class ResponsibilityRole(models.TextChoices):
    """Stronger first: a unit has one current responsibility per item, the stronger role wins."""

    LEAD = "lead", "牵头"
    RESPONSIBLE = "responsible", "责任"
    SUPPORT = "support", "配合"


def code_of(kind: str, number: int | str) -> str:
    """``重点工作第17项``, ``十件实事第3件``; of several ``重点工作第8、17项``."""
    if kind == TaskKind.PRACTICAL_PROJECT:
        return f"十件实事第{number}件"
    return f"重点工作第{number}项"


class TaskQuerySet(models.QuerySet["Task", "Task"]):
    def visible_to(self, actor: Actor | None) -> TaskQuerySet:
        """Row scope, the one answer for list, detail, file and form choices (design.md §4)."""
        if actor is None or actor.is_admin or actor.is_auditor:
            return self.none()
        if actor.is_office:
            return self
        scope = self.exclude(plan__state="draft")
        if actor.is_reader:
            named = Q(visibility=Visibility.NORMAL) | Q(named_readers=actor.user)
            return scope.filter(pk__in=scope.filter(named).values("pk"))
        return self.visible_at(actor.unit)

    def visible_at(self, unit: Unit | int | None) -> TaskQuerySet:
        """What the people of a unit see."""
        own = self.model.objects.of_unit(unit).values("pk")
        return self.exclude(plan__state="draft").filter(pk__in=own)

    def of_unit(self, unit: Unit | int | None) -> TaskQuerySet:
        """What the unit answers or answered for; restricted items only where it leads."""
        leads = Q(
            responsibilities__role__in=[ResponsibilityRole.LEAD, ResponsibilityRole.RESPONSIBLE]
        )
        return self.filter(leads | Q(visibility=Visibility.NORMAL), responsibilities__unit=unit)


class Task(models.Model):
    """A numbered item. `text` is verbatim, byte for byte, with its final 。."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="tasks")
    kind = models.CharField("类别", max_length=20, choices=TaskKind)
    number = models.PositiveSmallIntegerField("序号")
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name="方面", null=True, blank=True, related_name="tasks"
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, verbose_name="小标题", null=True, blank=True, related_name="tasks"
    )
    text = models.TextField("任务内容")
    # as the notice prints them; empty where it prints none, or was loaded before they were read
    printed_number = models.CharField(
        "原文编号", max_length=20, blank=True, default="", db_default=""
    )
    deadline_text = models.CharField(
        "原文时限", max_length=120, blank=True, default="", db_default=""
    )
    # 暂缓, 汇总牵头待定: why the year began without a unit that leads; holds until one does
    aside_reason = models.CharField(
        "暂缓原因", max_length=200, blank=True, default="", db_default=""
    )
    short_title = models.CharField("短标题", max_length=16)
    tracking = models.CharField("事项性质", max_length=14, choices=Tracking)
    cycle = models.CharField("报送频次", max_length=12, choices=Cycle)
    # of all steps together among the rows of the item, as the 办理方案 sets it
    steps_weight = models.PositiveSmallIntegerField("节点权重", default=1, db_default=1)
    visibility = models.CharField(
        "知悉范围", max_length=12, choices=Visibility, default=Visibility.NORMAL
    )
    named_readers = models.ManyToManyField(
        User, verbose_name="指定知悉人", blank=True, related_name="+"
    )
    # 新增: not of the notice but added by a decision, from a day on
    approval = models.ForeignKey(
        Approval,
        models.PROTECT,
        verbose_name="新增依据",
        null=True,
        blank=True,
        related_name="added_tasks",
    )
    added_on = models.DateField("新增日期", null=True, blank=True)
    # the words in force where they were mended (`Wording`); empty: those of the notice
    mended_text = models.TextField("现行表述", blank=True)
    carried_from = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="结转自",
        null=True,
        blank=True,
        related_name="carried_to",
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事项"
        # key tasks before practical projects, each by its number in the notice
        ordering: ClassVar = ["plan", "kind", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "kind", "number"],
                name="one_item_per_number",
                violation_error_message="该序号的事项已存在。",
            ),
            models.CheckConstraint(
                condition=Q(steps_weight__gte=1),
                name="steps_weigh_something",
                violation_error_message="权重须为1以上的整数。",
            ),
            models.CheckConstraint(
                condition=Q(added_on__isnull=True) | Q(approval__isnull=False),
                name="added_item_has_approval",
                violation_error_message="新增事项须登记批准依据。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}"

    def get_absolute_url(self) -> str:
        """The item's own page."""
        name = "reports:project" if self.is_project else "reports:item"
        return reverse(name, args=[self.plan.slug, self.number])

    @property
    def is_project(self) -> bool:
        return self.kind == TaskKind.PRACTICAL_PROJECT

    @property
    def is_added(self) -> bool:
        """新增: added by a decision after the notice."""
        return self.added_on is not None

    @cached_property
    def primary_unit(self) -> Unit | None:
        """The unit that writes the item's report and 办理方案 today; read once per object."""
        held = self.responsibilities.on(clock.today()).filter(is_primary=True)
        found = held.select_related("unit").first()
        return found.unit if found is not None else None

    @property
    def words(self) -> str:
        """The wording in force; the notice's own stays in `text`."""
        return self.mended_text or self.text

    @property
    def code(self) -> str:
        """The office's own way of naming an item."""
        return code_of(self.kind, self.number)

    def natural_key(self) -> tuple[str, str, int]:
        return (self.plan.slug, self.kind, self.number)


class TaskDeadline(Dated):
    """时限: when an item is due, from when on that holds, and by which decision it was moved."""

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="deadlines")
    due_on = models.DateField("完成时限")
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事项时限"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(ends_on__isnull=True), name="one_open_deadline"
            ),
            ends_after_start("deadline_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.due_on}"


class TaskLeader(Dated):
    """责任领导 as the notice names them: a name or a post. Who they are among the users is a
    `Portfolio`'s to say; here stands what is printed, and from when until when it holds.
    """

    task = models.ForeignKey(
        Task, models.PROTECT, verbose_name="事项", related_name="printed_leaders"
    )
    ordinal = models.PositiveSmallIntegerField("顺序")
    printed = models.CharField("责任领导", max_length=60)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "原文所列责任领导"
        ordering: ClassVar = ["task", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "ordinal"],
                condition=Q(ends_on__isnull=True),
                name="one_open_leader_per_place",
            ),
            ends_after_start("leader_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.printed


class TaskPart(models.Model):
    """分项: （1）（2） of an item, in the notice's order and words.

    `units` are its own, where it prints some: rows of role, printed and name, as in the notice. The
    item answers for all its parts (`Designation`).
    """

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="parts")
    ordinal = models.PositiveSmallIntegerField("顺序")
    number = models.CharField("原文编号", max_length=20, blank=True)
    text = models.TextField("分项内容")
    units = models.JSONField("原文所列单位", default=list)
    leaders = models.JSONField("原文所列责任领导", default=list)
    deadline_text = models.CharField("原文时限", max_length=120, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "分项"
        ordering: ClassVar = ["task", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "ordinal"], name="one_part_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.number}{self.text[:20]}"
