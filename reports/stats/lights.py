"""Rows by light: the counts of the sentence, the tiles and the tables. All parts add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from progress.states import Light
from reports.ledger.facets import LIGHT_GROUPS
from reports.ledger.rows import LedgerRow

RARE = (Light.IN_REVIEW, Light.NO_DATA, Light.SUSPENDED)
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
    def lights(self) -> list[str]:
        """The lights that are counted in it."""
        return sorted(LIGHT_GROUPS[self.light][1]) if self.light in LIGHT_GROUPS else [self.light]

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

    def __hash__(self) -> int:
        return hash((self.total, *sorted(self.by_light.items())))

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
    def said(self) -> list[Part]:
        """What a page says: the sentence, and before any 定稿 only that nothing is known."""
        return self.sentence if self.has_data else self.legend

    @property
    def every(self) -> list[Part]:
        """The parts with 未达序时进度 split into 进度偏慢 and 滞后; they add up as well."""
        lights = (Light.SLOW, Light.LATE, Light.NOT_STARTED, *RARE)
        return [self.done, self.reached, *(self._single(light) for light in lights)]

    @property
    def columns(self) -> list[Part]:
        """What a table prints: 待审核, 暂无数据 and 中止 only when there are any, and before any
        定稿 nothing else, for a 0 would say that it is known.
        """
        if not self.has_data:
            return self.legend
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


def tally(rows: Sequence[LedgerRow]) -> Tally:
    """Count rows by the light of their latest 定稿."""
    return tally_of([row.light for row in rows])


def tally_of(lights: Sequence[str]) -> Tally:
    """Count lights."""
    return Tally(len(lights), dict(Counter(str(light) for light in lights)))
