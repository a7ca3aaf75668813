"""Whom 定稿 tells: every unit that owes something in the period."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from progress.models import Period
from progress.periods.owed import owed
from progress.telling.leads import _tell


def tell_dates(period: Period, now: datetime) -> None:
    """Tell every unit that owes something in the period that its dates were moved."""
    units = {report.unit.pk: report.unit for report in owed(period)}
    text = f"{period.label}进展报送日期已调整。{period.note}"
    link = reverse("reports:home")
    _tell(f"period:{period.pk}", f"dates:{now:%m%d%H%M%S}", text, link, units.values(), now)
