"""Loading the unit directory: units with their aliases, collective designations with members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from huangshi_tasks.lib.fold import fold
from units.models import Unit, UnitAlias, UnitGroup, UnitGroupAlias, UnitGroupMember


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
    known = {fold(alias.name): alias.unit for alias in UnitAlias.objects.select_related("unit")}
    known |= {fold(unit.name): unit for unit in Unit.objects.all()}
    added = sum(_add_unit(entry, place, known) for place, entry in enumerate(units, start=1))
    renamed = set(UnitGroupAlias.objects.values_list("name", flat=True))
    for place, entry in enumerate(groups, start=1):
        if entry["name"] not in renamed:
            _add_group(entry, place, starts_on, known)
    return added


def _add_unit(entry: Mapping[str, Any], place: int, known: dict[str, Unit]) -> bool:
    """`known`: folded name or alias → unit; what is added is known then."""
    unit = known.get(fold(entry["name"]))
    is_new = unit is None
    if unit is None:
        unit = Unit.objects.create(
            name=entry["name"],
            kind=entry["kind"],
            rank_group=entry["rank_group"],
            ordinal=place,
            pinyin=initials(entry["name"]),
        )
        known[fold(unit.name)] = unit
    for alias in entry["aliases"]:
        if fold(alias) not in known:
            known[fold(alias)] = UnitAlias.objects.create(name=alias, unit=unit).unit
    return is_new


def _add_group(
    entry: Mapping[str, Any], place: int, starts_on: date, known: Mapping[str, Unit]
) -> None:
    group, is_new = UnitGroup.objects.get_or_create(
        name=entry["name"],
        defaults={"mode": entry["mode"], "member_kind": entry["member_kind"], "ordinal": place},
    )
    if is_new:
        UnitGroupMember.objects.bulk_create(
            UnitGroupMember(group=group, unit=known[fold(name)], starts_on=starts_on)
            for name in entry["members"]
        )


def full_pinyin(name: str) -> str:
    """A name as it is typed without tones, lower case; signs are left out."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name, errors="ignore"))


def initials(name: str) -> str:
    """The first letters of a name's pinyin, lower case; signs are left out."""
    from pypinyin import Style, lazy_pinyin  # 53 MB that few processes ever need

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(letters)[:60]
