"""What a naming does to responsibilities: one begins, or a stronger one stands already.

Source: design.md section 4, "Collective designations": one current responsibility per unit and
item, the stronger role wins.
"""

from __future__ import annotations

from datetime import date, timedelta

from tasks.models import Naming, Responsibility, ResponsibilityRole
from units.errors import NotNow

STRENGTH: dict[str, int] = {
    ResponsibilityRole.LEAD: 1,
    ResponsibilityRole.RESPONSIBLE: 2,
    ResponsibilityRole.SUPPORT: 3,
}
ONE_DAY = timedelta(days=1)
# Carried over when a unit's role changes: the people stay, the new role is to be received anew.
CONTACTS = ("leader_name", "section", "contact_name", "telephone", "contacts_on", "contacts_from")


def take_on(naming: Naming, starts_on: date) -> Responsibility | None:
    """The responsibility that a naming makes; None where the unit has as strong a role already.

    The stronger role wins: a weaker one is closed the day before (design.md section 4).
    """
    designation, unit = naming.designation, naming.unit
    assert unit is not None
    own = Responsibility.objects.not_over(starts_on).filter(task=designation.task, unit=unit)
    held: Responsibility | None = own.first()
    people = {name: getattr(held, name) for name in CONTACTS} if held is not None else {}
    if held is not None:
        # nothing is stronger than 汇总牵头, whatever the notice calls it
        if held.is_primary or STRENGTH[held.role] <= STRENGTH[designation.role]:
            return None
        if held.starts_on >= starts_on:
            raise NotNow(f"起始日期须晚于{unit}现有责任的起始日期{held.starts_on:%Y-%m-%d}。")
        held.ends_on = starts_on - ONE_DAY
        held.save(update_fields=["ends_on"])
    last = Responsibility.objects.filter(task=designation.task).order_by("-ordinal").first()
    made: Responsibility = Responsibility.objects.create(
        task=designation.task,
        unit=unit,
        role=designation.role,
        designation=designation,
        ordinal=last.ordinal + 1 if last is not None else 1,
        starts_on=starts_on,
        ends_on=naming.ends_on,
        **people,
    )
    if held is not None:
        held.followed_by = made  # the unit goes on with its numbers and steps
        held.save(update_fields=["followed_by"])
    return made


def end_what_it_made(naming: Naming, last_day: date) -> None:
    """Close the responsibility; one that never held a day goes as if it had not been."""
    made = naming.responsibility
    if made is None or not made.is_not_over(last_day + ONE_DAY):
        return
    made.ends_on = max(last_day, made.starts_on)
    made.save(update_fields=["ends_on"])
