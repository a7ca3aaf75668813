"""通过 that is held for some seconds, so that a stray key can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from progress.models.reports import ProgressReport, ReportVersion
from units.models import Appointment

HOLD = timedelta(seconds=10)


class HeldQuerySet(models.QuerySet["HeldAcceptance", "HeldAcceptance"]):
    def due(self, at: datetime) -> HeldQuerySet:
        """Those whose time is over at the real moment `at`. What is due later than anything held
        now could be was held by a clock that has been set back since.
        """
        return self.filter(Q(due_at__lte=at) | Q(due_at__gt=at + HOLD))


class HeldAcceptance(models.Model):
    """Decided, and not carried out yet: the report is `reviewing` for everybody. The row goes when
    it is carried out, taken back or overtaken.
    """

    report = models.OneToOneField(
        ProgressReport, models.PROTECT, verbose_name="进展填报", related_name="held"
    )
    version = models.ForeignKey(
        ReportVersion, models.PROTECT, verbose_name="报送稿", related_name="+"
    )
    # who decided, and as what: asked again when it is carried out
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="审核人", related_name="+"
    )
    held_by_name = models.CharField("审核人姓名", max_length=120)
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, verbose_name="任职", related_name="+"
    )
    held_at = models.DateTimeField("选择通过时间")
    due_at = models.DateTimeField("办理时间")  # by the real clock: a business date stands still
    digest = models.TextField("采用稿", blank=True)
    next_digest = models.TextField("采用稿·下一步", blank=True)
    verified = models.JSONField("核定数", default=dict)  # reading id → [figure as text, why]
    override_light = models.CharField("督查室认定状态", max_length=12, blank=True)
    override_reason = models.CharField("认定原因", max_length=300, blank=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待办理的通过"
        ordering: ClassVar = ["due_at", "pk"]

    def __str__(self) -> str:
        return f"{self.report}将通过"

    @property
    def typed(self) -> dict[str, Any]:
        """What the reviewer typed with it, as a session keeps it."""
        names = ("digest", "next_digest", "override_light", "override_reason", "verified")
        return {"version": self.version_id} | {name: getattr(self, name) for name in names}
