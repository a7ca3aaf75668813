"""A filled 填报表, row by row: whose row it is, what was changed in it, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from huangshi_tasks.lib import text
from huangshi_tasks.lib.days import day_of
from progress.lifecycle.permissions import window
from progress.models import ProgressReport
from progress.workbook.rows_to_fill import FillRow, ToFill, stamp_of
from progress.workbook.tables import TABLES
from tasks.models import Plan
from units.actors import Actor
from units.sheets.book import Book, Spot, text_of
from units.sheets.columns import FLAG, FLAG_HINT, TICKS, Column, Table
from units.sheets.reading import read_cells, refuse_unprintable
from units.sheets.results import Mistake, mistake_at
from units.sheets.writing import cell_value

AGAIN = "请重新下载填报表，在新表中填写。"
NO_MARK = f"本行的行标识缺失或被改动，{AGAIN}"
NOT_YOURS = f"本行不是本单位现在可以填报的内容，{AGAIN}"
TWICE = "本行在表中出现两次，请只保留一行。"
SHIFTED = f"本行的对照栏与原表不符，可能排序或粘贴时错行，{AGAIN}"
NOT_TAKEN = "本行不填此栏，请清空。"
WHICH_DAY = "请填写完成的日期，如7月31日；没有完成的留空。"
WHICH_YEAR = "请写明年份，如{}年{}。"
DONE_WORDS = frozenset({"完成", "已完成", "是", *TICKS})
COMPARED = ("code", "what")


@dataclass
class ReadRow:
    """One row as it came: `data` is what was changed, by form key; `suggested` are figures that
    were counted for it and left as they are, saved along with what was changed; `meant`: what is
    stored for a key of `data`, as a cell has it.
    """

    table: Table
    spots: dict[str, Spot]
    row: FillRow | None = None
    data: dict[str, str] = field(default_factory=dict)
    suggested: dict[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.spots["id"].row

    @property
    def label(self) -> str:
        return label_of({key: spot.text for key, spot in self.spots.items()})

    @property
    def place(self) -> tuple[str, str]:
        """Names the row of the draft that its hidden mark points to."""
        return self.table.name, "|".join(self.spots["id"].text.split("|")[:2])

    def blame(self, key: str, sentence: str) -> None:
        self.mistakes.append(
            mistake_at(self.spots[key], str(self.table.column(key).title), sentence)
        )


def label_of(shown: Mapping[str, Any]) -> str:
    """What a row is called: 重点工作第1项 7月 新建管网."""
    return " ".join(str(shown[key]) for key in ("code", "period", "what") if shown.get(key))


def read_back(
    book: Book, filling: ToFill, plan: Plan, actor: Actor, today: date
) -> tuple[list[ReadRow], list[Mistake]]:
    """Every row of every sheet that is there; mistakes that concern whole sheets."""
    rows: list[ReadRow] = []
    mistakes: list[Mistake] = []
    present = [table for table in TABLES if table.name in book.sheets]
    if not present:
        named = "、".join(f"“{table.name}”" for table in TABLES)
        mistakes.append(Mistake("", 0, "", "", "", f"没有找到工作表{named}，{AGAIN}"))
    for table in present:
        lines, problems = read_cells(book, table)
        mistakes += problems
        rows += [ReadRow(table, spots) for spots in lines]
    _identify(rows, filling, plan, actor)
    for read in rows:
        if read.row is not None and not read.mistakes:
            _take(read, read.row, today)
    return rows, mistakes


def _identify(rows: Iterable[ReadRow], filling: ToFill, plan: Plan, actor: Actor) -> None:
    """Find the row of the draft behind each row of the file, and refuse what has moved."""
    by_place, seen = filling.by_place, set()
    for read in rows:
        merged = next((key for key, spot in read.spots.items() if spot.is_merged), None)
        if merged is not None:
            read.blame(merged, read.spots[merged].problem)
            continue
        report_id, _, rest = read.spots["id"].text.partition("|")
        parts = rest.split("|")
        if not report_id.isdecimal() or len(parts) != 3:
            read.blame("code", NO_MARK)
            continue
        place = read.place
        found = by_place.get(place)
        if found is None:
            read.blame("code", _why_not(int(report_id[:18]), plan, actor))
        elif place in seen:
            read.blame("code", TWICE)
        elif _is_shifted(read, found):
            read.blame("code", SHIFTED)
        else:
            read.row = found
            _refuse_stale(read, found, stamp=parts[1], digest=parts[2])
        seen.add(place)


def _why_not(report_id: int, plan: Plan, actor: Actor) -> str:
    """Why a row of the file cannot be filled now."""
    own = ProgressReport.objects.of_unit(actor.unit).filter(period__plan=plan, pk=report_id)
    report = own.select_related("period", "responsibility__task").first()
    if report is None:
        return NOT_YOURS
    if not report.is_editable:
        return f"{report}当前为“{report.get_state_display()}”，不能修改。"
    return window(report, report.period.opens_on).reason or NOT_YOURS


def _is_shifted(read: ReadRow, found: FillRow) -> bool:
    shown = found.values
    return any(
        key in read.spots and read.spots[key].text != text_of(cell_value(shown[key]))
        for key in COMPARED
    )


def _refuse_stale(read: ReadRow, found: FillRow, *, stamp: str, digest: str) -> None:
    version = found.look.version
    if stamp == stamp_of(version) or digest == found.digest or version is None:
        return
    if not any(_is_changed(read, found, column) for column in _inputs(found)):
        return  # it says what stands there now
    when = text.moment(version.edited_at) if version.edited_at else ""
    read.blame("code", f"下载以后，{version.edited_by_name}于{when}改过本行，{AGAIN}")


def _inputs(row: FillRow) -> list[Column]:
    return [column for column in row.table.columns if column.key in row.fields]


def _is_changed(read: ReadRow, row: FillRow, column: Column) -> bool:
    return read.spots[column.key].text != row.text(column.key)


def _take(read: ReadRow, row: FillRow, today: date) -> None:
    """Note what was changed as the page would post it; what the row does not take is refused."""
    for column in row.table.columns:
        if not column.is_input:
            continue
        spot = read.spots[column.key]
        if column.key not in row.fields:
            if spot.text or spot.problem:
                read.blame(column.key, NOT_TAKEN)
            continue
        if spot.problem:
            read.blame(column.key, spot.problem)
        elif _is_changed(read, row, column):
            _change(read, row, column, today)
        elif column.key in row.suggested:
            read.suggested[row.prefix + column.key] = spot.text


def _change(read: ReadRow, row: FillRow, column: Column, today: date) -> None:
    typed, year = read.spots[column.key].text, row.report.period.plan.year
    try:
        refuse_unprintable(typed)
        read.data[row.prefix + column.key] = posted(column, typed, year, today)
    except ValidationError as error:
        read.blame(column.key, error.messages[0])


def posted(column: Column, typed: str, year: int, today: date) -> str:
    """A cell's text as the form posts it: of a day without year it is the plan's, of a wish the
    next such day. Raises ValidationError for a yes that is none, and for a day of unclear year.
    """
    is_wish = column.key == "coordination_by"
    found = column.posted(typed, today.year if is_wish else year)
    if column.words is FLAG:
        if found not in ("", *FLAG):
            raise ValidationError(FLAG_HINT)
        return found or "false"
    if column.key == "done_on" and typed in DONE_WORDS:
        raise ValidationError(WHICH_DAY)
    day = day_of(typed, today.year) if is_wish and day_of(typed) is None else None
    if day is not None and day < today:
        raise ValidationError(WHICH_YEAR.format(today.year + 1, text.day(day)))
    return found
