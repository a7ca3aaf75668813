"""Loading the unit directory: units with their aliases, collective designations with members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from pypinyin import Style, lazy_pinyin

from units.models import Unit, UnitAlias, UnitGroup, UnitGroupMember


@transaction.atomic
def load_directory(
    *,
    units: Sequence[Mapping[str, Any]],
    groups: Sequence[Mapping[str, Any]],
    starts_on: date,
) -> int:
    """Add what is missing, in the given order; what exists stays as the office left it.

    `units`: name, kind, rank_group, aliases. `groups`: name, mode, member_kind, members (names of
    units, members from `starts_on` on). Returns how many units were added.
    """
    added = sum(_add_unit(entry, place) for place, entry in enumerate(units, start=1))
    for place, entry in enumerate(groups, start=1):
        _add_group(entry, place, starts_on)
    return added


def _add_unit(entry: Mapping[str, Any], place: int) -> bool:
    unit, is_new = Unit.objects.get_or_create(
        name=entry["name"],
        defaults={
            "kind": entry["kind"],
            "rank_group": entry["rank_group"],
            "ordinal": place,
            "pinyin": initials(entry["name"]),
        },
    )
    for alias in entry["aliases"]:
        UnitAlias.objects.get_or_create(name=alias, defaults={"unit": unit})
    return is_new


def _add_group(entry: Mapping[str, Any], place: int, starts_on: date) -> None:
    group, is_new = UnitGroup.objects.get_or_create(
        name=entry["name"],
        defaults={"mode": entry["mode"], "member_kind": entry["member_kind"], "ordinal": place},
    )
    if is_new:
        members = {unit.name: unit for unit in Unit.objects.filter(name__in=entry["members"])}
        UnitGroupMember.objects.bulk_create(
            UnitGroupMember(group=group, unit=members[name], starts_on=starts_on)
            for name in entry["members"]
        )


def initials(name: str) -> str:
    """The first letters of a name's pinyin, lower case; signs are left out."""
    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(letters)[:60]
