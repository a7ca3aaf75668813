"""A report as a page sees it: the version to look at with rows, judgement and findings; or none
yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from progress.checking.examine import examine, needs_light
from progress.checking.findings import Finding
from progress.contents.promises import Promise, promises_of
from progress.contents.rows import Rows, rows_of
from progress.judging.earlier import last_frozen, previous_version
from progress.judging.gathering import Gatherer
from progress.lights.light import Judgement
from progress.models import Duty, Evidence, ProgressReport, ReportVersion, TaskPeriod
from units.actors import Actor


@dataclass(frozen=True)
class Look:
    """`version` is None while nothing was typed; findings are said once something was saved."""

    report: ProgressReport
    version: ReportVersion | None
    rows: Rows
    judgement: Judgement
    previous: ReportVersion | None
    frozen: TaskPeriod | None
    findings: list[Finding] = field(default_factory=list)
    objections: list[Finding] = field(default_factory=list)

    @cached_property
    def promises(self) -> list[Promise]:
        """Each step that the unit announced last, with what it says of it now."""
        if self.previous is None or self.report.duty == Duty.SHARE:
            return []
        said = self.version.step_answers if self.version is not None else {}
        return promises_of(self.previous.next_steps, said)

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
        return _unjudged(report, rows_of(report))
    seen = examine(version)
    was_saved = version.edits > 0 or is_refused
    return Look(
        report,
        version,
        seen.rows,
        seen.judgement,
        seen.previous,
        seen.frozen,
        seen.findings if was_saved else [],
        seen.objections if was_saved else [],
    )


def look_at_accepted(report: ProgressReport) -> Look:
    """What others see of `report`: the accepted version, and beside it accepted figures only."""
    version = report.accepted_version
    return _unjudged(report, rows_of(report, version, accepted_only=True), version)


def _unjudged(report: ProgressReport, rows: Rows, version: ReportVersion | None = None) -> Look:
    """Without findings, in the light of what is accepted."""
    gatherer = Gatherer([(report.task, report.period)])
    judgement = gatherer.judgement(report.task, report.period)
    frozen = last_frozen(gatherer.frozen[report.task.pk], report.period)
    return Look(report, version, rows, judgement, previous_version(report), frozen)


def files_of(report: ProgressReport, actor: Actor) -> list[Evidence]:
    """What `actor` may see of the files of this report, newest last, without those taken off."""
    files = Evidence.objects.visible_to(actor).filter(
        version__report=report, withdrawn_at__isnull=True
    )
    return list(files.select_related("version").order_by("uploaded_at", "pk"))
