"""What the page 待确认 shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from units.actors import Actor
from units.models import PowerRequest, PowerState
from units.powers.rules import can_confirm, can_withdraw

SHOWN = 50  # of what was decided


@dataclass(frozen=True)
class Line:
    """One request with its buttons; `why_not` says why this person cannot confirm it."""

    asked: PowerRequest
    why_not: str
    can_withdraw: bool


def waiting(day: date) -> QuerySet[PowerRequest]:
    """The oldest first."""
    return PowerRequest.objects.filter(state=PowerState.WAITING, last_on__gte=day).order_by(
        "asked_at", "id"
    )


def lines(actor: Actor, day: date) -> list[Line]:
    return [
        Line(each, can_confirm(actor, each).reason, bool(can_withdraw(actor, each)))
        for each in waiting(day).select_related("user")
    ]


def decided(day: date) -> list[PowerRequest]:
    """The newest of what was decided, stood alone or has lapsed."""
    over = PowerRequest.objects.exclude(state=PowerState.WAITING, last_on__gte=day)
    return list(over[:SHOWN])
