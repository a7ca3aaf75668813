"""A report as a page sees it: the version to look at with rows, judgement and findings; or none
yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from progress.checks import Finding
from progress.examine import examine, needs_light, previous_version
from progress.judging import judge
from progress.lights import Judgement
from progress.models import Evidence, ProgressReport, ReportVersion
from progress.rows import Rows, rows_of


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


def look_at(report: ProgressReport, version: ReportVersion | None) -> Look:
    """Look at `report` through `version`."""
    if version is None:
        live = judge([report.task], report.period)[report.task.pk]
        previous = previous_version(report)
        return Look(report, None, rows_of(report), live.judgement, previous)
    seen = examine(version)
    was_saved = version.edits > 0
    return Look(
        report,
        version,
        seen.rows,
        seen.judgement,
        seen.previous,
        seen.findings if was_saved else [],
        seen.objections if was_saved else [],
    )


def files_of(report: ProgressReport) -> list[Evidence]:
    """What the unit attached to this report, newest last, without what was taken off."""
    files = Evidence.objects.filter(version__report=report, withdrawn_at__isnull=True)
    return list(files.select_related("version").order_by("uploaded_at", "pk"))
