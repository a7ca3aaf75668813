"""Naming the place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from units import log
from units.actors import Actor
from units.city.names import first_values
from units.models import City
from units.permissions import can_administer, require
from units.stamps.small import read_again


def row() -> City:
    """The row as it stands; before the place is named what the environment knows, not stored."""
    return City.objects.first() or City(**first_values())


@transaction.atomic
def name_the_place(*, actor: Actor, now: datetime, **values: Any) -> City:
    """Write the names and words; `values` are fields of `City`. Logged with from and to.

    Raises `Refused` unless the administrator acts.
    """
    require(can_administer(actor))
    stands = City.objects.select_for_update().first()
    before = stands or City()
    changed = {
        name: [getattr(before, name), value]
        for name, value in values.items()
        if getattr(before, name) != value
    }
    if stands is not None and not changed:
        return stands
    made, _ = City.objects.update_or_create(id=1, defaults=values)
    read_again()
    log.record(
        actor=actor,
        action="city.set",
        subject=made,
        summary=f"设置名称和称谓：{made}",
        changes=changed,
        now=now,
    )
    return made
