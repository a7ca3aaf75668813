"""Every aggregate, once. A tile is a set of ledger rows: its number, its list and its Excel agree.

Statistics speak in counts (design.md section 4, Percent); all parts add up to the total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from progress.lights import Light
from reports.facets import LIGHT_GROUPS
from reports.rows import LedgerRow
from tasks.models import Area

# Worst first, as the list of what is behind is read.
SEVERITY = (Light.LATE, Light.NOT_STARTED, Light.SLOW)


@dataclass(frozen=True)
class Part:
    """One part of the counts sentence: `light` is the ledger's filter value that lists its rows."""

    light: str
    word: str
    count: int

    @property
    def is_bad(self) -> bool:
        return self.light == "behind"


@dataclass(frozen=True)
class Tally:
    """Rows by light."""

    total: int
    by_light: dict[str, int]

    def of(self, *lights: str) -> int:
        return sum(self.by_light.get(light, 0) for light in lights)

    @property
    def reached(self) -> int:
        """达到序时进度: 超序时 and 正常推进; 已完成 is counted apart."""
        return self.of(*LIGHT_GROUPS["reached"][1])

    @property
    def behind(self) -> int:
        """未达序时进度: 进度偏慢 and 滞后."""
        return self.of(*LIGHT_GROUPS["behind"][1])

    @property
    def done(self) -> int:
        return self.of(Light.DONE)

    @property
    def slow(self) -> int:
        return self.of(Light.SLOW)

    @property
    def late(self) -> int:
        return self.of(Light.LATE)

    @property
    def not_started(self) -> int:
        return self.of(Light.NOT_STARTED)

    @property
    def on_time(self) -> int:
        """达到序时进度及以上."""
        return self.done + self.reached

    @property
    def share_on_time(self) -> Decimal:
        """达到序时进度及以上 in percent, one decimal."""
        if not self.total:
            return Decimal(0)
        part = Decimal(self.on_time * 100) / self.total
        return part.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def parts(self) -> list[Part]:
        """The parts of the sentence; 暂无数据 and 中止 only when there are any."""
        always = [
            Part(Light.DONE, "已完成", self.done),
            Part("reached", "达到序时进度", self.reached),
            Part("behind", "未达序时进度", self.behind),
            Part(Light.NOT_STARTED, "未启动", self.not_started),
        ]
        rare = [
            Part(Light.NO_DATA, "暂无数据", self.of(Light.NO_DATA)),
            Part(Light.SUSPENDED, "中止", self.of(Light.SUSPENDED)),
        ]
        return always + [part for part in rare if part.count]

    @property
    def distribution(self) -> list[tuple[str, int]]:
        """For the segment bar, best first."""
        return [(light, self.by_light[light]) for light in Light.values if self.by_light.get(light)]


def tally(rows: Sequence[LedgerRow]) -> Tally:
    """Count rows by the light of their latest 定稿."""
    return Tally(len(rows), dict(Counter(str(row.light) for row in rows)))


def behind(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """未达序时进度 and 未启动, the worst first, then by how far they are behind."""

    def order(row: LedgerRow) -> tuple[int, Decimal]:
        gap = row.frozen.gap if row.frozen is not None else None
        return SEVERITY.index(Light(row.light)), gap if gap is not None else Decimal(-100)

    return sorted((row for row in rows if row.light in SEVERITY), key=order)


def asking(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """需市政府协调解决的问题: items whose latest 定稿 carries one."""
    return [
        row
        for row in rows
        if row.frozen is not None and row.frozen.version and row.frozen.version.coordination
    ]


def by_area(rows: Sequence[LedgerRow]) -> list[tuple[Area, Tally]]:
    """Key tasks by 方面, in the order of the notice."""
    areas: dict[int, tuple[Area, list[LedgerRow]]] = {}
    for row in rows:
        area = row.task.area
        if area is not None:
            areas.setdefault(area.pk, (area, []))[1].append(row)
    found = sorted(areas.values(), key=lambda pair: pair[0].ordinal)
    return [(area, tally(those)) for area, those in found]
