"""The numbers by which a restored archive is compared with what was archived."""

from __future__ import annotations

from collections import Counter
from typing import Any

from progress.models import Period, TaskPeriod
from reports.exports.scope import rows_of, tables
from tasks.models import Plan


def numbers_of(plan: Plan) -> dict[str, Any]:
    """Rows of every table, and of every finalized period how many items have each light and the sum
    of their percentages.
    """
    return {
        "rows": {model._meta.label_lower: rows_of(model, plan).count() for model in tables()},
        "periods": {
            period.code: _of_period(period)
            for period in Period.objects.filter(plan=plan, finalized_at__isnull=False)
        },
    }


def _of_period(period: Period) -> dict[str, Any]:
    frozen = list(TaskPeriod.objects.standing().filter(period=period).order_by("task_id"))
    percents = [row.percent for row in frozen if row.percent is not None]
    return {
        "lights": dict(sorted(Counter(str(row.light) for row in frozen).items())),
        "percent_sum": str(sum(percents)),
    }
