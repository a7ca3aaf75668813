"""责任单位材料: what the co-leads sent off of this period, for the primary to read and to quote."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from progress.models import Duty, ProgressReport, Reading, ReportVersion
from progress.models.reports import LEFT_UNIT
from units.models import Unit


@dataclass(frozen=True)
class Part:
    """A co-lead's filing. `version` is None while nothing has left its unit."""

    report: ProgressReport
    version: ReportVersion | None

    @property
    def unit(self) -> Unit:
        return self.report.unit

    @property
    def readings(self) -> list[Reading]:
        """Its own numbers that are in."""
        filed = self.version.readings.all() if self.version is not None else []
        return [each for each in filed if each.effective is not None]


def parts_of(report: ProgressReport) -> list[Part]:
    """Every co-lead's filing beside this report; three queries."""
    readings = Reading.objects.select_related("indicator", "unit").order_by("indicator__ordinal")
    versions = ReportVersion.objects.order_by("number").prefetch_related(
        Prefetch("readings", readings)
    )
    others = ProgressReport.objects.filter(
        period=report.period, responsibility__task=report.task, duty=Duty.CO_LEAD
    )
    related = others.select_related("responsibility__unit", "period", "responsibility__task")
    return [
        Part(each, _sent_off(each))
        for each in related.prefetch_related(Prefetch("versions", versions)).order_by("pk")
    ]


def _sent_off(report: ProgressReport) -> ReportVersion | None:
    """The version that left the unit last: not what is still being written or reworked there."""
    versions = list(report.versions.all())
    if report.state in LEFT_UNIT and versions:
        return versions[-1]
    return next((each for each in versions if each.pk == report.accepted_version_id), None)
