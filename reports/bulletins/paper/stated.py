"""What the figures of a paper rest on: 来源, 口径 and 说明 as they were stated once, and how often
each was looked at by the day of the paper. Kept with the draft; asked again with newer figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F

from huangshi_tasks.lib.text import full_width
from progress.models import Reading, SiteVisit, VisitState
from reports.before_signing.shapes import Figures, Stated
from reports.models import BulletinKind
from reports.numbers.checked import Pair, checked_in_words
from tasks.models import Indicator


def stated_of(figures: Figures, kind: str, day: date) -> list[Stated]:
    """By item in the order of the paper, of every number that something is known of; three
    queries.
    """
    named = (
        [each["task"] for each in figures["projects"] if "task" in each]
        if kind == BulletinKind.PUBLICATION
        else [each["task"] for each in (*figures["behind"], *figures["reached"])]
    )
    numbers = Indicator.objects.filter(task__in=named).select_related("task").order_by("ordinal")
    found = list(numbers)
    visits = _visits(named, day)
    verified = _verified([each.pk for each in found])
    rows: dict[int, list[Stated]] = defaultdict(list)
    for each in found:
        assert each.task is not None  # asked for by its item
        count = visits[each.task.pk, each.pk] + visits[each.task.pk, None]
        if not (each.stated or count or verified[each.pk]):
            continue
        rows[each.task.pk].append(
            Stated(
                code=each.task.code,
                title=full_width(each.task.short_title),
                name=full_width(each.name),
                stated=full_width(each.stated),
                checked=checked_in_words(count, verified[each.pk]),
            )
        )
    return [row for task in named for row in rows[task]]


def _visits(tasks: Iterable[int], day: date) -> Counter[tuple[int, int | None]]:
    """Closed 核查 by item and number; one of no number was of all."""
    closed = SiteVisit.objects.filter(
        task__in=tasks, state=VisitState.CLOSED, visited_on__lte=day
    ).order_by()
    return Counter(closed.values_list("task_id", "indicator_id"))


def _verified(indicators: Iterable[int]) -> dict[int, list[Pair]]:
    """核定数 beside what was filed, of accepted reports."""
    rows = Reading.objects.filter(
        indicator__in=indicators,
        verified__isnull=False,
        version__report__accepted_version=F("version"),
    ).order_by()
    found: dict[int, list[tuple[Decimal | None, Decimal | None]]] = defaultdict(list)
    for indicator, value, verified in rows.values_list("indicator_id", "value", "verified"):
        found[indicator].append((value, verified))
    return found
