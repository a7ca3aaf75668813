"""How units were called on a day: the one place that says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Protocol

from units.models import UnitName
from units.models.dated import holds
from units.stamps.small import found_once


class Named(Protocol):
    """A `Unit`, or what lists show of one."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...


class Held(NamedTuple):
    """A name and its days; of what stands in `UnitName`."""

    name: str
    starts_on: date
    ends_on: date | None


def names_on(day: date) -> dict[int, str]:
    """Unit id → its name on `day`, of those that were renamed at any time. All others are called
    as they are now. No query where names were asked before.
    """
    found = {}
    for pk, names in every_name().items():
        for each in names:
            if holds(each.starts_on, each.ends_on, day):
                found[pk] = each.name
    return found


def called(unit: Named, day: date) -> str:
    """How `unit` was called on `day`."""
    for each in every_name().get(unit.pk, ()):
        if holds(each.starts_on, each.ends_on, day):
            return each.name
    return unit.name


def every_name() -> Mapping[int, list[Held]]:
    """Unit id → its names in order, of those that were ever renamed, or will be."""
    return found_once(_read)


def _read() -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = defaultdict(list)
    for unit_id, *held in UnitName.objects.order_by("unit_id", "starts_on").values_list(
        "unit_id", *Held._fields
    ):
        found[unit_id].append(Held(*held))
    return dict(found)
