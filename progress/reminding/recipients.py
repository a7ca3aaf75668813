"""Who is told: the people who hold a role of a unit on a day. Never a city leader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from progress.reminding.case import Case
from progress.reminding.ladder import OFFICE
from units.models import Appointment, Role, User

TOLD = (Role.REPORTER, Role.SIGNER, Role.OFFICE)

# unit id → role → the people who hold it on the day; the office stands under None
Recipients = dict[int | None, dict[str, list[User]]]


def recipients_on(day: date) -> Recipients:
    """Everybody who may be told on `day`. One query."""
    found: Recipients = defaultdict(lambda: defaultdict(list))
    appointments = Appointment.objects.on(day).filter(role__in=TOLD, user__is_active=True)
    for appointment in appointments.select_related("user").order_by("pk"):
        key = None if appointment.role == Role.OFFICE else appointment.unit_id
        found[key][str(appointment.role)].append(appointment.user)
    return found


def people_for(case: Case, tells: Iterable[str], recipients: Recipients) -> list[User]:
    """Whom a rung of `case` reaches, each once."""
    found: dict[int, User] = {}
    for role in tells:
        if role in case.roles:
            key = None if role == OFFICE else case.unit.pk if case.unit is not None else None
            found |= {person.pk: person for person in recipients[key][role]}
    return list(found.values())
