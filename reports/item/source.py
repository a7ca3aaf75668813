"""原文: the text of the notice, with the place of each item; of it only what an actor may see."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tasks.desk.content import opened
from tasks.models import NoticeSource, Plan, Task
from tasks.reader.sources.lines import Line
from units.actors import Actor


@dataclass(frozen=True)
class SourceCell:
    """A cell of a table; `items` begin in it."""

    text: str
    items: Sequence[Task]
    rows: int
    columns: int


@dataclass(frozen=True)
class SourceBlock:
    """One line as it stands, or the rows of a table. `items` begin in the line. `after_gap`: what
    stands before it is left out.
    """

    text: str = ""
    items: Sequence[Task] = ()
    rows: Sequence[Sequence[SourceCell]] = ()
    after_gap: bool = False


@dataclass(frozen=True)
class SourcePage:
    """`missing` are items whose words stand nowhere in the text: they were mended at 核对, or added
    by a decision. `is_whole` unless something is left out.
    """

    blocks: Sequence[SourceBlock]
    missing: Sequence[Task]
    is_whole: bool


def source_page(plan: Plan, actor: Actor) -> SourcePage:
    """The whole for the office and for readers who may see every item; else the lines, and the rows
    of tables, of the items that the actor may see.
    """
    tasks = list(plan.tasks.order_by("kind", "number"))
    mine = Task.objects.visible_to(actor).filter(plan=plan).order_by()
    visible = set(mine.values_list("pk", flat=True))
    lines = _lines(plan)
    places = _places([each.text for each in lines], tasks)
    is_whole = actor.is_office or (actor.is_reader and len(visible) == len(tasks))
    shown = _Shown(lines, places, None if is_whole else visible)
    found = list(shown.blocks([each for each in tasks if each.pk in visible]))
    missing = [each for each in tasks if each.pk in visible and each.pk not in places]
    return SourcePage(found, missing, is_whole)


def _lines(plan: Plan) -> Sequence[Line]:
    """With the tables of the original that was read, where the plan has one."""
    sources = NoticeSource.objects.filter(draft__plan=plan).order_by("-pk")
    for content in sources.values_list("content", flat=True)[:1]:
        if content and (read := opened(bytes(content))).text == plan.source_text:
            return read.lines
    return [Line(at, text) for at, text in enumerate(plan.source_text.split("\n"), start=1)]


class _Shown:
    """What is shown of `lines` to somebody who may see the items `visible` (None: everything)."""

    def __init__(
        self, lines: Sequence[Line], places: Mapping[int, range], visible: set[int] | None
    ) -> None:
        self.lines, self.places, self.visible = lines, places, visible
        self.owners: dict[int, set[int]] = defaultdict(set)  # place of a line → its items
        self.rows: dict[tuple[int, int], set[int]] = defaultdict(set)  # table, row → the same
        for pk, span in places.items():
            for at in span:
                self.owners[at].add(pk)
                if (cell := lines[at].cell) is not None:
                    for row in range(cell.row, cell.row + cell.rows):
                        self.rows[cell.table, row].add(pk)

    def blocks(self, tasks: Iterable[Task]) -> Iterator[SourceBlock]:
        begins: dict[int, list[Task]] = defaultdict(list)
        for task in tasks:
            if task.pk in self.places:
                begins[self.places[task.pk].start].append(task)
        last = -1
        for table, mine in groupby(enumerate(self.lines), key=_table):
            of_table = list(mine)
            if table is not None:
                if rows := self._rows(of_table, begins):
                    yield SourceBlock(rows=rows, after_gap=last < of_table[0][0] - 1)
                    last = of_table[-1][0]
                continue
            for at, line in of_table:
                if line.text.strip() and self._sees(self.owners[at]):
                    yield SourceBlock(line.text, begins[at], after_gap=last < at - 1)
                    last = at

    def _sees(self, owners: set[int]) -> bool:
        return self.visible is None or bool(owners & self.visible)

    def _rows(
        self, lines: Sequence[tuple[int, Line]], begins: Mapping[int, Sequence[Task]]
    ) -> list[list[SourceCell]]:
        """The rows that may be seen; what is merged over several stands in the first of them."""
        cells = [(at, line, line.cell) for at, line in lines if line.cell is not None]
        numbers = sorted(
            {row for _, _, cell in cells for row in range(cell.row, cell.row + cell.rows)}
        )
        table = cells[0][2].table
        rows = {
            at: list[tuple[int, SourceCell]]() for at in numbers if self._sees(self.rows[table, at])
        }
        for at, line, cell in cells:
            covered = [row for row in range(cell.row, cell.row + cell.rows) if row in rows]
            if not covered:
                continue
            is_hidden = self.visible is not None and any(
                self.rows[table, row] - self.visible for row in covered
            )
            text = "" if is_hidden and not self._sees(self.owners[at]) else line.text
            shown = SourceCell(text, begins.get(at, ()), len(covered), cell.columns)
            rows[covered[0]].append((cell.column, shown))
        return [
            [cell for _, cell in sorted(row, key=lambda each: each[0])]
            for row in rows.values()
            if row
        ]


def _table(each: tuple[int, Line]) -> int | None:
    cell = each[1].cell
    return cell.table if cell is not None else None


def _places(lines: Sequence[str], tasks: Sequence[Task]) -> dict[int, range]:
    """Item → the lines in which its words stand, blanks not counted; items follow each other, so
    that a sentence printed twice belongs to the second item the second time.
    """
    bare = ["".join(line.split()) for line in lines]
    starts = [0]
    for line in bare:
        starts.append(starts[-1] + len(line))
    whole = "".join(bare)
    found: dict[int, range] = {}
    taken: set[int] = set()
    for task in tasks:
        words = "".join(task.text.split())
        at = whole.find(words) if words else -1
        while at in taken:
            at = whole.find(words, at + 1)
        if at < 0:
            continue
        taken.add(at)
        first = bisect_right(starts, at) - 1
        last = bisect_right(starts, at + len(words) - 1) - 1
        found[task.pk] = range(first, last + 1)
    return found
