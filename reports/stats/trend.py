"""各期走势: what stood behind at each 定稿, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from progress.states import Light
from reports.ledger.rows import LedgerRow
from reports.stats.lights import Part, Tally, tally_of

SHOWN = (Light.LATE, Light.NOT_STARTED, Light.SLOW)  # what keeps pace would hide the signal
History = dict[int, Sequence[tuple[date, str]]]  # task id → day and light of its 定稿, oldest first


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
    """Every judgement of these items."""
    return {row.task.pk: row.history for row in rows}


def trend(rows: Sequence[LedgerRow], history: History) -> list[Month]:
    """Each day of a 定稿 with the lights of all rows, each by its newest judgement until then."""
    judged = [history.get(row.task.pk, ()) for row in rows]
    days = sorted({day for own in judged for day, _ in own})
    lights = [_on_each(own, days) for own in judged]
    return [
        Month(day, tally_of([then[place] for then in lights])) for place, day in enumerate(days)
    ]


def _on_each(judged: Sequence[tuple[date, str]], days: Sequence[date]) -> list[str]:
    """The light in force on each of `days`, all in order."""
    found, light, coming = [], str(Light.NO_DATA), list(reversed(judged))
    for day in days:
        while coming and coming[-1][0] <= day:
            light = coming.pop()[1]
        found.append(light)
    return found
