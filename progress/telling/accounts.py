"""What a person is told of the own account, and the auditors of acts on powers: the app of accounts
stands below the ledger of messages (`units.guard.told`).
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.urls import reverse

from progress.telling.notice import DECIDED, tell
from progress.telling.people import People, holders_of
from units.models import Appointment, Role, User

RUNG_BYTES = 8  # every telling is one of its own


def tell_person(*, user: User, text: str, now: datetime, link: str, **kwargs: Any) -> None:
    """At the bell and over the channels; no city leader is ever messaged by a machine."""
    is_leader = Appointment.objects.on(now.date()).filter(user=user, role=Role.LEADER).exists()
    if not is_leader:
        _tell({user: None}, f"account:{user.pk}", text, now, link)


def tell_auditors(*, text: str, now: datetime, link: str, **kwargs: Any) -> None:
    _tell(holders_of(Role.AUDITOR, now.date()), "powers", text, now, link)


def _tell(people: People, subject: str, text: str, now: datetime, link: str) -> None:
    rung = f"at:{secrets.token_hex(RUNG_BYTES)}"
    goes_to = link or reverse("progress:notices")
    tell(people, subject, rung, text, goes_to, now=now, urgency=DECIDED)
