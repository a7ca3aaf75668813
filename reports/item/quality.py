"""What a figure rests on: where it comes from, who signed it and when, how often it was looked at.

来源 and 口径 were stated once; the rest comes of signatures, 核查 and 核定, and nobody is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet
from django.utils.timezone import localtime

from progress.models import Signature, SiteVisit, VisitState
from reports.item.record import Filed, Record
from reports.numbers.checked import checked_in_words
from tasks.models import Indicator, Task
from units.asking.prepared import prepared
from units.stamps.shown import LIVE


@dataclass(frozen=True)
class Quality:
    """Of one number."""

    name: str
    stated: str
    signed: str
    checked: str


def quality_of(task: Task, record: Record, *, is_visited: bool) -> list[Quality]:
    """Of every number of an item; a query where it was visited."""
    numbers: Sequence[Indicator] = list(task.indicators.all())
    if not numbers:
        return []
    filed: dict[int, list[Filed]] = defaultdict(list)
    for each in record.filed:
        filed[each.reading.indicator_id].append(each)
    visits = Counter(_visits(task=task.pk) if is_visited else [])
    of_all = visits[None]  # looked at without a figure of its own: it was all of them
    return [
        Quality(
            each.name,
            each.stated,
            _signed(filed[each.pk]),
            checked_in_words(
                visits[each.pk] + of_all,
                [(f.reading.value, f.reading.verified) for f in filed[each.pk]],
            ),
        )
        for each in numbers
    ]


def _signed(filed: Sequence[Filed]) -> str:
    """Who signed the city's last figure, and when."""
    of_city = [each for each in reversed(filed) if each.reading.unit_id is None]
    version = next((each.version for each in of_city if each.version.signed_at is not None), None)
    if version is None or version.signed_at is None:
        return ""
    day = localtime(version.signed_at)
    is_unsigned = version.signature == Signature.UNSIGNED
    by = "未经审签" if is_unsigned else f"{version.signed_by_name}审签"
    return f"{by}，{day.month}月{day.day}日"


@prepared(LIVE, task=IntegerField())
def _visits(task: Any) -> QuerySet[SiteVisit, int | None]:
    closed = SiteVisit.objects.filter(task=task, state=VisitState.CLOSED)
    return closed.order_by().values_list("indicator_id", flat=True)
