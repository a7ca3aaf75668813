"""征询配合单位: what the unit that writes an item's report asks a support unit, and its answer.

asked ──answer──▶ answered
  └────take_back──▶ taken_back
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from progress.models.reports import ProgressReport
from tasks.models import Plan
from units.actors import Actor
from units.models import Unit


class SupportState(models.TextChoices):
    ASKED = "asked", "待答复"
    ANSWERED = "answered", "已答复"
    TAKEN_BACK = "taken_back", "已收回"


class SupportRequestQuerySet(models.QuerySet["SupportRequest", "SupportRequest"]):
    def visible_to(self, actor: Actor | None) -> SupportRequestQuerySet:
        """Who asks, who is asked, and the office."""
        if actor is None:
            return self.none()
        if actor.is_office:
            return self
        if not actor.is_of_a_unit:
            return self.none()
        asked = models.Q(unit=actor.unit) & ~models.Q(state=SupportState.TAKEN_BACK)
        return self.filter(asked | models.Q(report__responsibility__unit=actor.unit))

    def of_plan(self, plan: Plan | int) -> SupportRequestQuerySet:
        return self.filter(report__period__plan=plan)

    def waiting_at(self, unit: Unit | int | None) -> SupportRequestQuerySet:
        """Those that `unit` is asked and has not answered."""
        return self.filter(unit=unit, state=SupportState.ASKED)


class SupportRequest(models.Model):
    """One question to one unit, answered in one text that the primary may quote."""

    report = models.ForeignKey(
        ProgressReport, models.PROTECT, verbose_name="进展填报", related_name="support_requests"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="配合单位", related_name="support_requests"
    )
    question = models.TextField("请提供的内容")
    due_on = models.DateField("答复期限")
    state = models.CharField(
        "状态", max_length=10, choices=SupportState, default=SupportState.ASKED
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by_name = models.CharField("发出人", max_length=120)
    asked_at = models.DateTimeField("发出时间")
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_by_name = models.CharField("答复人", max_length=120, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "配合征询"
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [
            # what waits on the desk of a support unit
            models.Index(fields=["unit", "state"], name="support_request_by_unit"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "unit"],
                condition=models.Q(state="asked"),
                name="one_open_support_request",
                violation_error_message="已向该单位发出征询，尚未答复。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}向{self.unit}的征询"
