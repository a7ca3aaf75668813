"""What is told at once of decisions: a request answered, a claim decided, dates moved for all."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from progress.models import Adjustment, Closure, Reminder
from progress.telling.leads import (
    URGENCY,
    _leads,
    _tell,
)
from progress.telling.notice import fitted
from units.models import Appointment, Role


def tell_adjusted(adjustment: Adjustment, outcome: str, answer: str, now: datetime) -> None:
    """Tell who asked, who leads, and of 责任调整 everybody who leads from then on."""
    units = _leads(adjustment.task, now)
    if adjustment.unit is not None:
        units.append(adjustment.unit)
    text = f"{adjustment.task}：{adjustment.get_kind_display()}{outcome}。{answer}"
    link = reverse("progress:adjustment", args=[adjustment.task.plan.slug, adjustment.pk])
    rung = f"{adjustment.state}:{now:%m%d%H%M%S}"
    _tell(f"adjustment:{adjustment.pk}", rung, text, link, units, now)


def tell_asked(asked: Adjustment | Closure, now: datetime) -> None:
    """Tell the office that a unit asks for something."""
    slug = asked.task.plan.slug
    if isinstance(asked, Adjustment):
        subject, address = f"adjustment:{asked.pk}", "progress:adjustment"
        text = f"{asked.task}：{asked.requested_by_name}申请{asked.get_kind_display()}，请办理。"
    else:
        subject, address = f"closure:{asked.pk}", "progress:closure"
        text = f"{asked.task}：{asked.claimed_by_name}申请办结，请核查。"
    held = Appointment.objects.on(now.date()).filter(role=Role.OFFICE, user__is_active=True)
    Reminder.objects.bulk_create(
        Reminder(
            subject=subject,
            rung="asked",
            recipient_id=person,
            due_on=now.date(),
            urgency=URGENCY,
            is_immediate=True,
            text=fitted(text),
            link=reverse(address, args=[slug, asked.pk]),
        )
        for person in sorted(set(held.values_list("user_id", flat=True)))
    )
