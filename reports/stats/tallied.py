"""Many numbers by one query: each is the count of a queryset that some page lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tasks.models import Plan


def tallied(plan: Plan, sets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Name → number of rows; the querysets are those of the lists behind the numbers."""
    counts = {f"{name}_n": Coalesce(Subquery(_count(rows)), 0) for name, rows in sets.items()}
    found = Plan.objects.filter(pk=plan.pk).annotate(**counts).values(*counts)[0]
    return {name: found[f"{name}_n"] for name in sets}


def _count(rows: QuerySet[Any]) -> QuerySet[Any]:
    """One row with the count, or none; without the order and the joins of a list."""
    bare = rows.order_by().select_related(None).values(one=Value(1, IntegerField()))
    counted: QuerySet[Any] = bare.annotate(counted=Count("pk", distinct=True)).values("counted")
    return counted
