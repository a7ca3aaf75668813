"""推算: what a cumulative number will come to at the year's end, in words; never a light. Pure.

The pace is that of the last three readings: what was added since the one before them (since the
beginning of the year where there is none), per month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from huangshi_tasks.lib.text import number

READINGS = 3
MONTHS = 12
ZERO, ONE, TENTH = Decimal(0), Decimal(1), Decimal("0.1")
WHOLE_FROM = 10  # larger results are printed without a decimal: a guess is not more exact


@dataclass(frozen=True)
class Outlook:
    """What is expected; `monthly` and `year_end` are None while there are too few readings."""

    unit_of_measure: str
    target: Decimal
    readings: int
    monthly: Decimal | None = None
    year_end: Decimal | None = None
    most: Decimal | None = None  # how many things there are, where they are listed (子项)

    @property
    def is_short(self) -> bool:
        """Whether the year would end below the target at this pace."""
        return self.year_end is not None and self.year_end < self.target

    @property
    def missing(self) -> Decimal:
        """What the target would lack; 0 when it is reached."""
        return self.target - self.year_end if self.is_short and self.year_end is not None else ZERO

    def __str__(self) -> str:
        """按近3期平均每月8.2个，年底约96个，差4个; or why nothing can be said."""
        if self.monthly is None or self.year_end is None:
            return f"仅有{self.readings}期数据，满{READINGS}期后推算年底数"
        unit = self.unit_of_measure
        monthly = number(self.monthly, 1 if abs(self.monthly) >= 1 else 2)
        end = self._shown_end(self.year_end)
        said = f"按近{READINGS}期平均每月{monthly}{unit}，年底约{number(end)}{unit}"
        if self.most is not None and self.year_end == self.most:
            said += f"（子项共{number(self.most)}{unit}）"
        gap = f"差{number(self.target - end)}{unit}" if self.is_short else "可达到年度目标"
        return f"{said}，{gap}"

    def _shown_end(self, year_end: Decimal) -> Decimal:
        """As a guess is rounded, and never so that what is short reads as reached: the figure and
        its gap add up to the target.
        """
        for step in (ONE, TENTH) if abs(year_end) >= WHOLE_FROM else (TENTH,):
            rounded = year_end.quantize(step, ROUND_HALF_UP)
            is_true = (rounded < self.target) == self.is_short
            if is_true and (rounded != 0 or year_end == 0):
                return rounded
        return year_end


def outlook_of(
    readings: Sequence[tuple[date, Decimal]],
    *,
    target: Decimal,
    unit_of_measure: str,
    start: Decimal = ZERO,
    most: Decimal | None = None,
) -> Outlook:
    """`readings`: the cumulative value at the end of each period, oldest first, one a period.

    `start`: where the year began (上年底数). All readings are of one year. `most`: how many things
    there are to count; more cannot come of them.
    """
    if len(readings) < READINGS:
        return Outlook(unit_of_measure, target, len(readings))
    last_day, last = readings[-1]
    earlier = readings[-READINGS - 1] if len(readings) > READINGS else None
    month, value = (earlier[0].month, earlier[1]) if earlier is not None else (0, start)
    monthly = (last - value) / max(last_day.month - month, 1)
    year_end = last + monthly * (MONTHS - last_day.month)
    if most is not None:
        year_end = min(year_end, max(most, last))
    return Outlook(unit_of_measure, target, len(readings), monthly, year_end, most)
