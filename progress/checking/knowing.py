"""What a report knows of its item, as the rules of 进展质检 take it (`progress.quality`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from progress.contents.promises import DONE, Promise
from progress.contents.rows import IndicatorRow, MilestoneRow, Rows
from progress.lights.light import Judgement
from progress.models import Period, ProgressReport, ReportVersion
from progress.quality.facts import Facts, Measure, Other, Span, Step
from progress.states import Light
from tasks.models import Cycle, IndicatorKind

MONTHS = {Cycle.MONTHLY: 1, Cycle.QUARTERLY: 3, Cycle.HALF_YEARLY: 6}


def facts_of(
    report: ProgressReport,
    version: ReportVersion,
    rows: Rows,
    judgement: Judgement,
    last_as_of: date | None = None,
    promises: Sequence[Promise] = (),
    others: Collection[Other] = (),
) -> Facts:
    """The facts against which `version` of `report` is read, with `rows` filled from it.

    Steps of last period are asked about where they are not asked one by one (a co-lead's). What was
    last accepted, at `last_as_of`, is last period's only where that is the period before.
    """
    span = span_of(report.period)
    is_next = last_as_of == span.before
    city = [row for row in rows.indicators if row.unit is None or not rows.is_main]
    elsewhere = (version.problems, version.next_steps, version.light_reason, version.coordination)
    return Facts(
        span=span,
        measures=tuple(_measure(row, rows, is_next=is_next) for row in city),
        steps=tuple(_step(row, report.period.data_as_of) for row in rows.milestones),
        percent=judgement.percent,
        is_done=judgement.percent == 100 or version.proposed_light == Light.DONE,
        own=report.unit.name,
        previous_next_steps="\n".join(each.line for each in promises if not report.is_main),
        answered=frozenset(each.line for each in promises if each.state),
        said_done=tuple(each.line for each in promises if each.state == DONE),
        told_elsewhere="\n".join(elsewhere),
        others=tuple(others),
    )


def span_of(period: Period) -> Span:
    """The days of a period; the year's first one begins with the year."""
    last = period.data_as_of
    month = last.month - MONTHS.get(Cycle(period.cycle), 1) + 1
    is_first = period.cycle == Cycle.MONTHLY and month == 2  # January is told with February
    return Span(date(last.year, 1 if is_first else max(1, month), 1), last)


def _measure(row: IndicatorRow, rows: Rows, *, is_next: bool) -> Measure:
    indicator = row.indicator
    unit = indicator.unit_of_measure
    is_rate = indicator.kind == IndicatorKind.RATE or unit in ("%", "％")
    return Measure(
        name=indicator.name,
        unit=unit,
        target=row.target,
        upper=row.upper,
        value=row.value,
        last=row.previous if is_next else None,
        started=row.reading.started if row.reading is not None else None,
        last_started=row.previous_started if is_next else None,
        is_rate=is_rate,
        parts=_parts(row, rows),
        place=row.prefix,
    )


def _parts(row: IndicatorRow, rows: Rows) -> tuple[tuple[str, Decimal], ...]:
    """What each county filed of a number of the city."""
    return tuple(
        (part.unit.name, part.value)
        for part in rows.indicators
        if part.unit is not None and part.value is not None
        if row.unit is None and part.indicator.pk == row.indicator.pk
    )


def _step(row: MilestoneRow, day: date) -> Step:
    """With the day that the report gives for it, or an earlier one; what came later is unknown."""
    step = row.milestone
    done = row.reading.done_on if row.reading is not None else None
    if done is None and step.done_on is not None and step.done_on <= day:
        done = step.done_on
    return Step(step.title, step.due_on, done, row.prefix)
