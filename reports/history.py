"""办理情况: what happened to an item, newest first, as far as this actor may know it.

Everybody on the item sees what was accepted; returns and filings under way are for the unit that
filed them and for the office (design.md section 4, Who sees what).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from progress.models import Decision, ProgressReport, ReportVersion
from units.actors import Actor


@dataclass(frozen=True)
class Event:
    """One line of the timeline. `kind` is the class of its mark."""

    kind: str
    at: datetime
    title: str
    text: str = ""
    note: str = ""


def events_of(reports: Iterable[ProgressReport], actor: Actor) -> list[Event]:
    """The events of an item's reports, newest first; reports come with their versions."""
    versions = [
        version
        for report in reports
        for version in report.versions.all()
        if version.submitted_at is not None
    ]
    events: list[Event] = []
    for version in versions:
        own = actor.is_office or (actor.is_of_a_unit and version.report.unit.pk == actor.unit_id)
        if version.decision == Decision.ACCEPTED:
            events += _accepted(version)
        elif own:
            events += _under_way(version)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _accepted(version: ReportVersion) -> list[Event]:
    unit, label = version.report.unit, version.report.period.label
    filed = version.signed_at or version.submitted_at
    events = []
    if version.decided_at is not None:
        mark = "（更正）" if version.is_correction else ""
        title = f"督查室 审核通过{label}进展{mark}"
        events.append(Event("accepted", version.decided_at, title, version.digest))
    if filed is not None:
        note = f"{version.submitted_by_name}填报"
        if version.signed_by_name:
            note += f"，{version.signed_by_name}{version.get_signature_display()}"
        events.append(Event("report", filed, f"{unit} 报送{label}进展", "", note))
    return events


def _under_way(version: ReportVersion) -> list[Event]:
    unit, label = version.report.unit, version.report.period.label
    events = []
    if version.decision == Decision.RETURNED and version.decided_at is not None:
        who = "督查室" if version.signed_at else version.decided_by_name
        title = f"{who} 退回{label}进展"
        events.append(Event("returned", version.decided_at, title, version.return_reason))
    filed = version.signed_at or version.submitted_at
    if filed is not None:
        verb = "报送" if version.signed_at else "送审签"
        note = f"{version.submitted_by_name}填报，第{version.number}稿"
        events.append(Event("report", filed, f"{unit} {verb}{label}进展", "", note))
    return events
