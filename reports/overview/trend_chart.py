"""The trend of 总览 as the chart script reads it; the same numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from progress.periods.calendar import month_of
from reports.stats.trend import Month


@dataclass(frozen=True)
class Trend:
    """Table and chart of the same months."""

    months: tuple[Month, ...]

    @property
    def chart(self) -> dict[str, Any]:
        """As the script reads it."""
        return chart_of(self.months)


def chart_of(months: Sequence[Month]) -> dict[str, Any]:
    """Months, a series of counts for each light shown, and the share that keeps pace."""
    parts = months[0].parts if months else []
    return {
        "months": [month_of(month.day) for month in months],
        "series": [
            {
                "name": part.word,
                "light": part.light,
                "values": [month.parts[place].count for month in months],
            }
            for place, part in enumerate(parts)
        ],
        "share": [float(month.tally.share_on_time) for month in months],
    }
