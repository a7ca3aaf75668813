"""Filings of a period by unit, with whom to telephone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from progress.models import ProgressReport, Urge
from units.models import Appointment, Role, Unit


@dataclass
class UnitFilings:
    """One unit's filings of a kind, each with the state a page shows, and whom to telephone."""

    unit: Unit
    filings: list[tuple[ProgressReport, str]] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    urges: list[Urge] = field(default_factory=list)  # 催办登记 of these filings


def liaisons_of(units: set[int], today: date) -> dict[int | None, list[str]]:
    """Unit id → its liaisons with their telephones."""
    found: dict[int | None, list[str]] = defaultdict(list)
    held = Appointment.objects.on(today).filter(unit__in=units, role=Role.REPORTER)
    for liaison in held.select_related("user").order_by("starts_on", "pk"):
        if liaison.user.telephone:
            found[liaison.unit_id].append(f"{liaison.user} {liaison.user.telephone}")
    return found


def by_unit(
    filings: Iterable[tuple[ProgressReport, str]], liaisons: dict[int | None, list[str]]
) -> list[UnitFilings]:
    """Filings by unit, in the order in which they come, with whom to telephone."""
    grouped: dict[int, UnitFilings] = {}
    for report, state in filings:
        unit = report.unit
        grouped.setdefault(unit.pk, UnitFilings(unit)).filings.append((report, state))
    for each in grouped.values():
        each.contacts = _contacts(each, liaisons.get(each.unit.pk, []))
    return list(grouped.values())


def _contacts(each: UnitFilings, liaisons: list[str]) -> list[str]:
    """The liaisons, then who is registered with the items, then the unit's own telephone."""
    duties = [report.responsibility for report, _ in each.filings]
    persons = [f"{d.contact_name} {d.telephone}".strip() for d in duties if d.telephone]
    desk = [f"值班 {each.unit.telephone}"] if each.unit.telephone else []
    return list(dict.fromkeys([*liaisons, *persons, *desk]))
