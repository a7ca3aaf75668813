"""The queue as one reviewer sees it: filtered by a chip, in an order, with its own clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from progress.models import ProgressReport
from progress.reviewing.queue import REVIEW_WORKDAYS, Queue, QueueRow

Test = Callable[[QueueRow], bool]
FILTERS: dict[str, tuple[str, Test]] = {
    "": ("待审", lambda row: True),
    "hints": ("有提示", lambda row: row.explained > 0),
    "again": ("重报", lambda row: row.version.number > 1 and not row.version.is_correction),
    "corrected": ("更正", lambda row: row.version.is_correction),
    "unsigned": ("未经审签", lambda row: row.version.signature == "unsigned"),
    "old": ("超期", lambda row: row.is_old),
}
MINE, MINE_LABEL = "mine", "我负责的"


def _number(row: QueueRow) -> tuple[int, int, str, int]:
    """The newest plan first, then as numbered."""
    plan, task = row.report.period.plan, row.report.task
    return -plan.year, -plan.pk, task.kind, task.number


SORTS: dict[str, tuple[str, Callable[[QueueRow], object]]] = {
    "": ("等待最久", lambda row: row.place),
    "number": ("事项序号", _number),
    "unit": ("单位", lambda row: (row.report.unit.ordinal, row.report.unit.pk, row.place)),
}


@dataclass(frozen=True)
class Chip:
    """One filter with how many it shows; `query` is the address that chooses it."""

    label: str
    count: int
    query: str
    is_on: bool
    name: str = ""  # of the count


@dataclass(frozen=True)
class Shelf:
    """`suffix` keeps filter and order in every address of the page."""

    queue: Queue  # in the chosen order, filtered
    whole: Queue
    chips: list[Chip]
    sorts: list[Chip]
    suffix: str
    opened: Collection[int]

    @property
    def total(self) -> int:
        return len(self.whole.rows)

    @property
    def held(self) -> int:
        """将通过: those of all that are accepted in some seconds."""
        return len(self.whole.held)

    @property
    def oldest(self) -> int:
        """Working days of the longest waiting."""
        return max((row.age for row in self.queue.rows), default=0)

    @property
    def late(self) -> int:
        return sum(row.is_old for row in self.queue.rows)

    @property
    def due(self) -> int:
        return sum(row.is_due for row in self.queue.rows)

    @property
    def limit(self) -> int:
        return REVIEW_WORKDAYS

    @cached_property
    def may_be_batched(self) -> set[int]:
        """Reports that were opened as they stand now, and have nothing to be looked at."""
        opened = [row for row in self.queue.undecided if row.version.pk in self.opened]
        return {row.report.pk for row in opened if is_plain(row)}

    def following(self, report: ProgressReport) -> list[int]:
        """Ids of the reports behind `report`, then of those before it."""
        ids = [row.report.pk for row in self.queue.rows]
        at = ids.index(report.pk) if report.pk in ids else -1
        return [*ids[at + 1 :], *ids[: max(at, 0)]]


def is_plain(row: QueueRow) -> bool:
    """Nothing that the unit had to explain, signed, and with progress."""
    version = row.version
    return not row.explained and version.signature != "unsigned" and not version.no_progress


def shelf_of(
    queue: Queue, chosen: Mapping[str, str], opened: Collection[int], mine: Collection[int]
) -> Shelf:
    """`chosen`: the parameters of the address (`show`, `sort`); `mine`: items in one's own charge.

    What nobody knows is taken for the default.
    """
    filters = dict(FILTERS)
    if mine:
        filters[MINE] = (MINE_LABEL, lambda row: row.report.task.pk in mine)
    show = chosen.get("show", "")
    show = show if show in filters else ""
    sort = chosen.get("sort", "")
    sort = sort if sort in SORTS else ""
    rows = sorted(filter(filters[show][1], queue.rows), key=SORTS[sort][1])  # type: ignore[arg-type]
    counts = {name: sum(map(test, queue.rows)) for name, (_, test) in filters.items()}
    return Shelf(
        Queue(rows),
        queue,
        [
            Chip(label, counts[name], _query(name, sort), name == show, _name(name))
            for name, (label, _) in filters.items()
            if counts[name] or name in ("", show, MINE)
        ],
        [Chip(label, 0, _query(show, name), name == sort) for name, (label, _) in SORTS.items()],
        _query(show, sort) if show or sort else "",
        opened,
    )


def _name(show: str) -> str:
    """What the count is called; 超期 is a number of 督查室."""
    return {"": "office-waiting", "old": "office-wait-old"}.get(show, f"waiting-{show}")


def _query(show: str, sort: str) -> str:
    pairs = {name: value for name, value in (("show", show), ("sort", sort)) if value}
    return f"?{urlencode(pairs)}"
