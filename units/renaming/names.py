"""How units were called on a day."""

from __future__ import annotations

from datetime import date

from units.models import UnitName


def names_on(day: date) -> dict[int, str]:
    """Unit id → its name on `day`, of those that were renamed at any time; one query. All others
    are called as they are now.
    """
    return dict(UnitName.objects.on(day).values_list("unit_id", "name"))
