"""What waits for the signature of a unit's head, and what was signed lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from progress.contents.versions import explained
from progress.models import ProgressReport, ReportState, ReportVersion
from tasks.models import Plan
from tasks.plan_names import Chip, chips_of
from units.models import Unit

LATELY = 10


@dataclass(frozen=True)
class SigningRow:
    """A report that waits; its versions stand the newest first. `chip`: its plan, where several are
    worked on.
    """

    report: ProgressReport
    versions: list[ReportVersion]
    chip: Chip | None = None

    @property
    def version(self) -> ReportVersion:
        """What was sent for signing."""
        return self.versions[0]

    @property
    def due_on(self) -> date:
        """The day by which it should leave the unit; a return has a deadline of its own."""
        return self.report.return_due_on or self.report.due_on

    @property
    def explained(self) -> int:
        """How many findings the liaison answered with a sentence; blocking ones never come here."""
        return explained(self.version)


def waiting_for(unit: Unit | None, plans: Sequence[Plan]) -> list[SigningRow]:
    """The unit's reports of `plans` that wait, the earliest deadline first, then as they came; two
    queries.
    """
    by_id, chips = {plan.pk: plan for plan in plans}, chips_of(plans)
    waiting = ProgressReport.objects.of_unit(unit).filter(
        period__plan__in=by_id, state=ReportState.SIGNING
    )
    related = waiting.select_related(
        "period", "responsibility__task", "responsibility__unit", "accepted_version"
    )
    newest_first = Prefetch("versions", ReportVersion.objects.order_by("-number"))
    rows = []
    for report in related.prefetch_related(newest_first):
        plan = by_id[report.period.plan_id]
        report.knows(plan)
        rows.append(SigningRow(report, list(report.versions.all()), chips.get(plan.pk)))
    return sorted(rows, key=lambda row: (row.due_on, row.version.submitted_at, row.report.pk))


def signed_lately(
    unit: Unit | None, plans: Sequence[Plan]
) -> list[tuple[ReportVersion, Chip | None]]:
    """What left the unit last, the newest first, with the plan of each."""
    by_id, chips = {plan.pk: plan for plan in plans}, chips_of(plans)
    signed = ReportVersion.objects.filter(
        report__period__plan__in=by_id,
        report__responsibility__unit=unit,
        signed_at__isnull=False,
    ).select_related(
        "report__period", "report__responsibility__task", "report__responsibility__unit"
    )
    found = []
    for version in signed.order_by("-signed_at", "-pk")[:LATELY]:
        plan = by_id[version.report.period.plan_id]
        version.report.knows(plan)
        found.append((version, chips.get(plan.pk)))
    return found
