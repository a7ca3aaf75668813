"""Filings of a period by unit, with whom to telephone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from progress.models import ProgressReport, Urge
from progress.periods.filed import Filed, UnitName
from units.models import Appointment, Role, Unit


@dataclass
class UnitFilings:
    """One unit's filings of a kind, each with the state a page shows, and whom to telephone."""

    unit: Unit | UnitName
    filings: list[tuple[ProgressReport | Filed, str]] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    urges: list[Urge] = field(default_factory=list)  # 催办登记 of these filings


def liaisons_of(units: set[int], today: date) -> dict[int | None, list[str]]:
    """Unit id → its liaisons with their telephones."""
    found: dict[int | None, list[str]] = defaultdict(list)
    held = Appointment.objects.on(today).filter(unit__in=units, role=Role.REPORTER)
    columns = ("unit_id", "user__display_name", "user__username", "user__telephone")
    for unit, display_name, username, telephone in held.order_by("starts_on", "pk").values_list(
        *columns
    ):
        if telephone:
            found[unit].append(f"{display_name or username} {telephone}")
    return found


def by_unit(
    filings: Iterable[tuple[ProgressReport | Filed, str]],
    liaisons: Mapping[int | None, Sequence[str]],
) -> list[UnitFilings]:
    """Filings by unit, in the order in which they come, with whom to telephone."""
    grouped: dict[int, UnitFilings] = {}
    for report, state in filings:
        unit = report.unit
        grouped.setdefault(unit.pk, UnitFilings(unit)).filings.append((report, state))
    for each in grouped.values():
        each.contacts = _contacts(each, liaisons.get(each.unit.pk, []))
    return list(grouped.values())


def _contacts(each: UnitFilings, liaisons: Sequence[str]) -> list[str]:
    """The liaisons, then who is registered with the items, then the unit's own telephone."""
    duties = [report.responsibility for report, _ in each.filings]
    persons = [f"{d.contact_name} {d.telephone}".strip() for d in duties if d.telephone]
    desk = [f"值班 {each.unit.telephone}"] if each.unit.telephone else []
    return list(dict.fromkeys([*liaisons, *persons, *desk]))
