"""What a figure rests on: where it comes from, who signed it and when, how often it was looked at.

来源 and 口径 were stated once; the rest comes of signatures, 核查 and 核定, and nobody is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import IntegerField, Q, QuerySet
from django.utils.timezone import localtime

from progress.models import Decision, Reading, Signature, SiteVisit, VisitState
from tasks.models import Indicator, Task
from units.asking.prepared import Many, prepared
from units.stamps.shown import FINALIZED, LIVE


class _Filed(NamedTuple):
    """An accepted figure, of whichever unit."""

    indicator: int
    unit: int | None
    value: Decimal | None
    verified: Decimal | None
    signed_by: str
    signed_at: datetime | None
    signature: str


@dataclass(frozen=True)
class Quality:
    """Of one number."""

    name: str
    stated: str
    signed: str
    checked: str


def quality_of(task: Task) -> list[Quality]:
    """Of every number of an item; two queries."""
    numbers: Sequence[Indicator] = list(task.indicators.all())
    if not numbers:
        return []
    filed: dict[int, list[_Filed]] = defaultdict(list)
    for row in map(_Filed._make, _filed(tasks=[task.pk])):
        filed[row.indicator].append(row)
    visits = Counter(_visits(tasks=[task.pk]))
    of_all = visits[None]  # looked at without a figure of its own: it was all of them
    return [
        Quality(
            each.name,
            each.stated,
            _signed(filed[each.pk]),
            checked_in_words(visits[each.pk] + of_all, filed[each.pk]),
        )
        for each in numbers
    ]


def checked_in_words(visits: int, filed: Iterable[_Filed]) -> str:
    """本年核查3次，核减1次; what nobody looked at says so."""
    pairs = [(f.value, f.verified) for f in filed if f.value is not None and f.verified is not None]
    less = sum(verified < value for value, verified in pairs)
    more = sum(verified > value for value, verified in pairs)
    words = [f"本年核查{visits}次" if visits else "本年未核查"]
    words += [f"核减{less}次"] if less else []
    words += [f"核增{more}次"] if more else []
    return "，".join(words)


def _signed(filed: Sequence[_Filed]) -> str:
    """Who signed the city's last figure, and when."""
    last = next((f for f in reversed(filed) if f.unit is None and f.signed_at is not None), None)
    if last is None or last.signed_at is None:
        return ""
    day = localtime(last.signed_at)
    by = "未经审签" if last.signature == Signature.UNSIGNED else f"{last.signed_by}审签"
    return f"{by}，{day.month}月{day.day}日"


@prepared(FINALIZED, LIVE, tasks=Many(IntegerField()))
def _filed(tasks: Any) -> QuerySet[Reading, tuple[Any, ...]]:
    accepted = Reading.objects.filter(
        Q(value__isnull=False) | Q(verified__isnull=False),
        indicator__task__in=tasks,
        version__decision=Decision.ACCEPTED,
    )
    by = ("version__signed_by_name", "version__signed_at", "version__signature")
    in_order = accepted.order_by("version__report__period__data_as_of", "version__number", "pk")
    return in_order.values_list("indicator_id", "unit_id", "value", "verified", *by)


@prepared(FINALIZED, LIVE, tasks=Many(IntegerField()))
def _visits(tasks: Any) -> QuerySet[SiteVisit, int | None]:
    closed = SiteVisit.objects.filter(task__in=tasks, state=VisitState.CLOSED)
    return closed.order_by().values_list("indicator_id", flat=True)
