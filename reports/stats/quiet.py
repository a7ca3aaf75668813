"""Units that answer for something and of whose people nobody has ever logged in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from tasks.models import Plan, Responsibility
from units.models import Appointment, Unit
from units.models.people import UNIT_ROLES


@dataclass(frozen=True)
class QuietUnit:
    unit: Unit
    has_account: bool
    telephones: list[str]


def never_logged_in(plan: Plan, today: date) -> list[QuietUnit]:
    """In the order of the directory; two queries."""
    held = Responsibility.objects.on(today).filter(task__plan=plan).values("unit_id")
    people = Appointment.objects.on(today).filter(role__in=UNIT_ROLES)
    came = people.filter(unit=OuterRef("pk"), user__last_login__isnull=False)
    units = list(Unit.objects.filter(pk__in=held).exclude(Exists(came)))
    known: dict[int | None, list[Appointment]] = {unit.pk: [] for unit in units}
    for each in people.filter(unit__in=units).select_related("user").order_by("role", "pk"):
        known[each.unit_id].append(each)
    return [QuietUnit(unit, bool(known[unit.pk]), _phones(unit, known[unit.pk])) for unit in units]


def _phones(unit: Unit, people: list[Appointment]) -> list[str]:
    own = [f"{each.user} {each.user.telephone}" for each in people if each.user.telephone]
    desk = [f"值班 {unit.telephone}"] if unit.telephone else []
    return list(dict.fromkeys([*own, *desk]))
