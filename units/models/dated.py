"""Rows that hold for a time: closed by a date, never rewritten (design.md §3)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet[Any, Any]):
    """Filters for rows with `starts_on`/`ends_on`; `ends_on` is the last day on which a row
    holds.
    """

    def on(self, day: date) -> Self:
        """Rows that hold on `day`."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )


class Dated(models.Model):
    """Abstract: from `starts_on` to `ends_on`, both included; an open end is null."""

    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether this row holds on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def ends_after_start(name: str) -> models.CheckConstraint:
    """A named constraint for concrete subclasses of `Dated`."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="终止日期不能早于起始日期。",
    )
