"""People and the capacities in which they act. No role and no unit on `User` itself: see
`Appointment`.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from huangshi_tasks.lib.fold import fold
from units.models.dated import Dated, DatedQuerySet, ends_after_start
from units.models.units import Unit


class Role(models.TextChoices):
    """What a person does here (design.md §1)."""

    REPORTER = "reporter", "联络员"
    SIGNER = "signer", "单位负责人"
    OFFICE = "office", "督查室"
    LEADER = "leader", "政府领导"
    OBSERVER = "observer", "查阅"
    ADMIN = "admin", "系统管理员"
    AUDITOR = "auditor", "审计员"


UNIT_ROLES = frozenset({Role.REPORTER, Role.SIGNER})
READING_ROLES = frozenset({Role.LEADER, Role.OBSERVER})


NAME_LIKE = "用户名与已有账号“{name}”只有大小写、全半角或空格之差，请另取用户名。"


class Accounts(UserManager["User"]):
    """Accounts are called by their names folded: nobody types the width or case of a name."""

    use_in_migrations = False

    def called(self, typed: str) -> User | None:
        """The account of exactly this name; else of one that differs in nothing that counts."""
        found = self.filter(Q(username=typed) | Q(folded_name=fold(typed)))
        return min(found, key=lambda each: each.username != typed, default=None)

    def get_by_natural_key(self, username: str | None) -> User:
        """What logging in asks. Raises `User.DoesNotExist`."""
        found = self.called(username or "")
        if found is None:
            raise self.model.DoesNotExist
        return found


class User(AbstractUser):
    """A person who can log in. `display_name` is frozen into every trace the person leaves."""

    first_name = None  # type: ignore[assignment]  # Chinese names are one string
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField("姓名", max_length=40)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    must_change_password = models.BooleanField("下次登录须修改密码", default=True)
    # real time; None of passwords older than this column
    password_set_at = models.DateTimeField("密码设置时间", null=True, editable=False)
    # from when the days are counted in which a second factor is to be set up; real time
    factor_asked_at = models.DateTimeField("要求第二重验证的时间", null=True, editable=False)
    # `username` folded; None of accounts older than this rule whose name is another's but for that
    folded_name = models.CharField(  # noqa: DJ001  # several may have none
        "用户名（比对用）", max_length=150, unique=True, null=True, editable=False
    )

    objects: ClassVar[Accounts] = Accounts()

    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if update_fields is None or "username" in update_fields:
            self.folded_name = None if self._is_older_than_the_rule() else fold(self.username)
            update_fields = update_fields and {*update_fields, "folded_name"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    def clean(self) -> None:
        super().clean()
        other = self._called_alike()
        if other is not None and not self._is_older_than_the_rule():
            raise ValidationError({"username": NAME_LIKE.format(name=other.username)})

    def _called_alike(self) -> User | None:
        alike = User.objects.filter(folded_name=fold(self.username))
        return alike.exclude(pk=self.pk).first()

    def _is_older_than_the_rule(self) -> bool:
        """Whether the account stands with a name that would be refused today."""
        if self.pk is None or self._called_alike() is None:
            return False
        return User.objects.filter(pk=self.pk, folded_name=None, username=self.username).exists()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class PostKind(models.TextChoices):
    CITY_LEADER = "city_leader", "政府领导"
    DEPUTY_SECRETARY = "deputy_secretary", "副秘书长"
    SUPERVISOR = "supervisor", "督查员"


class Post(models.Model):
    """A post, held by whoever is appointed to it: successors inherit what is bound to it."""

    title = models.CharField("职务", max_length=60, unique=True)
    kind = models.CharField("职务类别", max_length=20, choices=PostKind)
    ordinal = models.PositiveSmallIntegerField("排序", default=0)
    retired_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "职务"
        ordering: ClassVar = ["ordinal", "id"]

    def __str__(self) -> str:
        return self.title


class Appointment(Dated):
    """任职: one user, acting for one unit in one role, from a day to a day."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="账号", related_name="appointments")
    role = models.CharField("角色", max_length=10, choices=Role)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name="单位",
        null=True,
        blank=True,
        related_name="appointments",
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        verbose_name="职务",
        null=True,
        blank=True,
        related_name="appointments",
    )
    is_head = models.BooleanField("主要负责人", default=False)
    stands_in_for = models.ForeignKey(
        "self", models.PROTECT, verbose_name="代行", null=True, blank=True, related_name="stand_ins"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering: ClassVar = ["user", "starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(role__in=["reporter", "signer"]) | Q(unit__isnull=False),
                name="unit_roles_have_a_unit",
                violation_error_message="联络员和单位负责人必须填写单位。",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(ends_on__isnull=True, unit__isnull=False),
                name="one_open_appointment_in_a_unit",
                violation_error_message="该账号已有相同的任职，请先终止原任职。",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ends_on__isnull=True, unit__isnull=True),
                name="one_open_appointment_without_unit",
                violation_error_message="该账号已有相同的任职，请先终止原任职。",
            ),
            ends_after_start("appointment_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def log_name(self) -> str:
        """Who is appointed to what."""
        return f"{self.user}，{self.label}"

    @property
    def label(self) -> str:
        """How the corner of the page names this capacity, e.g. 市住建局 联络员."""
        if self.post is not None:
            return self.post.title
        role = Role(self.role).label + ("（代行）" if self.stands_in_for_id else "")
        return f"{self.unit.name} {role}" if self.unit is not None else role


class PowerKind(models.TextChoices):
    """Which act waits. Of an appointment or an account the fields stand in `values`."""

    APPOINT = "appoint", "任职"
    CHANGE_APPOINTMENT = "change_appointment", "修改任职"
    CHANGE_ACCOUNT = "change_account", "修改账号"
    RESET_PASSWORD = "reset_password", "重置密码"
    RESET_FACTOR = "reset_factor", "重置登录保护"


class PowerState(models.TextChoices):
    """waiting → confirmed | refused | withdrawn | lapsed; alone: it stood at once, by one person,
    since nobody had been appointed auditor.
    """

    WAITING = "waiting", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "已作废"
    ALONE = "alone", "单人"


class PowerRequest(models.Model):
    """An act on powers: asked by one, confirmed by another. Names are frozen as they were."""

    kind = models.CharField("事项", max_length=20, choices=PowerKind)
    state = models.CharField("状态", max_length=10, choices=PowerState, default=PowerState.WAITING)
    user = models.ForeignKey(
        User, models.PROTECT, verbose_name="账号", related_name="power_requests"
    )
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, verbose_name="任职", null=True, related_name="+"
    )
    values = models.JSONField("内容", default=dict)
    summary = models.CharField("说明", max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, verbose_name="提出人", related_name="+")
    asked_by_name = models.CharField("提出人姓名", max_length=120)
    asked_at = models.DateTimeField("提出时间")
    server_from = models.DateField("可在服务器上确认之日")
    last_on = models.DateField("最后确认日期")
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="确认人", null=True, related_name="+"
    )
    decided_by_name = models.CharField("确认人姓名", max_length=120, blank=True)
    decided_at = models.DateTimeField("确认时间", null=True)
    reason = models.CharField("理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待确认事项"
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [
            # the page 待确认, its number in the menu, and the night's look for what has lapsed
            models.Index(
                fields=["last_on"], condition=Q(state="waiting"), name="power_requests_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.summary

    def is_open(self, day: date) -> bool:
        """Whether it may still be confirmed on `day`."""
        return self.state == PowerState.WAITING and day <= self.last_on
