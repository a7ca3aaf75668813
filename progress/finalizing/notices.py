"""Whom 定稿 tells: every unit that owes something in the period."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from progress.models import Period
from progress.periods.owed import owed
from progress.telling.notice import DECIDED, tell
from progress.telling.people import people_of


def tell_dates(period: Period, now: datetime) -> None:
    """Tell every unit that owes something in the period that its dates were moved."""
    units = {report.unit.pk: report.unit for report in owed(period)}
    text = f"{period.label}进展报送日期已调整。{period.note}"
    people = people_of(*units.values(), day=now.date())
    subject, rung = f"period:{period.pk}", f"dates:{now:%m%d%H%M%S}"
    tell(people, subject, rung, text, reverse("reports:home"), now=now, urgency=DECIDED)
