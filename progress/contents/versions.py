"""Versions of a report: the first, and the next as a copy of the one before.

What was filed stays as it was filed. Typing goes on in a new version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.db.models import IntegerField, QuerySet

from progress.models import Decision, MilestoneReading, ProgressReport, Reading, ReportVersion
from units.asking.prepared import prepared

TEXT_FIELDS = (
    "progress",
    "problems",
    "next_steps",
    "no_progress",
    "no_progress_reason",
    "coordination",
    "coordination_lead",
    "coordination_by",
    "proposed_light",
    "light_reason",
    "note",
    "data_as_of",
    "is_estimate",
)
READING_FIELDS = (
    "indicator_id",
    "unit_id",
    "value",
    "started",
    "blank_reason",
    "is_correction",
    "filled_by_lead",
    "source",
)
MILESTONE_FIELDS = ("milestone_id", "done_on", "note")


def default_data_as_of(report: ProgressReport, today: date) -> date:
    """The earlier of today and the period's date (design.md section 4)."""
    return min(today, report.period.data_as_of)


class Decided(Protocol):
    """A `ReportVersion`, or what a plain row knows of it."""

    @property
    def decision(self) -> str: ...


Said = TypeVar("Said", bound=Decided)


def first_version(
    report: ProgressReport, now: datetime, before: ReportVersion | None = None
) -> ReportVersion:
    """Make version 1. What was answered of a sentence in the one accepted `before` stays said."""
    as_of = default_data_as_of(report, now.date())
    said = before.explanations if before is not None else {}
    kept = {key: answer for key, answer in said.items() if "." in key.partition(":")[0]}
    return ReportVersion.objects.create(
        report=report, number=1, data_as_of=as_of, explanations=kept
    )


def next_version(version: ReportVersion, *, is_correction: bool = False) -> ReportVersion:
    """Copy `version` into the one to type in; signatures, decisions and print texts stay behind."""
    fields = {name: getattr(version, name) for name in TEXT_FIELDS}
    new = ReportVersion.objects.create(
        report=version.report,
        number=version.number + 1,
        supersedes=version,
        is_correction=is_correction or version.is_correction,
        explanations=version.explanations,
        step_answers=version.step_answers,
        edited_at=version.edited_at,
        edited_by=version.edited_by,
        edited_by_name=version.edited_by_name,
        **fields,
    )
    Reading.objects.bulk_create(
        Reading(version=new, **{name: getattr(reading, name) for name in READING_FIELDS})
        for reading in version.readings.all()
    )
    MilestoneReading.objects.bulk_create(
        MilestoneReading(version=new, **{name: getattr(step, name) for name in MILESTONE_FIELDS})
        for step in version.milestone_readings.all()
    )
    return new


def versions_of(report: ProgressReport) -> list[ReportVersion]:
    """Every version, the newest first; each knows its report."""
    found = _versions(report=report.pk)
    for version in found:
        version.report = report
    return found


@prepared(report=IntegerField())
def _versions(report: Any) -> QuerySet[ReportVersion]:
    return ReportVersion.objects.filter(report=report).order_by("-number")


def newest_versions(reports: Iterable[ProgressReport]) -> dict[int, ReportVersion]:
    """Report → its latest version with everything that a draft holds; three queries."""
    versions = ReportVersion.objects.filter(report__in=reports).order_by("number")
    related = versions.prefetch_related("readings", "milestone_readings")
    return {version.report_id: version for version in related}


def last_return(report: ProgressReport) -> ReportVersion | None:
    """The newest returned version, which carries the reason, while it is still being reworked."""
    return returned_among(versions_of(report))


def returned_among(versions: Sequence[Said]) -> Said | None:
    """The returned one among the newest two of `versions`, which stand the newest first."""
    return next((each for each in versions[:2] if each.decision == Decision.RETURNED), None)


def last_decided(report: ProgressReport) -> ReportVersion | None:
    """The newest version that was accepted or returned."""
    return report.versions.exclude(decision="").order_by("-number").first()
