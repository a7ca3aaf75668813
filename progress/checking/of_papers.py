"""Texts that a paper prints, held against the figures of the report that they come from.

For whoever lists what is wrong before a paper is signed:

    facts = facts_of_versions(versions)                       # some fifteen queries for any number
    for finding in doubts_about(text, facts[version.pk], "digest"):    # progress.checking.doubts
        finding.sentence, finding.quote, finding.other      # both sides, in words
        answer_to(finding, version)                         # what the unit said of it, or ""

What the office knows to be so stands in 核定数, which the facts have in place of the filed figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from progress.checking.findings import Finding
from progress.checking.knowing import facts_of
from progress.contents.row_sources import Sources
from progress.contents.rows import rows_of
from progress.judging.gathering import Gatherer, gather
from progress.models import ReportVersion
from progress.quality.facts import Facts


def facts_of_versions(versions: Sequence[ReportVersion]) -> dict[int, Facts]:
    """By id of the version what is known of its item at its own period, as accepted.

    Each version knows its report with `period__plan`, `responsibility__task__plan` and
    `responsibility__unit`.
    """
    if not versions:
        return {}
    reports = [version.report for version in versions]
    gathered = gather([(report.task, report.period) for report in reports])
    sources = Sources(reports, gathered.tasks, gathered.figures, accepted_only=True)
    prefetch_related_objects(versions, "readings", "milestone_readings")
    return {version.pk: _facts(version, gathered, sources) for version in versions}


def _facts(version: ReportVersion, gathered: Gatherer, sources: Sources) -> Facts:
    report = version.report
    accepted = [
        main.as_of
        for main in gathered.mains[report.task.pk]
        if main.accepted_version_id is not None and main.as_of < report.period.data_as_of
    ]
    return facts_of(
        report,
        version,
        rows_of(report, version, sources),
        gathered.judgement(report.task, report.period),
        max(accepted, default=None),
    )


def answer_to(finding: Finding, version: ReportVersion) -> str:
    """What the unit said of the same sentence in its own text; empty when it said nothing."""
    code = finding.code
    answers = version.explanations.items()
    return next((str(said) for key, said in answers if key.split(":")[0] == code), "")
