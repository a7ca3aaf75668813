"""The actor: a user together with the one appointment in which they act now (当前身份)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from units.models import Appointment, Role, Unit, User

if TYPE_CHECKING:
    from django.http import HttpRequest

SESSION_KEY = "appointment_id"


@dataclass(frozen=True)
class Actor:
    """Who acts, and as what. Row scope and permissions ask this, never `User`."""

    user: User
    appointment: Appointment

    @property
    def role(self) -> Role:
        return Role(self.appointment.role)

    @property
    def unit(self) -> Unit | None:
        return self.appointment.unit

    @property
    def unit_id(self) -> int | None:
        return self.appointment.unit_id

    @property
    def label(self) -> str:
        """当前身份, e.g. 市住建局 联络员."""
        return self.appointment.label

    @property
    def name(self) -> str:
        """The name that is frozen into traces: the person, and the capacity when the name does
        not say it.
        """
        person = str(self.user)
        held = self.appointment.stands_in_for
        if held is not None:  # a deputy: who signed, and for whom
            return f"{person}（代{held.label}）"
        says_unit = self.unit is not None and self.unit.name in person
        return person if says_unit or person == self.label else f"{person}（{self.label}）"

    @property
    def scope(self) -> tuple[object, ...]:
        """Two actors of equal scope see the same rows and may do the same."""
        held = self.appointment
        return held.role, held.unit_id, held.post_id, held.is_head, held.stands_in_for_id

    @property
    def is_office(self) -> bool:
        return self.role == Role.OFFICE

    @property
    def is_office_head(self) -> bool:
        return self.is_office and self.appointment.is_head

    @property
    def is_reporter(self) -> bool:
        return self.role == Role.REPORTER

    @property
    def is_signer(self) -> bool:
        return self.role == Role.SIGNER

    @property
    def is_of_a_unit(self) -> bool:
        return self.is_reporter or self.is_signer

    @property
    def is_reader(self) -> bool:
        """Leaders and observers read what was accepted."""
        return self.role in (Role.LEADER, Role.OBSERVER)

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_auditor(self) -> bool:
        return self.role == Role.AUDITOR


def appointments_of(user: User, day: date) -> list[Appointment]:
    """What `user` may act as on `day`, in a stable order."""
    current = Appointment.objects.filter(user=user).on(day)
    return list(
        current.select_related(
            "unit", "post", "user", "stands_in_for__unit", "stands_in_for__post"
        ).order_by("starts_on", "id")
    )


def has_signer(unit: Unit | None, day: date) -> bool:
    """Whether anybody may sign for `unit` on `day`."""
    signers = Appointment.objects.on(day).filter(unit=unit, role=Role.SIGNER)
    return bool(signers.exists())


def choose_actor(
    request: HttpRequest, user: User, appointments: Sequence[Appointment]
) -> Actor | None:
    """The actor of this session: the appointment switched to, else the first; None without any."""
    chosen = request.session.get(SESSION_KEY)
    for appointment in appointments:
        if appointment.pk == chosen:
            return Actor(user, appointment)
    return Actor(user, appointments[0]) if appointments else None
