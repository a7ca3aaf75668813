"""Who is told: the people who hold a role of a unit on a day. Never a city leader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from progress.ladder import OFFICE
from progress.reminding.case import Case
from units.models import Appointment, Role, Unit, User

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


def people_of(unit: Unit, day: date, roles: Iterable[Role]) -> list[User]:
    """Who holds one of `roles` for `unit` on `day`."""
    held = Appointment.objects.on(day).filter(unit=unit, role__in=list(roles))
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))
