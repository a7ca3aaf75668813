"""催办: by a person, after the deadline, telephone included; the register of it.

One row per act and unit: who urged, how, whom, about what, and what was answered.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from progress.models.instructions import Instruction
from progress.models.orders import SupervisionOrder
from progress.models.reports import ProgressReport
from tasks.models import Plan
from units.actors import Actor
from units.models import Unit
from units.renaming.names import called


class Channel(models.TextChoices):
    SYSTEM = "system", "系统"
    TELEPHONE = "telephone", "电话"
    WECHAT = "wechat", "微信"
    PAPER = "paper", "纸质"
    SMS = "sms", "短信"


# Noted by hand: what went out by other means than this system.
BY_HAND = (Channel.TELEPHONE, Channel.WECHAT, Channel.PAPER, Channel.SMS)


class UrgeQuerySet(models.QuerySet["Urge", "Urge"]):
    def visible_to(self, actor: Actor | None) -> UrgeQuerySet:
        """The office: all; a unit: its own."""
        if actor is None:
            return self.none()
        if actor.is_office:
            return self
        return self.filter(unit=actor.unit) if actor.is_of_a_unit else self.none()


class Urge(models.Model):
    """`reached` names, frozen, who was reached: 市住建局 联络员、市住建局 单位负责人."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="urges")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="urges")
    channel = models.CharField("方式", max_length=10, choices=Channel)
    urged_on = models.DateField("催办日期")
    urged_at = models.DateTimeField("登记时间")
    urged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    urged_by_name = models.CharField("催办人", max_length=120)
    recipients = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="收到催办的账号", blank=True, related_name="+"
    )
    reached = models.CharField("送达对象", max_length=300, blank=True)
    answer = models.CharField("答复情况", max_length=300, blank=True)

    objects = UrgeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催办登记"
        ordering: ClassVar = ["-urged_at", "-id"]
        indexes: ClassVar = [
            # 最近联系 of a unit
            models.Index(fields=["plan", "unit", "urged_at"], name="urge_last_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.urged_on:%Y-%m-%d} {self.get_channel_display()}催办{self.unit_name}"

    @property
    def unit_name(self) -> str:
        """As it was called on that day."""
        return called(self.unit, self.urged_on)


class UrgeSubject(models.Model):
    """One matter that was urged: a filing, an instruction, or a 督办单. `urged_on` and `channel`
    are copies, so that the database refuses a second 催办 by the system on one day.
    """

    urge = models.ForeignKey(Urge, models.PROTECT, related_name="subjects")
    report = models.ForeignKey(
        ProgressReport, models.PROTECT, null=True, blank=True, related_name="urged"
    )
    instruction = models.ForeignKey(
        Instruction, models.PROTECT, null=True, blank=True, related_name="urged"
    )
    order = models.ForeignKey(
        SupervisionOrder, models.PROTECT, null=True, blank=True, related_name="urged"
    )
    urged_on = models.DateField("催办日期")
    channel = models.CharField("方式", max_length=10, choices=Channel)

    class Meta:
        verbose_name = verbose_name_plural = "催办内容"
        ordering: ClassVar = ["urge", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[field, "urged_on"],
                condition=Q(channel="system"),
                name=f"one_urge_a_day_per_{field}",
            )
            for field in ("report", "instruction", "order")
        ]

    def __str__(self) -> str:
        return f"{self.urge} {self.report or self.instruction or self.order}"
