"""The rows of a form: which numbers and milestones a report fills, and which it only shows.

The primary fills the city's figures that are its own, and may fill in a county's row that is not
in; a co-lead fills its own indicators and milestones; a county its row (design.md section 4). Whose
a row is, is asked at the period's date: before a change of who answers the one, after it the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from progress.contents.counted import Listed
from progress.contents.listing import listed_in
from progress.contents.row_sources import Sources
from progress.judging.loading import planned_value
from progress.lights.measures import part_of_year
from progress.models import Duty, MilestoneReading, ProgressReport, Reading, ReportVersion
from tasks.models import (
    Indicator,
    IndicatorKind,
    IndicatorShare,
    IndicatorTarget,
    Milestone,
    Responsibility,
)
from tasks.sub_items.rules import is_listable
from units.models import Unit

TENTH = Decimal("0.1")


@dataclass
class IndicatorRow:
    """One number: what stands in the row, and what was accepted in earlier periods."""

    indicator: Indicator
    unit: Unit | None
    reading: Reading | None
    history: list[Decimal]
    previous_started: Decimal | None
    target: Decimal | None
    upper: Decimal | None
    planned: Decimal | None
    is_editable: bool
    locked_reason: str = ""
    listed: Listed | None = None  # what the list of 子项 counts, where there is one
    day: date | None = None  # 数据截至

    @property
    def prefix(self) -> str:
        return f"reading:{self.indicator.pk}:{self.unit.pk if self.unit else ''}:"

    @property
    def may_have_list(self) -> bool:
        """Whether the things behind the number can be listed one by one (子项)."""
        return is_listable(self.indicator)

    @property
    def previous(self) -> Decimal | None:
        return self.history[-1] if self.history else None

    @property
    def by_time(self) -> Decimal | None:
        """What the target comes to by the months that are over (折算), where nothing is planned."""
        if self.planned is not None or not self.target or self.day is None:
            return None
        if self.indicator.kind != IndicatorKind.CUMULATIVE or self.indicator.direction == "down":
            return None
        part = part_of_year(self.day, self.day.year, self.indicator.months_before)
        return (self.target * part).quantize(TENTH)

    @property
    def value(self) -> Decimal | None:
        return self.reading.effective if self.reading is not None else None


@dataclass
class MilestoneRow:
    """One step of the 办理方案."""

    milestone: Milestone
    reading: MilestoneReading | None
    is_editable: bool
    locked_reason: str = ""

    @property
    def prefix(self) -> str:
        return f"milestone:{self.milestone.pk}:"


@dataclass
class Rows:
    """All rows of one form; `is_main` when it is the primary's."""

    indicators: list[IndicatorRow]
    milestones: list[MilestoneRow]
    is_main: bool

    @property
    def editable_prefixes(self) -> set[str]:
        numbers = {row.prefix for row in self.indicators if row.is_editable}
        return numbers | {row.prefix for row in self.milestones if row.is_editable}


def rows_of(report: ProgressReport, version: ReportVersion | None, sources: Sources) -> Rows:
    """The rows of `report`, one of those of `sources`, filled from `version`; blank without one."""
    return _Builder(report, version, sources).build()


class _Builder:
    """Holds once what all rows need."""

    def __init__(
        self, report: ProgressReport, version: ReportVersion | None, sources: Sources
    ) -> None:
        self.report, self.sources = report, sources
        self.item, self.figures = sources.items[report.task.pk], sources.figures
        self.day = report.period.data_as_of
        readings = version.readings.all() if version is not None else []
        steps = version.milestone_readings.all() if version is not None else []
        self.readings = {(r.indicator_id, r.unit_id): r for r in readings}
        self.steps = {step.milestone_id: step for step in steps}
        self.listed = listed_in(self.item.indicators.all(), self.day)

    def build(self) -> Rows:
        rows: list[IndicatorRow] = []
        for indicator in self.item.indicators.all():
            if indicator.added_on is None or indicator.added_on <= self.day:
                rows += self._rows_for(indicator)
        return Rows(rows, self._milestones(), self.report.is_main)

    def _rows_for(self, indicator: Indicator) -> list[IndicatorRow]:
        rows = []
        is_own = self._reporter(indicator.responsibility) == self.report.responsibility_id
        # what was filed before another took the number over is still shown
        if self.report.is_main or is_own or (indicator.pk, None) in self.readings:
            reason = self._owned_by_another(indicator.responsibility)
            rows.append(self._row(indicator, None, indicator.target_on(self.day), reason))
            if reason:
                filed = self.sources.other(self.report, (indicator.pk, None))
                rows[0].reading = filed or rows[0].reading
        shares = self.sources.shares(self.report, indicator.pk, self.day)
        return rows + [self._share_row(share, indicator) for share in shares]

    def _share_row(self, share: IndicatorShare, indicator: Indicator) -> IndicatorRow:
        filed = self.sources.other(self.report, (indicator.pk, share.unit_id))
        row = self._row(indicator, share.unit, share, f"由{share.unit}填报" if filed else "")
        row.reading = filed or row.reading
        return row

    def _row(
        self,
        indicator: Indicator,
        unit: Unit | None,
        target: IndicatorTarget | IndicatorShare | None,
        locked_reason: str,
    ) -> IndicatorRow:
        unit_id = unit.pk if unit is not None else None
        before = self.report.period.opens_on  # earlier periods ended before this one opened
        return IndicatorRow(
            indicator=indicator,
            unit=unit,
            reading=self.readings.get((indicator.pk, unit_id)),
            history=self.figures.values(indicator.pk, unit_id, before),
            previous_started=self.figures.started(indicator.pk, unit_id, before),
            target=target.value if target is not None else None,
            upper=getattr(target, "upper", None),
            planned=planned_value(indicator, unit_id, self.day),
            is_editable=not locked_reason,
            locked_reason=locked_reason,
            listed=self.listed.get((indicator.pk, unit_id)),
            day=self.day,
        )

    def _milestones(self) -> list[MilestoneRow]:
        rows = []
        for step in self.item.milestones.all():
            reason = self._owned_by_another(step.responsibility)
            if not reason or self.report.duty == Duty.MAIN:
                rows.append(MilestoneRow(step, self.steps.get(step.pk), not reason, reason))
        return rows

    def _reporter(self, held: Responsibility | None) -> int | None:
        """The row that reports in this period, at whose date it is asked (design.md section 4)."""
        owner = held.line_on(self.day) if held is not None else None
        return owner.pk if owner is not None else None

    def _owned_by_another(self, held: Responsibility | None) -> str:
        """Why a row is not this report's to fill; the primary takes over what nobody holds now."""
        if held is None:
            return ""
        owner = held.line_on(self.day)
        if owner is not None and owner.pk == self.report.responsibility_id:
            return ""
        if self.report.duty == Duty.MAIN and (owner is None or not owner.holds_on(self.day)):
            return ""
        return f"由{owner.unit if owner is not None else '汇总牵头单位'}填报"
