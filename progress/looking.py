"""A report as a page sees it: the version to look at with rows, judgement and findings; or none
yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from progress.checks import Finding
from progress.examine import examine, needs_light, previous_version
from progress.judging import judge
from progress.lights import Judgement
from progress.models import Evidence, ProgressReport, ReportVersion, TaskPeriod
from progress.rows import Rows, rows_of
from units.actors import Actor


@dataclass(frozen=True)
class Look:
    """`version` is None while nothing was typed; findings are said once something was saved."""

    report: ProgressReport
    version: ReportVersion | None
    rows: Rows
    judgement: Judgement
    previous: ReportVersion | None
    findings: list[Finding] = field(default_factory=list)
    objections: list[Finding] = field(default_factory=list)

    @property
    def wants_light(self) -> bool:
        """Whether the unit proposes the light in words."""
        return needs_light(self.report, self.judgement)


def look_at(
    report: ProgressReport, version: ReportVersion | None, *, is_refused: bool = False
) -> Look:
    """Look at `report` through `version`. A form nobody has typed in is not blamed for its blanks,
    unless it was sent like that (`is_refused`).
    """
    if version is None:
        live = judge([report.task], report.period)[report.task.pk]
        previous = previous_version(report)
        return Look(report, None, rows_of(report), live.judgement, previous)
    seen = examine(version)
    was_saved = version.edits > 0 or is_refused
    return Look(
        report,
        version,
        seen.rows,
        seen.judgement,
        seen.previous,
        seen.findings if was_saved else [],
        seen.objections if was_saved else [],
    )


def look_at_accepted(report: ProgressReport) -> Look:
    """What others see of `report`: the accepted version, and beside it accepted figures only."""
    version = report.accepted_version
    live = judge([report.task], report.period)[report.task.pk]
    rows = rows_of(report, version, accepted_only=True)
    return Look(report, version, rows, live.judgement, previous_version(report))


def last_frozen(report: ProgressReport) -> TaskPeriod | None:
    """The item's newest 定稿 before this period; None for a part of an item."""
    if not report.is_main:
        return None
    period = report.period
    earlier = TaskPeriod.objects.filter(
        task=report.task, period__data_as_of__lt=period.data_as_of
    ).select_related("period")
    return earlier.order_by("-period__data_as_of").first()


def files_of(report: ProgressReport, actor: Actor) -> list[Evidence]:
    """What `actor` may see of the files of this report, newest last, without those taken off."""
    files = Evidence.objects.visible_to(actor).filter(
        version__report=report, withdrawn_at__isnull=True
    )
    return list(files.select_related("version").order_by("uploaded_at", "pk"))
