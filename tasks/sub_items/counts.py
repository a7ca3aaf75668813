"""What the lists of 子项 say on a day: how many are listed, begun and finished."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from tasks.models import Indicator, SubItem
from tasks.sub_items.rules import counts_starts


@dataclass(frozen=True)
class Counts:
    """What the list says on a day."""

    listed: int
    started: int
    finished: int

    def plus(self, other: Counts) -> Counts:
        return Counts(
            self.listed + other.listed, self.started + other.started, self.finished + other.finished
        )

    @property
    def started_value(self) -> Decimal:
        return Decimal(self.started)

    def value_of(self, indicator: Indicator) -> Decimal:
        """The figure of the indicator itself."""
        return Decimal(self.started if counts_starts(indicator) else self.finished)


NONE = Counts(0, 0, 0)
Place = tuple[int, int | None]  # indicator, unit (None: all of it)


def counts_on(indicators: Collection[int], day: date) -> dict[Place, Counts]:
    """Counts by indicator and unit, and by indicator alone, in one query; nothing for an indicator
    without a list.
    """
    rows = (
        SubItem.objects.standing()
        .filter(indicator__in=indicators)
        .order_by()
        .values("indicator_id", "unit_id")
        .annotate(
            listed=Count("id"),
            begun=Count("id", filter=Q(started_on__lte=day)),
            ended=Count("id", filter=Q(finished_on__lte=day)),
        )
    )
    found: dict[Place, Counts] = {}
    for row in rows:
        counts = Counts(row["listed"], row["begun"], row["ended"])
        found[(row["indicator_id"], row["unit_id"])] = counts
        whole = found.get((row["indicator_id"], None), NONE)
        found[(row["indicator_id"], None)] = whole.plus(counts)
    return found
