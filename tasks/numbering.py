"""Numbers that papers and items are given in order, each series of a year by itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet

from tasks.models import Plan


def next_number(plan: Plan, given: QuerySet[Any]) -> int:
    """The number after those of `given`, rows of the year. Call inside the transaction that gives
    it: the locked plan keeps two clerks apart.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    last: int | None = given.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
