"""各期走势: what stood behind at each 定稿, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from progress.models import TaskPeriod
from progress.states import Light
from reports.ledger.rows import LedgerRow
from reports.stats.lights import Part, Tally, tally_of

SHOWN = (Light.LATE, Light.NOT_STARTED, Light.SLOW)  # what keeps pace would hide the signal
History = dict[int, list[tuple[date, str]]]  # task id → day and light of its 定稿, oldest first


@dataclass(frozen=True)
class Month:
    """All rows as they stood at one 定稿."""

    day: date
    tally: Tally

    @property
    def parts(self) -> list[Part]:
        """What the chart shows, the worst first."""
        found = {part.light: part for part in self.tally.every}
        return [found[light] for light in SHOWN]


def history_of(rows: Sequence[LedgerRow]) -> History:
    """Every judgement of these items, one query."""
    found: History = {}
    frozen = TaskPeriod.objects.filter(task__in=[row.task.pk for row in rows])
    asked = frozen.order_by("period__data_as_of", "pk").values_list(
        "task_id", "period__data_as_of", "light"
    )
    for task_id, day, light in asked:
        found.setdefault(task_id, []).append((day, light))
    return found


def trend(rows: Sequence[LedgerRow], history: History) -> list[Month]:
    """Each day of a 定稿 with the lights of all rows, each by its newest judgement until then."""
    days = sorted({day for row in rows for day, _ in history.get(row.task.pk, ())})
    return [
        Month(day, tally_of([_light_on(history.get(row.task.pk, ()), day) for row in rows]))
        for day in days
    ]


def _light_on(judged: Sequence[tuple[date, str]], day: date) -> str:
    return next((light for on, light in reversed(judged) if on <= day), str(Light.NO_DATA))
