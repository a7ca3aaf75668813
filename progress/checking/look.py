"""A report as a page sees it: the version to look at with rows, judgement and findings; or none
yet. Loads what the form shows and the pure checks ask for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import IntegerField, QuerySet

from progress.checking.checks import findings_for
from progress.checking.findings import Figure, Filing, Finding, Part
from progress.checking.knowing import facts_of
from progress.contents.promises import Promise, promises_of
from progress.contents.readings import give_readings
from progress.contents.row_sources import Sources
from progress.contents.rows import IndicatorRow, Rows, rows_of
from progress.judging.earlier import known_before, last_frozen, previous_version
from progress.judging.gathering import Gatherer, gather
from progress.lights.light import BEHIND, Judgement
from progress.models import (
    Duty,
    Evidence,
    EvidenceKind,
    ProgressReport,
    ReportVersion,
    TaskPeriod,
)
from progress.quality.facts import Facts
from progress.states import Light
from tasks.models import IndicatorKind
from units.actors import Actor
from units.asking.prepared import prepared


@dataclass(frozen=True)
class Look:
    """`version` is None while nothing was typed. `judgement` is the light that it would give,
    `previous` what the unit last had accepted on the item, `frozen` the item's last 定稿. `settled`
    are doubts about a sentence that was answered in an earlier period, and accepted with it.
    """

    report: ProgressReport
    version: ReportVersion | None
    rows: Rows
    judgement: Judgement
    previous: ReportVersion | None
    frozen: TaskPeriod | None
    gathered: Gatherer = field(repr=False, compare=False)
    sources: Sources = field(repr=False, compare=False)
    findings: list[Finding] = field(default_factory=list)
    settled: list[Finding] = field(default_factory=list)

    @property
    def objections(self) -> list[Finding]:
        """What keeps it from leaving: blocking findings, and warnings not explained."""
        return [
            each
            for each in self.findings
            if each.is_blocking or self.version is None or not explanation_of(self.version, each)
        ]

    @cached_property
    def promises(self) -> list[Promise]:
        """Each step that the unit announced last, with what it says of it now."""
        if self.previous is None or self.report.duty == Duty.SHARE:
            return []
        said = self.version.step_answers if self.version is not None else {}
        return promises_of(self.previous.next_steps, said)

    def facts_of(self, version: ReportVersion) -> Facts:
        """What is known of the item, with `version`, against which its texts are read."""
        before = self.previous.report.period.data_as_of if self.previous is not None else None
        return facts_of(
            self.report, version, self.rows, self.judgement, before, tuple(self.promises)
        )

    @property
    def wants_light(self) -> bool:
        """Whether the unit proposes the light: the main report, where there is no percent."""
        return self.report.is_main and self.judgement.percent is None

    def shows(self, version: ReportVersion) -> bool:
        """Whether it looked at `version`, and nobody saved since."""
        return self.version is not None and self.version.stamp == version.stamp

    def holds_for(self, version: ReportVersion) -> bool:
        """Whether this says all that `examine` would say of `version`: nobody saved since, and it
        is not a form that was spared its findings.
        """
        return version.edits > 0 and self.shows(version)


def look_at(report: ProgressReport, version: ReportVersion | None) -> Look:
    """Look at `report` through `version`. A form nobody has typed in is not blamed for its
    blanks; without a version the light is that of what is accepted.
    """
    if version is None:
        return _loaded(report, None)
    seen = examine(version)
    return seen if version.edits else replace(seen, findings=[], settled=[])


def examine(version: ReportVersion) -> Look:
    """`version` as if it were accepted, with everything to be said of it, blocking findings first;
    about 15 queries.
    """
    give_readings(version)
    return _judged(_loaded(version.report, version, trial=version), version)


def look_after(before: Look, version: ReportVersion) -> Look:
    """As `look_at` would see the report now that `version` was saved: what is defined, and what
    others filed, is that of the look a moment ago.
    """
    version.report = before.report
    give_readings(version)
    gathered = before.gathered.trying(version)
    sources = before.sources.trying(gathered.figures)
    seen = replace(
        before,
        version=version,
        rows=rows_of(before.report, version, sources),
        judgement=gathered.judgement(before.report.task, before.report.period),
        gathered=gathered,
        sources=sources,
        findings=[],
        settled=[],
    )
    return _judged(seen, version) if version.edits else seen


def _judged(look: Look, version: ReportVersion) -> Look:
    """With its findings; those about a sentence that was answered before stand apart."""
    found = findings_for(_filing(look, version))
    settled = [each for each in found if _is_settled(each, look)]
    return replace(look, findings=[each for each in found if each not in settled], settled=settled)


def _is_settled(finding: Finding, look: Look) -> bool:
    return finding.is_of_a_sentence and bool(answer_before(look, finding))


def answer_before(look: Look, finding: Finding) -> str:
    """What was said of the same sentence, and accepted, in an earlier period."""
    before = look.previous.explanations if look.previous is not None else {}
    return str(before.get(finding.key, "")).strip()


def look_at_accepted(report: ProgressReport) -> Look:
    """What others see of `report`: the accepted version, and beside it accepted figures only."""
    return _loaded(report, report.accepted_version, accepted_only=True)


def _loaded(
    report: ProgressReport,
    version: ReportVersion | None,
    *,
    trial: ReportVersion | None = None,
    accepted_only: bool = False,
) -> Look:
    """The one place that loads an item for its form; without findings."""
    gathered = gather([(report.task, report.period)], trial=trial)
    sources = Sources([report], gathered.tasks, gathered.figures, accepted_only=accepted_only)
    return Look(
        report=report,
        version=version,
        rows=rows_of(report, version, sources),
        judgement=gathered.judgement(report.task, report.period),
        previous=known_before(report, gathered) or previous_version(report),
        frozen=last_frozen(report),
        gathered=gathered,
        sources=sources,
    )


def explanation_of(version: ReportVersion, finding: Finding) -> str:
    """The sentence with which the unit answered a warning."""
    return str(version.explanations.get(finding.key, "")).strip()


def _filing(look: Look, version: ReportVersion) -> Filing:
    report, judgement, previous = look.report, look.judgement, look.previous
    says_done = report.is_main and _says_done(version, judgement)
    return Filing(
        figures=tuple(figure_of(row, look.rows) for row in look.rows.indicators if row.is_editable),
        wants_text=report.duty != Duty.SHARE,
        progress=version.progress,
        previous_progress=previous.progress if previous else "",
        promises=tuple(look.promises),
        problems=version.problems,
        next_steps=version.next_steps,
        wants_all=report.is_main and not version.no_progress and not says_done,
        facts=look.facts_of(version),
        no_progress=version.no_progress,
        no_progress_reason=version.no_progress_reason,
        previous_no_progress=previous.no_progress if previous else False,
        says_done=says_done,
        has_evidence=not says_done or _has_evidence(report),
        wants_light=look.wants_light,
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


def files_of(report: ProgressReport, actor: Actor) -> list[Evidence]:
    """What `actor` may see of the files of this report, newest last, without those taken off."""
    files = _files(report=report.pk)
    if not files:  # most have none, and who may see a file is much to ask
        return []
    seen = Evidence.objects.visible_to(actor).filter(pk__in=[each.pk for each in files])
    seen_ids = set(seen.order_by().values_list("pk", flat=True))
    return [each for each in files if each.pk in seen_ids]


@prepared(report=IntegerField())
def _files(report: Any) -> QuerySet[Evidence]:
    files = Evidence.objects.filter(version__report=report, withdrawn_at__isnull=True)
    return files.select_related("version").order_by("uploaded_at", "pk")
