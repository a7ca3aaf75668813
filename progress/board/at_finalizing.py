"""The figures behind a 定稿: what had been accepted by the moment at which it was frozen.

A correction accepted later is not in them; it shows from the next 定稿 on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from progress.board.numbers import Tables, tables_on
from progress.board.shown import Frozen
from progress.judging.figures import Figure, Figures
from progress.judging.loading import load_tasks
from progress.models import Decision, MilestoneReading, Reading
from tasks.models import Task


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


def readings_at(frozen: Mapping[int, Frozen], plans: Iterable[int]) -> dict[int, list[Accepted]]:
    """Task id → accepted readings by its 定稿, oldest first and within a period the deciding one
    last. `plans`: the ids of those that the items belong to.
    """
    readings = Reading.objects.filter(
        # the plan too: found by its periods, not among the readings of every year
        version__report__period__plan__in=set(plans),
        indicator__task__in=list(frozen),
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
        if decided_at is not None and decided_at <= frozen[task_id].frozen_at:
            found[task_id].append(Accepted(*stated))
    return found


def steps_done_at(frozen: Mapping[int, Frozen], plans: Iterable[int]) -> dict[int, date]:
    """Step (id) → when it was done, by what had been accepted at its item's 定稿."""
    said = MilestoneReading.objects.filter(
        version__report__period__plan__in=set(plans),
        milestone__task__in=list(frozen),
        version__decision=Decision.ACCEPTED,
        done_on__isnull=False,
    ).order_by("version__report__period__data_as_of", "version__number", "id")
    asked = ("milestone__task", "version__decided_at", "milestone_id", "done_on")
    return {
        step: done_on
        for task_id, decided_at, step, done_on in said.values_list(*asked)
        if decided_at is not None and decided_at <= frozen[task_id].frozen_at
    }


def figures_of_readings(readings: Mapping[int, Iterable[Accepted]]) -> dict[int, Figures]:
    """Task id → its figures by place."""
    found: dict[int, Figures] = defaultdict(Figures)
    for task_id, those in readings.items():
        for each in those:
            figure = Figure(each.as_of, each.effective, each.started, each.source)
            found[task_id].by_place[each.indicator_id, each.unit_id].append(figure)
    return found


def tables_at(
    tasks: Sequence[Task],
    frozen: Mapping[int, Frozen],
    today: date,
    names: Mapping[int, str],
) -> dict[int, Tables]:
    """Task id → its numbers with their county parts, as of its own 定稿 (else of today); units as
    `names` calls them, else as today. Completes the objects that it is given.
    """
    loaded = load_tasks(tasks)
    figures = Figures()
    plans = {task.plan_id for task in tasks}
    readings, done = readings_at(frozen, plans), steps_done_at(frozen, plans)
    for found in figures_of_readings(readings).values():
        figures.by_place |= found.by_place
    days = {
        task.pk: frozen[task.pk].period.data_as_of if task.pk in frozen else today for task in tasks
    }
    return tables_on(list(loaded.values()), days, figures, names, done)
