"""What a version says in numbers and of milestones; one query (`Reading`, `MilestoneReading`)."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from progress.models import MilestoneReading, Reading, ReportVersion
from units.asking.prepared import attach, prepared

FIGURES = (
    "unit_id",
    "value",
    "started",
    "is_correction",
    "filled_by_lead",
    "verified",
    "verified_reason",
    "verified_by_id",
    "source",
)
NUMBER, STEP = range(2)  # what a row of `_said` is


def give_readings(version: ReportVersion) -> None:
    """Load both as if they had been prefetched; no query for who knows them already."""
    if "readings" in getattr(version, "_prefetched_objects_cache", {}):
        return
    readings, steps = [], []
    for kind, pk, of, words, done_on, *figures in _said(version=version.pk):
        if kind == NUMBER:
            told = dict(zip(FIGURES, figures, strict=True)) | {"blank_reason": words}
            readings.append(Reading(pk=pk, version_id=version.pk, indicator_id=of, **told))
        else:
            step = {"milestone_id": of, "done_on": done_on, "note": words}
            steps.append(MilestoneReading(pk=pk, version_id=version.pk, **step))
    attach([version], "readings", readings, "version")
    attach([version], "milestone_readings", steps, "version")


@prepared(version=IntegerField())
def _said(version: Any) -> QuerySet[Any, tuple[Any, ...]]:
    readings = Reading.objects.filter(version=version).order_by()
    steps = MilestoneReading.objects.filter(version=version).order_by()
    no_day, nothing = Cast(Value(None), DateField()), Value(None, IntegerField())
    # the first of a union says what the columns are
    return readings.values_list(
        Value(NUMBER), "pk", "indicator_id", "blank_reason", no_day, *FIGURES
    ).union(
        steps.values_list(
            *(Value(STEP), "pk", "milestone_id", "note", "done_on"), *([nothing] * len(FIGURES))
        ),
        all=True,
    )
