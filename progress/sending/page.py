"""What a unit could send for signing now, and what keeps the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.text import number
from progress.checking.look import Look, examine
from progress.contents.versions import newest_versions, returned_among, versions_of
from progress.filing.numbers_page import open_reports
from progress.filing.page import anchor_of
from progress.models import ProgressReport, ReportVersion
from tasks.models import Plan
from units.actors import Actor

MOST_FIGURES = 3  # in the line of a report


@dataclass(frozen=True)
class Begun:
    """A report that somebody has typed in, with everything that is to be said of it."""

    report: ProgressReport
    look: Look
    returned: ReportVersion | None

    @property
    def version(self) -> ReportVersion:
        assert self.look.version is not None
        return self.look.version

    @property
    def is_complete(self) -> bool:
        return not self.look.objections

    @property
    def missing(self) -> int:
        """处: what is still to be settled."""
        return len(self.look.objections)

    @property
    def first_field(self) -> str:
        """Where in the form the first of it stands."""
        return anchor_of(self.look.objections[0].field)

    @property
    def sentences(self) -> Sequence[str]:
        return [each.sentence for each in self.look.objections]

    @property
    def figures(self) -> str:
        """新建公园7个；开工9个: the figures in a line."""
        said = [
            f"{row.indicator.name}{number(row.value)}{row.indicator.unit_of_measure}"
            for row in self.look.rows.indicators
            if row.is_editable and row.value is not None
        ]
        more = "等" if len(said) > MOST_FIGURES else ""
        return "；".join(said[:MOST_FIGURES]) + more

    @property
    def explained(self) -> int:
        """Warnings that the liaison answered with a sentence."""
        return len(self.look.findings) - self.missing


@dataclass(frozen=True)
class Sending:
    """`untouched`: nothing was typed in them yet, or not since they came back."""

    complete: Sequence[Begun]
    lacking: Sequence[Begun]
    untouched: Sequence[ProgressReport]

    @property
    def left(self) -> int:
        """项 that cannot be sent yet."""
        return len(self.lacking) + len(self.untouched)


def sending_of(plan: Plan, actor: Actor, today: date) -> Sending:
    """The open reports of the actor's unit; each that was begun is examined as its form would."""
    reports = open_reports(plan, actor, today)
    newest = newest_versions(reports)
    begun, untouched = [], []
    for report in reports:
        version = newest.get(report.pk)
        if version is None or not version.edits or version.decision:
            untouched.append(report)
        else:
            begun.append(begun_of(report))
    complete = [each for each in begun if each.is_complete]
    lacking = [each for each in begun if not each.is_complete]
    return Sending(complete, lacking, untouched)


def begun_of(report: ProgressReport) -> Begun:
    """One of them, as it stands."""
    versions = versions_of(report)
    return Begun(report, examine(versions[0]), returned_among(versions))
