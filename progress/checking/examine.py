"""Findings on a version as it stands in the database: gathers, then asks `progress.checks`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from progress.checking.checks import findings_for
from progress.checking.findings import Figure, Filing, Finding, Part
from progress.contents.promises import promises_of
from progress.contents.rows import IndicatorRow, Rows, rows_of
from progress.judging.earlier import accepted_before, last_frozen, previous_version
from progress.judging.gathering import Gatherer
from progress.lights.light import BEHIND, Judgement
from progress.models import (
    Duty,
    Evidence,
    EvidenceKind,
    ProgressReport,
    ReportVersion,
    TaskPeriod,
)
from progress.states import Light
from tasks.models import IndicatorKind


@dataclass(frozen=True)
class Examination:
    """A version as it stands: its rows, what light it would give, and what is to be said of it.

    `previous` is what the unit last had accepted on the item, `frozen` the item's last 定稿.
    """

    version: ReportVersion
    rows: Rows
    judgement: Judgement
    previous: ReportVersion | None
    frozen: TaskPeriod | None
    findings: list[Finding]

    @property
    def objections(self) -> list[Finding]:
        """What keeps it from leaving: blocking findings, and warnings not explained."""
        return [
            finding
            for finding in self.findings
            if finding.is_blocking or not explanation_of(self.version, finding)
        ]


def examine(version: ReportVersion) -> Examination:
    """Everything a form or a review page shows of `version`, in about 18 queries."""
    report = version.report
    prefetch_related_objects([version], "readings", "milestone_readings")
    gatherer = Gatherer([(report.task, report.period)], trial=version)
    item = gatherer.tasks[report.task.pk]
    rows = rows_of(report, version, item=item, figures=gatherer.figures)
    judgement = gatherer.judgement(report.task, report.period)
    mains = gatherer.reports[report.task.pk] if report.is_main else []
    previous = accepted_before(report, mains) or previous_version(report)
    filing = _filing(version, rows, judgement, previous)
    frozen = last_frozen(gatherer.frozen[report.task.pk], report.period)
    return Examination(version, rows, judgement, previous, frozen, findings_for(filing))


def findings_of(version: ReportVersion) -> list[Finding]:
    """Every finding on `version`, blocking ones first."""
    return examine(version).findings


def objections(version: ReportVersion) -> list[Finding]:
    """What keeps `version` from leaving."""
    return examine(version).objections


def explanation_of(version: ReportVersion, finding: Finding) -> str:
    """The sentence with which the unit answered a warning."""
    return str(version.explanations.get(finding.key, "")).strip()


def needs_light(report: ProgressReport, judgement: Judgement) -> bool:
    """Whether the unit proposes the light: the item's main report, where there is no percent."""
    return report.is_main and judgement.percent is None


def _filing(
    version: ReportVersion, rows: Rows, judgement: Judgement, previous: ReportVersion | None
) -> Filing:
    report = version.report
    says_done = report.is_main and _says_done(version, judgement)
    return Filing(
        figures=tuple(figure_of(row, rows) for row in rows.indicators if row.is_editable),
        wants_text=report.duty != Duty.SHARE,
        progress=version.progress,
        previous_progress=previous.progress if previous else "",
        promises=tuple(promises_of(previous.next_steps if previous else "", version.step_answers)),
        no_progress=version.no_progress,
        no_progress_reason=version.no_progress_reason,
        previous_no_progress=previous.no_progress if previous else False,
        says_done=says_done,
        has_evidence=not says_done or _has_evidence(report),
        wants_light=needs_light(report, judgement),
        proposed_light=version.proposed_light,
        is_behind=report.is_main and _is_behind(version, judgement),
        light_reason=version.light_reason,
    )


def figure_of(row: IndicatorRow, rows: Rows) -> Figure:
    reading = row.reading
    may_stay_blank = row.unit is not None and rows.is_main  # the county fills its own row
    return Figure(
        field=row.prefix,
        name=f"{row.unit}{row.indicator.name}" if row.unit else row.indicator.name,
        value=reading.value if reading else None,
        target=None if may_stay_blank else row.target,
        history=tuple(row.history),
        unit_of_measure=row.indicator.unit_of_measure,
        is_cumulative=row.indicator.kind == IndicatorKind.CUMULATIVE,
        is_correction=reading.is_correction if reading else False,
        blank_reason=reading.blank_reason if reading else "",
        parts=_parts_of(row, rows) if row.unit is None else (),
        started=reading.started if reading else None,
        listed=row.listed,
        is_counted=row.may_have_list,
    )


def _parts_of(row: IndicatorRow, rows: Rows) -> tuple[Part, ...]:
    return tuple(
        Part(part.unit.name, part.value)
        for part in rows.indicators
        if part.unit is not None and part.indicator.pk == row.indicator.pk
    )


def _says_done(version: ReportVersion, judgement: Judgement) -> bool:
    return version.proposed_light == Light.DONE or judgement.percent == 100


def _is_behind(version: ReportVersion, judgement: Judgement) -> bool:
    """Yellow and red carry the unit's reason; a light that only a date turned needs none."""
    if judgement.percent is None:
        return version.proposed_light in (*BEHIND, Light.NOT_STARTED)
    return judgement.light in (*BEHIND, Light.NOT_STARTED)


def _has_evidence(report: ProgressReport) -> bool:
    attached = Evidence.objects.filter(
        task=report.task,
        unit=report.unit,
        kind=EvidenceKind.EVIDENCE,
        withdrawn_at__isnull=True,
    )
    return attached.exists()
