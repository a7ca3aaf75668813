"""What was accepted of one item, as it stands now and as it stood when a period was finalized."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from progress.judging.figures import Figures
from progress.models import Decision, ProgressReport, Reading, ReportVersion
from reports.ledger.frozen import Accepted, figures_of_readings


class Record:
    """The accepted readings of an item's reports, which come with their versions; one query."""

    def __init__(self, reports: Iterable[ProgressReport]) -> None:
        accepted: dict[int, ReportVersion] = {
            version.pk: version
            for report in reports
            for version in report.versions.all()
            if version.decision == Decision.ACCEPTED
        }
        readings = list(Reading.objects.filter(version__in=accepted)) if accepted else []
        for reading in readings:
            reading.version = accepted[reading.version_id]
        # the order of progress.judging.figures: within a period, the later word counts
        self.readings = sorted(
            readings,
            key=lambda r: (
                r.version.report.period.data_as_of,
                not r.filled_by_lead,
                r.version.number,
                r.pk,
            ),
        )

    def in_force(self) -> Figures:
        """The figures as of now: of every report its accepted version."""
        return _figures(
            reading
            for reading in self.readings
            if reading.version.report.accepted_version_id == reading.version_id
        )

    def at(self, moment: datetime) -> Figures:
        """The figures as they stood at `moment`: a correction accepted later is not in them."""
        return _figures(
            reading
            for reading in self.readings
            if reading.version.decided_at is not None and reading.version.decided_at <= moment
        )


def _figures(readings: Iterable[Reading]) -> Figures:
    return figures_of_readings({0: map(Accepted.of, readings)})[0]
