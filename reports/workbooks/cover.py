"""汇总: the totals of a workbook as numbers, each beside the formula over its pages as check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.excel.book import A4_UPRIGHT, Column, Group, Row, Sheet
from reports.excel.cells import Cell, Formula, Value
from reports.stats.lights import Tally
from units.face.marks import LIGHTS

if TYPE_CHECKING:
    from reports.workbooks.asked import Asked

NAME = "汇总"
COLUMNS = (
    Column("项目", 46),
    Column("数量", 14, "center"),
    Column("按明细表计算", 16, "center"),
    Column("核对", 12, "center"),
)
FIRST_ROW = 4
NOTE = "数量由系统统计，与页面一致；“按明细表计算”为本文件各表的公式，两者应当一致。"


@dataclass(frozen=True)
class Check:
    """One total: `formula` counts the same over the pages of the workbook."""

    label: str
    value: Value
    formula: str
    number_format: str = ""


def cover(asked: Asked, name: str, checks: Iterable[Check | Group]) -> Sheet:
    """The first page of the workbook called `name`."""
    rows: list[Row] = []
    for place, check in enumerate(checks, start=FIRST_ROW):
        rows.append(check if isinstance(check, Group) else _row(check, place))
    sheet = asked.sheet(name, COLUMNS, rows, paper=A4_UPRIGHT)
    # the narrow page has room for two facts
    facts = (f"{sheet.facts[0]}　{sheet.facts[1]}", f"导出日期：{sheet.facts[2].split('：')[-1]}")
    return replace(sheet, name=NAME, title=f"{sheet.title}汇总", facts=facts, notes=(NOTE,))


def by_light(tally: Tally, sheet: Sheet, total: str, column: str = "状态") -> list[Check]:
    """The counts sentence over a column of `sheet`, the parts adding up to the `total`; without a
    word for that, the parts alone.
    """
    lights = sheet.column_range(column)
    checks = []
    if total:
        checks.append(Check(total, tally.total, f"=COUNT({sheet.column_range('序号')})"))
    for part in tally.sentence:
        words = [LIGHTS[light].label for light in part.lights]
        label = f"其中：{part.word}" if total else part.word
        checks.append(equal_to(label, words, part.count, lights))
    return checks


def equal_to(label: str, values: Sequence[str], count: int, ranges: str) -> Check:
    """How often any of `values` stands in a column."""
    counted = "+".join(f'COUNTIF({ranges},"{value}")' for value in values)
    return Check(label, count, f"={counted or 0}")


def _row(check: Check, place: int) -> list[Value | Cell]:
    return [
        check.label,
        Cell(check.value, check.number_format),
        Cell(Formula(check.formula), check.number_format),
        Formula(f'=IF(ROUND(B{place}-C{place},6)=0,"一致","不一致")'),
    ]
