"""What stood before a period: what the unit last had accepted on an item, and its last 定稿."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateField, IntegerField, QuerySet

from progress.judging.gathering import Gatherer
from progress.models import ProgressReport, ReportVersion, TaskPeriod
from units.asking.prepared import prepared
from units.stamps.shown import FINALIZED


def previous_version(report: ProgressReport) -> ReportVersion | None:
    """What this unit last had accepted on the item, in an earlier period."""
    day = report.period.data_as_of
    newest = _last_accepted.first(task=report.task.pk, unit=report.unit.pk, day=day)
    return newest.in_force if newest is not None else None


@prepared(task=IntegerField(), unit=IntegerField(), day=DateField())
def _last_accepted(task: Any, unit: Any, day: Any) -> QuerySet[ProgressReport]:
    earlier = ProgressReport.objects.filter(
        responsibility__task=task,
        responsibility__unit=unit,
        period__data_as_of__lt=day,
        accepted_version__isnull=False,
    )
    related = earlier.select_related("accepted_version", "period")
    return related.order_by("-period__data_as_of", "pk")[:1]


def known_before(report: ProgressReport, gathered: Gatherer) -> ReportVersion | None:
    """The same, where it is at hand among what was gathered: mostly it is what is in force."""
    if not report.is_main:
        return None
    accepted = [
        main.accepted_version_id
        for main in gathered.mains[report.task.pk]
        if main.accepted_version_id is not None
        and main.as_of < report.period.data_as_of
        and main.unit_id == report.unit.pk
    ]
    return gathered.versions.get(accepted[-1]) if accepted else None


def last_frozen(report: ProgressReport) -> TaskPeriod | None:
    """The item's newest 定稿 before the period of the report, of the same cycle."""
    task, period = report.task.pk, report.period
    return _last_frozen.first(task=task, cycle=period.cycle, day=period.data_as_of)


@prepared(FINALIZED, task=IntegerField(), cycle=CharField(), day=DateField())
def _last_frozen(task: Any, cycle: Any, day: Any) -> QuerySet[TaskPeriod]:
    before = TaskPeriod.objects.filter(
        task=task, period__cycle=cycle, period__data_as_of__lt=day
    ).select_related("period")
    return before.order_by("-period__data_as_of", "-pk")[:1]
