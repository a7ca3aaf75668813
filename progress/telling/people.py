"""Whom a notice reaches: the people of a unit, the holders of a role, the units that lead an item.

No city leader is ever messaged by a machine: a room asks for the roles of a unit, or of an office.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tasks.models import Responsibility, Task
from units.models import Appointment, Role, Unit, User
from units.models.people import UNIT_ROLES

# a person → the unit for which they are told; None: for an office, or for themselves
People = dict[User, Unit | None]


def people_of(*units: Unit, day: date, roles: Iterable[Role] = UNIT_ROLES) -> People:
    """Who holds one of `roles` for one of `units` on `day`, each person once."""
    roles = list(roles)
    return {person: unit for unit in units for person in _holding(roles, day, unit=unit)}


def holders_of(role: Role, day: date) -> People:
    """Who holds `role` on `day`, for whatever unit."""
    return dict.fromkeys(_holding([role], day))


def leads_of(task: Task, day: date) -> list[Unit]:
    """The units that answer for `task` on `day`, without those that support it: a succession that
    is planned silences nobody before its day.
    """
    held = Responsibility.objects.on(day).filter(task=task).exclude(role="support")
    return [row.unit for row in held.select_related("unit")]


def _holding(roles: list[Role], day: date, **of: Unit) -> Iterable[User]:
    held = Appointment.objects.on(day).filter(role__in=roles, **of)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk")
