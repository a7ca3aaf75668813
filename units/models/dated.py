"""Rows that hold for a time: closed by a date, never rewritten (design.md §3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Min, Q


class DatedQuerySet(models.QuerySet[Any, Any]):
    """Filters for rows with `starts_on`/`ends_on`; `ends_on` is the last day on which a row
    holds. They are asked here only: `tests/house_rules.py` finds a question put by hand.
    """

    def on(self, day: date) -> Self:
        """Rows that hold on `day`: begun by then, and not ended before it. Who answers, leads,
        holds a post or is in charge is this question, for a change is written before its day.
        """
        return self.not_over(day).filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day))

    def not_over(self, day: date) -> Self:
        """Rows that hold on `day` or will from a later day on: what a new row may meet."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def open_ended(self) -> Self:
        """Rows without an end, the last of their line: what the next change closes and follows.

        Not who holds today: before the day of a planned change that is a row with an end.
        """
        return self.filter(ends_on__isnull=True)

    def next_turn(self, day: date) -> date | None:
        """The first day after `day` on which another row holds, or one does no longer; None where
        no such day is known. What was shown on `day` stands until then.
        """
        found = self.aggregate(
            begins=Min("starts_on", filter=Q(starts_on__gt=day)),
            ends=Min("ends_on", filter=Q(ends_on__gte=day)),
        )
        last = found["ends"]
        days = [found["begins"], last + timedelta(days=1) if last is not None else None]
        return min((each for each in days if each is not None), default=None)


def holds(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether a row from `starts_on` to `ends_on` holds on `day`, of lists that make no objects."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


class Dated(models.Model):
    """Abstract: from `starts_on` to `ends_on`, both included; an open end is null."""

    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether this row holds on `day`."""
        return holds(self.starts_on, self.ends_on, day)

    def is_not_over(self, day: date) -> bool:
        """Whether it holds on `day` or will from a later day on."""
        return self.ends_on is None or day <= self.ends_on

    @property
    def is_open_ended(self) -> bool:
        """Whether nothing ends it yet; see `DatedQuerySet.open_ended`."""
        return self.ends_on is None


def ends_after_start(name: str) -> models.CheckConstraint:
    """A named constraint for concrete subclasses of `Dated`."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="终止日期不能早于起始日期。",
    )
