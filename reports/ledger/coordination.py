"""需市政府协调解决的问题: what units asked of the city in the reports behind the latest 定稿."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from progress.models import Decision, Duty, ReportVersion
from reports.ledger.rows import LedgerRow
from units.models import Unit


@dataclass(frozen=True)
class Problem:
    """One problem, with the unit that raised it: the primary, a co-lead or a county."""

    row: LedgerRow
    version: ReportVersion

    @property
    def unit(self) -> Unit:
        return self.version.report.unit


def problems_of(rows: Sequence[LedgerRow]) -> list[Problem]:
    """Problems by the day on which help is wanted, then by number; one query."""
    by_task = {row.task.pk: row for row in rows if row.frozen is not None}
    last: dict[int, ReportVersion] = {}
    for version in _versions(rows):
        frozen = by_task[version.report.responsibility.task_id].frozen
        assert frozen is not None  # rows without 定稿 are not in by_task
        if version.report.duty == Duty.MAIN:
            counts = version.pk == frozen.version_id
        else:
            is_of_period = version.report.period_id == frozen.period_id
            decided_at = version.decided_at
            counts = is_of_period and decided_at is not None and decided_at <= frozen.frozen_at
        if counts:
            last[version.report_id] = version
    problems = [
        Problem(by_task[version.report.responsibility.task_id], version)
        for version in last.values()
        if version.coordination
    ]
    places = {pk: place for place, pk in enumerate(by_task)}
    return sorted(
        problems,
        key=lambda each: (each.version.coordination_by or date.max, places[each.row.task.pk]),
    )


def _versions(rows: Sequence[LedgerRow]) -> Sequence[ReportVersion]:
    """Accepted versions that may carry a problem, of each report the later one last."""
    frozen = [row.frozen for row in rows if row.frozen is not None]
    asked = ReportVersion.objects.exclude(coordination="").filter(
        # the plan too: found by its periods, not among the reports of every year
        report__period__plan__in={row.task.plan_id for row in rows},
        report__responsibility__task__in=[each.task_id for each in frozen],
    )
    main = Q(pk__in=[each.version_id for each in frozen if each.version_id is not None])
    others = ~Q(report__duty=Duty.MAIN) & Q(report__period__in={each.period_id for each in frozen})
    return list(
        ReportVersion.objects.filter(main | others, decision=Decision.ACCEPTED)
        .filter(report__in=asked.values("report"))
        .select_related("report__responsibility__unit")
        .order_by("number")
    )
