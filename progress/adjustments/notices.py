"""Whom a decision on an adjustment tells: the office of a request, the units of the answer."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from progress.models import Adjustment
from progress.telling.notice import DECIDED, tell
from progress.telling.people import People, holders_of, leads_of, people_of
from units.models import Role


def tell_asked(asked: Adjustment, now: datetime) -> None:
    """Tell the office that a unit asks for something."""
    text = f"{asked.task}：{asked.requested_by_name}申请{asked.get_kind_display()}，请办理。"
    _tell(asked, holders_of(Role.OFFICE, now.date()), "asked", text, now)


def tell_adjusted(adjustment: Adjustment, outcome: str, answer: str, now: datetime) -> None:
    """Tell who asked, who leads, and of 责任调整 everybody who leads from then on."""
    units = leads_of(adjustment.task, now.date())
    if adjustment.unit is not None:
        units.append(adjustment.unit)
    text = f"{adjustment.task}：{adjustment.get_kind_display()}{outcome}。{answer}"
    rung = f"{adjustment.state}:{now:%m%d%H%M%S}"
    _tell(adjustment, people_of(*units, day=now.date()), rung, text, now)


def _tell(adjustment: Adjustment, people: People, rung: str, text: str, now: datetime) -> None:
    link = reverse("progress:adjustment", args=[adjustment.task.plan.slug, adjustment.pk])
    tell(people, f"adjustment:{adjustment.pk}", rung, text, link, now=now, urgency=DECIDED)
