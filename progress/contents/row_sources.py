"""What the rows of a form need, loaded once for any number of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property

from django.db.models import F

from progress.judging.figures import Figures, figures_of
from progress.judging.loading import give_reporting, load_tasks, shares_of
from progress.models import Duty, ProgressReport, Reading
from progress.models.reports import LEFT_UNIT
from tasks.models import IndicatorShare, Task

Place = tuple[int, int | None]  # indicator, unit (None: the city)


class Sources:
    """Items (`load_tasks`) with the figures in force; parts by county, and what the others of an
    item filed in the period and sent off.

    `accepted_only` leaves out of the last what the office has yet to accept.
    """

    def __init__(
        self,
        reports: Sequence[ProgressReport],
        items: Mapping[int, Task],
        figures: Figures,
        *,
        accepted_only: bool = False,
    ) -> None:
        self.reports, self.items, self.figures = reports, items, figures
        give_reporting(items.values())
        self.accepted_only = accepted_only

    @classmethod
    def of(cls, reports: Sequence[ProgressReport]) -> Sources:
        """Load the items and figures of `reports`, of which there is at least one."""
        items = load_tasks({each.task.pk: each.task for each in reports}.values())
        until = max(each.period.data_as_of for each in reports)
        return cls(reports, items, figures_of(items, until))

    def trying(self, figures: Figures) -> Sources:
        """The same with other figures in force; what was asked stays."""
        tried = copy(self)
        tried.figures = figures
        return tried

    def shares(self, report: ProgressReport, indicator_id: int, day: date) -> list[IndicatorShare]:
        """The parts shown: all to the primary, its own to everybody else."""
        return [
            share
            for share in self._shares[indicator_id]
            if share.holds_on(day) and (report.is_main or share.unit_id == report.unit.pk)
        ]

    def other(self, report: ProgressReport, place: Place) -> Reading | None:
        """What another unit filed for a place of the item's own report."""
        if report.duty != Duty.MAIN:
            return None
        filed = self._others.get((report.period_id, *place), [])
        return next((each for each in filed if each.version.report_id != report.pk), None)

    @cached_property
    def _shares(self) -> dict[int, list[IndicatorShare]]:
        tasks = {report.responsibility.task_id for report in self.reports}
        grouped: dict[int, list[IndicatorShare]] = defaultdict(list)
        for share in shares_of(tasks=tasks):
            grouped[share.indicator_id].append(share)
        return grouped

    @cached_property
    def _others(self) -> dict[tuple[int, int, int | None], list[Reading]]:
        """The latest first. Most items have neither co-leads nor counties, and then nobody asks."""
        readings = Reading.objects.filter(
            version__report__period__in={report.period_id for report in self.reports},
            version__report__responsibility__task__in={
                report.responsibility.task_id for report in self.reports
            },
            filled_by_lead=False,
            value__isnull=False,
        ).select_related("version__report")
        if self.accepted_only:
            readings = readings.filter(version__report__accepted_version=F("version"))
        else:
            readings = readings.filter(version__report__state__in=LEFT_UNIT)
        grouped: dict[tuple[int, int, int | None], list[Reading]] = defaultdict(list)
        for each in readings.order_by("-version__number", "-pk"):
            period_id = each.version.report.period_id
            grouped[period_id, each.indicator_id, each.unit_id].append(each)
        return grouped
