"""The warning that due days were stored by other working days: ``{% load due_day_tags %}``."""

from __future__ import annotations

from typing import Any

from django import template

from progress.due_days.affected import affected
from progress.models import Period
from units.calendar import workdays

register = template.Library()


@register.inclusion_tag("progress/due_days/_warning.html", takes_context=True)
def due_day_warning(context: dict[str, Any], period: Period | None = None) -> dict[str, Any]:
    """How many are affected; of an open `period`, whether its days are a guess by weekends."""
    request = context["request"]
    provisional = None
    if period is not None and not period.is_finalized:
        years = {period.due_on.year, period.closes_on.year}
        provisional = next((year for year in sorted(years) if not workdays.is_known(year)), None)
    return {"count": len(affected(request.today)), "provisional": provisional}
