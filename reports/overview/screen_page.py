"""What 大屏 shows beside the counts: the trend as a line, the ten with what is started and done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from progress.periods.calendar import month_of
from reports.projects.page import Project
from reports.stats.lights import TENTH
from reports.stats.trend import Month

LEFT, RIGHT, TOP, BOTTOM = Decimal(56), Decimal(300), Decimal(36), Decimal(116)  # of 330 × 150
SHOWN = 6  # the last months; more labels would touch
STEP = Decimal(10)  # percent between the lines of the grid


class Point(NamedTuple):
    """A month of the line; `above` is where its figure stands."""

    x: str
    y: str
    above: str
    label: str
    share: Decimal


@dataclass(frozen=True)
class Line:
    """The share that keeps pace, month by month; `low` and `high` are the lines of the grid."""

    points: tuple[Point, ...]
    low: int
    high: int

    @property
    def way(self) -> str:
        """For the polyline."""
        return " ".join(f"{each.x},{each.y}" for each in self.points)


def line_of(months: Sequence[Month]) -> Line | None:
    """The last months; None before the first 定稿."""
    last = [(month.day, month.tally.share_on_time) for month in months[-SHOWN:]]
    if not last:
        return None
    shares = [share for _, share in last]
    low = (min(shares) / STEP).to_integral_value(ROUND_FLOOR) * STEP
    high = max((max(shares) / STEP).to_integral_value(ROUND_CEILING) * STEP, low + STEP)
    across = (RIGHT - LEFT) / max(len(last) - 1, 1)
    points = []
    for place, (day, share) in enumerate(last):
        x, y = LEFT + across * place, BOTTOM - (share - low) / (high - low) * (BOTTOM - TOP)
        points.append(Point(f"{x:.1f}", f"{y:.1f}", f"{y - 9:.1f}", month_of(day), share))
    return Line(tuple(points), int(low), int(high))


class Ten(NamedTuple):
    """A project: 完成 is its percent, 开工 the mean of its 分项 that are started one by one."""

    project: Project
    started: Decimal | None


def ten_of(projects: Sequence[Project]) -> list[Ten]:
    return [Ten(each, _started(each)) for each in projects]


def _started(project: Project) -> Decimal | None:
    shares = [each.line.start_percent for each in project.lines]
    known = [min(share, Decimal(100)) for share in shares if share is not None]
    if not known or project.row.frozen is None:
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(TENTH, ROUND_HALF_UP)
