"""Units that answer for something and of whose people nobody has ever logged in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.lookups import IsNull

from progress.periods.filed import UNIT, UnitName
from tasks.models import Plan, Responsibility
from units.asking.rows import remembered_rows
from units.models import Appointment, Role, Unit
from units.models.people import UNIT_ROLES
from units.stamps.shown import FINALIZED, LIVE


class Person(NamedTuple):
    """Who acts for a unit; of what stands in `Appointment` and its account."""

    unit_id: int
    role: str
    starts_on: date
    pk: int
    display_name: str
    username: str
    telephone: str
    has_logged_in: bool

    @property
    def phone(self) -> str:
        """Name and number; empty without a number."""
        return f"{self.display_name or self.username} {self.telephone}" if self.telephone else ""


People = Mapping[int, Sequence[Person]]


class QuietUnit(NamedTuple):
    unit: UnitName
    has_account: bool
    telephones: tuple[str, ...]


def people_of_units(today: date) -> People:
    """Unit → its people, by role. One query."""
    found: dict[int, list[Person]] = defaultdict(list)
    for row in _acting(today):
        found[row[0]].append(Person(*row))
    return found


@remembered_rows(FINALIZED, LIVE)
def _acting(today: date) -> QuerySet[Any, Any]:
    held = Appointment.objects.on(today).filter(role__in=UNIT_ROLES).order_by("role", "pk")
    held = held.annotate(has_logged_in=IsNull(F("user__last_login"), False))
    columns = ("user__display_name", "user__username", "user__telephone", "has_logged_in")
    rows: QuerySet[Any, Any] = held.values_list("unit_id", "role", "starts_on", "pk", *columns)
    return rows


def phones_of_liaisons(today: date) -> dict[int | None, list[str]]:
    """As `progress.periods.by_unit.liaisons_of`, of all units."""
    found: dict[int | None, list[str]] = defaultdict(list)
    for unit, display_name, username, telephone in _liaisons(today):
        if telephone:
            found[unit].append(f"{display_name or username} {telephone}")
    return found


@remembered_rows(FINALIZED)
def _liaisons(today: date) -> QuerySet[Any, Any]:
    held = Appointment.objects.on(today).filter(role=Role.REPORTER).order_by("starts_on", "pk")
    return held.values_list("unit_id", "user__display_name", "user__username", "user__telephone")


def liaisons_among(people: People) -> dict[int | None, list[str]]:
    """As `progress.periods.by_unit.liaisons_of`, of people at hand."""
    return {
        unit: [
            each.phone
            for each in sorted(own, key=lambda each: (each.starts_on, each.pk))
            if each.role == Role.REPORTER and each.telephone
        ]
        for unit, own in people.items()
    }


def never_logged_in(plan: Plan, today: date, people: People) -> list[QuietUnit]:
    """In the order of the directory. One query."""
    found = []
    for row in _answering(plan.pk, today):
        unit, own = UnitName(*row), people.get(row[0], ())
        if not any(each.has_logged_in for each in own):
            found.append(QuietUnit(unit, bool(own), _phones(unit, own)))
    return found


@remembered_rows(FINALIZED)
def _answering(plan_id: int, today: date) -> QuerySet[Any, Any]:
    held = Responsibility.objects.on(today).filter(task__plan=plan_id).values("unit_id")
    return Unit.objects.filter(pk__in=held).values_list(*UNIT)


def _phones(unit: UnitName, people: Sequence[Person]) -> tuple[str, ...]:
    desk = [f"值班 {unit.telephone}"] if unit.telephone else []
    return tuple(dict.fromkeys([*filter(None, (each.phone for each in people)), *desk]))
