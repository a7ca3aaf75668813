"""Every aggregate, once. A tile is a set of ledger rows: its number, its list and its Excel agree.

Statistics speak in counts (design.md section 4, Percent); all parts add up to the total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from huangshi_tasks.lib.numerals import chinese
from huangshi_tasks.lib.text import full_width
from progress.lights import Light
from reports.facets import LIGHT_GROUPS
from reports.rows import LedgerRow
from tasks.models import Area

# Worst first, as the list of what is behind is read.
SEVERITY = (Light.LATE, Light.NOT_STARTED, Light.SLOW)
SLOW_SHOWN = 5  # of what is merely slow the page shows the worst; the rest is one click away
RARE = (Light.NO_DATA, Light.SUSPENDED)
TONES: dict[str, str] = {"behind": "c-late", Light.LATE: "c-late", Light.SLOW: "c-warn"}
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Part:
    """A count in words. `light` is the ledger's filter value that lists exactly these rows, `mark`
    the light whose shape stands beside it.
    """

    light: str
    mark: str
    word: str
    count: int

    @property
    def in_pieces(self) -> str:
        """The count of projects: 达到序时进度7件."""
        return f"{self.word}{self.count}件"

    @property
    def tone(self) -> str:
        """The colour class of a count that calls for attention; empty for the others."""
        return TONES.get(self.light, "") if self.count else ""


@dataclass(frozen=True)
class Tally:
    """Rows by light."""

    total: int
    by_light: dict[str, int]

    def of(self, *lights: str) -> int:
        return sum(self.by_light.get(light, 0) for light in lights)

    @property
    def done(self) -> Part:
        return self._single(Light.DONE)

    @property
    def reached(self) -> Part:
        """达到序时进度: 超序时 and 正常推进; 已完成 is counted apart."""
        return self._group("reached", Light.ON_PACE)

    @property
    def behind(self) -> Part:
        """未达序时进度: 进度偏慢 and 滞后."""
        return self._group("behind", Light.SLOW)

    @property
    def not_started(self) -> Part:
        return self._single(Light.NOT_STARTED)

    @property
    def sentence(self) -> list[Part]:
        """The parts of the counts sentence; they add up to the total."""
        rare = [part for light in RARE if (part := self._single(light)).count]
        return [self.done, self.reached, self.behind, self.not_started, *rare]

    @property
    def every(self) -> list[Part]:
        """The parts with 未达序时进度 split into 进度偏慢 and 滞后; they add up as well."""
        lights = (Light.SLOW, Light.LATE, Light.NOT_STARTED, *RARE)
        return [self.done, self.reached, *(self._single(light) for light in lights)]

    @property
    def columns(self) -> list[Part]:
        """What a table prints: 暂无数据 and 中止 only when there are any."""
        return [part for part in self.every if part.count or part.light not in RARE]

    @property
    def legend(self) -> list[Part]:
        """The parts that are not empty."""
        return [part for part in self.every if part.count]

    @property
    def distribution(self) -> list[tuple[str, int]]:
        """For the segment bar: the legend in figures."""
        return [(part.mark, part.count) for part in self.legend]

    @property
    def has_data(self) -> bool:
        """Whether any item has a 定稿."""
        return self.of(Light.NO_DATA) < self.total

    @property
    def share_on_time(self) -> Decimal:
        """达到序时进度及以上 in percent of all items, one decimal; 0 of none."""
        if not self.total:
            return Decimal(0)
        part = Decimal((self.done.count + self.reached.count) * 100) / self.total
        return part.quantize(TENTH, ROUND_HALF_UP)

    def _single(self, light: Light) -> Part:
        return Part(light.value, light.value, str(light.label), self.of(light))

    def _group(self, name: str, mark: Light) -> Part:
        word, lights = LIGHT_GROUPS[name]
        return Part(name, mark.value, word, self.of(*lights))


@dataclass(frozen=True)
class AreaLine:
    """One 方面 with the lights of its key tasks; `cells` in the order of `AreaTable.columns`."""

    area: Area
    tally: Tally
    cells: list[Part]

    @property
    def numeral(self) -> str:
        return f"{chinese(self.area.ordinal)}、"

    @property
    def title(self) -> str:
        return full_width(self.area.title)


@dataclass(frozen=True)
class AreaTable:
    """The areas one below the other; a column stands for the same light in each."""

    columns: list[Part]
    lines: list[AreaLine]


@dataclass(frozen=True)
class BehindList:
    """What is behind, the worst first; `rows` are those shown of `total`."""

    rows: list[LedgerRow]
    total: int

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total

    @property
    def note(self) -> str:
        """20项，列滞后、未启动5项和进度偏慢5项."""
        if not self.is_cut:
            return f"{self.total}项"
        slow = sum(1 for row in self.rows if row.light == Light.SLOW)
        worse = len(self.rows) - slow
        return f"{self.total}项，列{f'滞后、未启动{worse}项和' if worse else ''}进度偏慢{slow}项"


def tally(rows: Sequence[LedgerRow]) -> Tally:
    """Count rows by the light of their latest 定稿."""
    return Tally(len(rows), dict(Counter(str(row.light) for row in rows)))


def behind(rows: Sequence[LedgerRow], *, everything: bool = False) -> BehindList:
    """未达序时进度 and 未启动, the worst first, then by how far they are behind.

    Not `everything` is all that is late or not started, and the first few that are slow.
    """

    def order(row: LedgerRow) -> tuple[int, Decimal]:
        gap = row.frozen.gap if row.frozen is not None else None
        return SEVERITY.index(Light(row.light)), gap if gap is not None else Decimal(0)

    found = sorted((row for row in rows if row.light in SEVERITY), key=order)
    slow = [row for row in found if row.light == Light.SLOW]
    worse = [row for row in found if row.light != Light.SLOW]
    return BehindList(found if everything else worse + slow[:SLOW_SHOWN], len(found))


def by_area(rows: Sequence[LedgerRow]) -> AreaTable:
    """Key tasks by 方面, in the order of the notice."""
    areas: dict[int, tuple[Area, list[LedgerRow]]] = {}
    for row in rows:
        area = row.task.area
        if area is not None:
            areas.setdefault(area.pk, (area, []))[1].append(row)
    columns = tally([row for row in rows if row.task.area is not None]).columns
    lights = {part.light for part in columns}
    lines = []
    for area, those in sorted(areas.values(), key=lambda pair: pair[0].ordinal):
        own = tally(those)
        lines.append(AreaLine(area, own, [part for part in own.every if part.light in lights]))
    return AreaTable(columns, lines)
