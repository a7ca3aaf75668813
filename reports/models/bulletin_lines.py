"""The units that a bulletin names, and what they say to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from reports.models.bulletins import Bulletin, BulletinState
from tasks.models import Task
from units.actors import Actor
from units.models import Unit


class LineKind(models.TextChoices):
    BEHIND = "behind", "未达序时进度"
    UNPUNCTUAL = "unpunctual", "未按时报送"
    LISTED = "listed", "其他通报事项"  # chosen by the office from a list


class BulletinLineQuerySet(models.QuerySet["BulletinLine", "BulletinLine"]):
    def visible_to(self, actor: Actor | None) -> BulletinLineQuerySet:
        """The office: all. A unit: the lines that name it, once they were sent to it to check."""
        if actor is None:
            return self.none()
        if actor.is_office:
            return self
        if not actor.is_of_a_unit:
            return self.none()
        sent = self.exclude(bulletin__state__in=[BulletinState.DRAFT, BulletinState.DROPPED])
        return sent.filter(unit=actor.unit, bulletin__check_until__isnull=False)


class BulletinLine(models.Model):
    """A unit named in a bulletin. `facts` come from the figures, `words` (the reason) may be
    rewritten by the office; the unit may answer once, with a sentence.
    """

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="lines")
    kind = models.CharField("类别", max_length=12, choices=LineKind)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.PositiveSmallIntegerField("顺序", default=0)
    facts = models.CharField("情况", max_length=400)
    words = models.TextField("原因", blank=True)
    is_dropped = models.BooleanField("不再列入", default=False)  # newer figures name it no more
    read_at = models.DateTimeField("单位阅看时间", null=True, blank=True)  # by whoever came first
    answer = models.CharField("单位意见", max_length=300, blank=True)
    answered_by_name = models.CharField("答复人", max_length=120, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    objects = BulletinLineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通报点名"
        ordering: ClassVar = ["bulletin", "kind", "place", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "task"], name="one_bulletin_line_per_item"),
            models.UniqueConstraint(
                fields=["bulletin", "unit"],
                condition=models.Q(task__isnull=True),
                name="one_unpunctual_line_per_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name}：{self.facts}"

    @property
    def stands(self) -> bool:
        """Whether it is still in the paper."""
        return not self.is_dropped

    @property
    def unit_name(self) -> str:
        """As it was called in the period that the paper is on."""
        return self.bulletin.period.name_of(self.unit)
