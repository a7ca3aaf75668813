"""What was accepted of one item, as it stands now and as it stood when a period was finalized."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import IntegerField, QuerySet

from progress.board.at_finalizing import Accepted, figures_of_readings
from progress.board.shown import Source
from progress.judging.figures import Figures
from progress.models import Decision, ProgressReport, Reading, ReportVersion
from units.asking.prepared import Many, prepared


class Filed(NamedTuple):
    """A reading with the version that it was accepted in."""

    version: ReportVersion
    reading: Accepted


class Record:
    """The accepted readings of an item's reports, which come with their versions; one query."""

    def __init__(self, reports: Iterable[ProgressReport]) -> None:
        self.accepted: dict[int, ReportVersion] = {
            version.pk: version
            for report in reports
            for version in report.versions.all()
            if version.decision == Decision.ACCEPTED
        }
        found = []
        for pk, version_id, by_lead, indicator_id, unit_id, *stated in (
            _readings(versions=self.accepted) if self.accepted else []
        ):
            version = self.accepted[version_id]
            day = version.report.period.data_as_of
            # the order of progress.judging.figures: within a period, the later word counts
            order = (day, not by_lead, version.number, pk)
            found.append((order, Filed(version, Accepted(indicator_id, unit_id, day, *stated))))
        self.filed = [filed for _, filed in sorted(found, key=lambda each: each[0])]

    def in_force(self) -> Figures:
        """The figures as of now: of every report its accepted version."""
        return _figures(
            reading
            for version, reading in self.filed
            if version.report.accepted_version_id == version.pk
        )

    def source(self, version_id: int | None) -> Source | None:
        """Whose words stand in a judgement."""
        return Source.of_version(self.accepted.get(version_id or 0))

    def at(self, moment: datetime) -> Figures:
        """The figures as they stood at `moment`: a correction accepted later is not in them."""
        return _figures(
            reading
            for version, reading in self.filed
            if version.decided_at is not None and version.decided_at <= moment
        )


@prepared(versions=Many(IntegerField()))
def _readings(versions: Any) -> QuerySet[Reading, tuple[Any, ...]]:
    stated = ("indicator_id", "unit_id", "value", "verified", "started", "source")
    readings = Reading.objects.filter(version__in=versions).order_by()
    return readings.values_list("pk", "version_id", "filled_by_lead", *stated)


def _figures(readings: Iterable[Accepted]) -> Figures:
    return figures_of_readings({0: readings})[0]
