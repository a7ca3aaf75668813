"""The figures behind a 定稿: what had been accepted by the moment at which it was frozen.

A correction accepted later is not in them; it shows from the next 定稿 on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from progress.judging.figures import Figure, Figures
from progress.judging.loading import load_tasks, planned_value
from progress.lights.measures import part_of_year
from progress.models import Decision, Reading
from reports.ledger.rows import LedgerRow
from reports.numbers.lines import Tables, tables_on
from tasks.models import Indicator, IndicatorKind, IndicatorTarget

HUNDREDTH = Decimal("0.01")


class Accepted(NamedTuple):
    """An accepted reading; of what stands in `Reading`. A year has a thousand."""

    indicator_id: int
    unit_id: int | None
    as_of: date
    value: Decimal | None
    verified: Decimal | None
    started: Decimal | None
    source: str

    @classmethod
    def of(cls, reading: Reading) -> Accepted:
        """A reading that is at hand with its period."""
        as_of = reading.version.report.period.data_as_of
        place = reading.indicator_id, reading.unit_id
        return cls(*place, as_of, reading.value, reading.verified, reading.started, reading.source)

    @property
    def effective(self) -> Decimal | None:
        """As of `Reading`."""
        return self.verified if self.verified is not None else self.value


def readings_at_finalizing(rows: Iterable[LedgerRow]) -> dict[int, list[Accepted]]:
    """Task id → accepted readings, oldest first and within a period the deciding one last."""
    judged = [(row.task, row.frozen) for row in rows if row.frozen is not None]
    frozen_at = {task.pk: frozen.frozen_at for task, frozen in judged}
    readings = Reading.objects.filter(
        # the plan too: found by its periods, not among the readings of every year
        version__report__period__plan__in={task.plan_id for task, _ in judged},
        indicator__task__in=frozen_at,
        version__decision=Decision.ACCEPTED,
    )
    as_of = "version__report__period__data_as_of"
    found: dict[int, list[Accepted]] = defaultdict(list)
    # the order of progress.judging.figures: within a period, the later word counts
    in_order = readings.order_by(as_of, "-filled_by_lead", "version__number", "id")
    for task_id, decided_at, *stated in in_order.values_list(
        "indicator__task",
        "version__decided_at",
        *("indicator_id", "unit_id", as_of, "value", "verified", "started", "source"),
    ):
        if decided_at is not None and decided_at <= frozen_at[task_id]:
            found[task_id].append(Accepted(*stated))
    return found


def figures_of_readings(readings: Mapping[int, Iterable[Accepted]]) -> dict[int, Figures]:
    """Task id → its figures by place."""
    found: dict[int, Figures] = defaultdict(Figures)
    for task_id, those in readings.items():
        for each in those:
            figure = Figure(each.as_of, each.effective, each.started, each.source)
            found[task_id].by_place[each.indicator_id, each.unit_id].append(figure)
    return found


def tables_at_finalizing(rows: Sequence[LedgerRow], today: date) -> dict[int, Tables]:
    """Task id → its numbers with their county parts, as of its own 定稿 (else of today)."""
    tasks = load_tasks([row.task for row in rows])
    figures = Figures()
    for found in figures_of_readings(readings_at_finalizing(rows)).values():
        figures.by_place |= found.by_place
    days = {row.task.pk: row.data_as_of or today for row in rows}
    return tables_on([tasks[row.task.pk] for row in rows], days, figures)


def planned_then(
    indicator: Indicator, target: IndicatorTarget | None, row: LedgerRow, day: date
) -> Decimal | None:
    """The planned value; without a plan the target's part for the months passed (按时间折算)."""
    planned = planned_value(indicator, None, day)
    is_counted = indicator.kind == IndicatorKind.CUMULATIVE and indicator.baseline is None
    if planned is not None or target is None or not is_counted or not row.is_planned_by_time:
        return planned
    part = target.value * part_of_year(day, row.task.plan.year, indicator.months_before)
    return part.quantize(HUNDREDTH, ROUND_HALF_UP)
