"""What a unit answers to a matter handed to it: who wrote, who signed, what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from progress.models.reports import Decision, Signature
from units.models import Unit


class Answer(models.Model):
    """Abstract: what a unit answered, who signed it, what the office decided on it."""

    number = models.PositiveSmallIntegerField("稿次")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    text = models.TextField("办理情况")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_by_name = models.CharField("填报人", max_length=120)
    written_at = models.DateTimeField("填报时间")
    signature = models.CharField("审签方式", max_length=10, choices=Signature, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by_name = models.CharField("审签人", max_length=120, blank=True)
    signed_at = models.DateTimeField("审签时间", null=True, blank=True)
    left_at = models.DateTimeField("报送时间", null=True, blank=True)
    decision = models.CharField("办理结果", max_length=10, choices=Decision, blank=True)
    decided_by_name = models.CharField("审核人", max_length=120, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=300, blank=True)

    class Meta:
        abstract = True
