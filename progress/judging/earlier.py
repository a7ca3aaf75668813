"""What stood before a period: what the unit last had accepted on an item, and its last 定稿."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from progress.models import Period, ProgressReport, ReportVersion, TaskPeriod


def previous_version(report: ProgressReport) -> ReportVersion | None:
    """What this unit last had accepted on the item, in an earlier period."""
    earlier = ProgressReport.objects.filter(
        responsibility__task=report.task,
        responsibility__unit=report.unit,
        period__data_as_of__lt=report.period.data_as_of,
        accepted_version__isnull=False,
    )
    related = earlier.select_related("accepted_version", "period")
    newest = related.order_by("-period__data_as_of").first()
    return newest.in_force if newest is not None else None


def accepted_before(
    report: ProgressReport, mains: Sequence[ProgressReport]
) -> ReportVersion | None:
    """The same, found among the item's main reports at hand (the oldest first)."""
    found = [
        each
        for each in mains
        if each.accepted_version_id is not None
        and each.period.data_as_of < report.period.data_as_of
        and each.responsibility.unit_id == report.unit.pk
    ]
    return found[-1].in_force if found else None


def last_frozen(judgements: Iterable[TaskPeriod], period: Period) -> TaskPeriod | None:
    """The newest of an item's 定稿 (the oldest first) before the period, of the same cycle."""
    before = [
        frozen
        for frozen in judgements
        if frozen.period.cycle == period.cycle and frozen.period.data_as_of < period.data_as_of
    ]
    return before[-1] if before else None
