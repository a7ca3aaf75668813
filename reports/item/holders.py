"""责任分工 of an item: what the notice prints, who really answers, and whom to ask there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, IntegerField, QuerySet

from reports.item.printed import Designated
from tasks.models import Responsibility, ResponsibilityRole
from units.actors import Actor
from units.asking.prepared import Many, prepared
from units.models import Appointment, Role, Unit
from units.stamps.shown import FINALIZED

LABELS = {
    ResponsibilityRole.LEAD: "牵头单位",
    ResponsibilityRole.RESPONSIBLE: "责任单位",
    ResponsibilityRole.SUPPORT: "配合单位",
}


@dataclass(frozen=True)
class Named:
    """A name as the notice prints it; of a group, how many units answer under it."""

    printed: str
    is_first: bool
    members: int | None


@dataclass(frozen=True)
class Contact:
    """A unit on the item and its people; empty where the actor may not know them."""

    responsibility: Responsibility
    reporters: list[str]
    signers: list[str]

    @property
    def unit(self) -> Unit:
        return self.responsibility.unit

    @property
    def telephone(self) -> str:
        return self.responsibility.telephone or self.unit.telephone


@dataclass(frozen=True)
class Holders:
    """Who answers for the item. `contacts`: the leading units, the primary first."""

    named: list[tuple[str, list[Named]]]
    contacts: list[Contact]
    supports: list[Contact]
    sees_contacts: bool

    @property
    def primary(self) -> Contact | None:
        return next((each for each in self.contacts if each.responsibility.is_primary), None)

    @property
    def others(self) -> list[Contact]:
        return [each for each in self.contacts if each is not self.primary]


def is_on(held: Iterable[Responsibility], actor: Actor, *, leading: bool = False) -> bool:
    """Whether the actor's unit answers for the item now; `leading`: not only as support."""
    return actor.is_of_a_unit and any(
        each.unit_id == actor.unit_id
        for each in held
        if not leading or each.role != ResponsibilityRole.SUPPORT
    )


def holders_of(
    designations: Iterable[Designated], held: Sequence[Responsibility], actor: Actor, day: date
) -> Holders:
    """Of one item. `held`: its responsibilities that hold on `day`, with their units. One query.

    Contacts are for the units on the item and for the office (design.md, Who sees what).
    """
    sees_contacts = actor.is_office or is_on(held, actor)
    people = _people(held, day) if sees_contacts else []
    leading = [each for each in held if each.role != ResponsibilityRole.SUPPORT]
    supports = [each for each in held if each.role == ResponsibilityRole.SUPPORT]
    return Holders(
        named=_named(designations, held),
        contacts=[_contact(each, people) for each in leading],
        supports=[_contact(each, people) for each in supports] if sees_contacts else [],
        sees_contacts=sees_contacts,
    )


def _named(
    found: Iterable[Designated], held: Iterable[Responsibility]
) -> list[tuple[str, list[Named]]]:
    members = Counter(each.designation_id for each in held)
    grouped = []
    for role, label in LABELS.items():
        those = [each for each in found if each.role == role]
        names = [
            Named(
                each.printed,
                is_first=place == 0 and role != ResponsibilityRole.SUPPORT,
                members=(members[each.pk] or None) if each.group is not None else None,
            )
            for place, each in enumerate(those)
        ]
        if names:
            grouped.append((label, names))
    return grouped


def _people(held: Iterable[Responsibility], day: date) -> list[Appointment]:
    return _appointments(units=[each.unit_id for each in held], day=day)


@prepared(FINALIZED, units=Many(IntegerField()), day=DateField())
def _appointments(units: Any, day: Any) -> QuerySet[Appointment]:
    people = Appointment.objects.on(day).filter(unit__in=units, user__is_active=True)
    return people.select_related("user").defer("user__last_login").order_by("starts_on", "id")


def _contact(responsibility: Responsibility, people: Iterable[Appointment]) -> Contact:
    own = [each for each in people if each.unit_id == responsibility.unit_id]
    return Contact(
        responsibility,
        [str(each.user) for each in own if each.role == Role.REPORTER],
        [str(each.user) for each in own if each.role == Role.SIGNER],
    )
