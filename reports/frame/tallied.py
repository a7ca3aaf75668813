"""Many numbers by one query: each is the count of a queryset that some page lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tasks.models import Plan

Sets = Mapping[str, QuerySet[Any]]
SetsOf = Callable[[Plan, date], Sets]


def tallied(plans: tuple[Plan, ...], day: date, sets_of: SetsOf) -> list[dict[str, int]]:
    """Of each plan name → number of rows on `day`; the querysets are those of the lists behind the
    numbers. They are nothing but plan and day, so the text of the query is made once for both.
    """
    names, statement, values = _statement(plans, day, sets_of)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        counts = iter(cursor.fetchone())
    return [dict(zip(names, islice(counts, len(names)), strict=True)) for _ in plans]


@lru_cache(maxsize=32)
def _statement(
    plans: tuple[Plan, ...], day: date, sets_of: SetsOf
) -> tuple[tuple[str, ...], str, tuple[Any, ...]]:
    sets = [sets_of(plan, day) for plan in plans]
    counts = [Coalesce(Subquery(_count(rows)), 0) for each in sets for rows in each.values()]
    found = Plan.objects.order_by().filter(pk=plans[0].pk).values_list(*counts)
    statement, values = found.query.sql_with_params()
    return tuple(sets[0]), statement, tuple(values)


def _count(rows: QuerySet[Any]) -> QuerySet[Any]:
    """One row with the count, or none; without the order and the joins of a list."""
    bare = rows.order_by().select_related(None).values(one=Value(1, IntegerField()))
    counted: QuerySet[Any] = bare.annotate(counted=Count("pk", distinct=True)).values("counted")
    return counted
