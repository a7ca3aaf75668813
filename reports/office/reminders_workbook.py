"""提醒台账: proof that somebody was told, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huangshi_tasks.lib import text
from progress.models import Reminder
from reports.excel.book import Column, Sheet
from reports.excel.cells import DATE, MOMENT, Cell, Value

COLUMNS = (
    Column("序号", 6, "center"),
    Column("应发日期", 16, "center"),
    Column("内容", 60),
    Column("单位", 18),
    Column("收件人", 20),
    Column("状态", 10, "center"),
    Column("发送时间", 18, "center"),
    Column("送达结果或未发原因", 30),
    Column("阅读时间", 18, "center"),
    Column("备注", 14),
)


def reminder_ledger(rows: Iterable[Reminder], today: date) -> Sheet:
    """Of `rows`, those that the page shows under the same filters."""
    return Sheet(
        name="提醒台账",
        title="提醒台账",
        facts=("", f"导出日期：{today.year}年{text.day(today)}"),
        columns=COLUMNS,
        rows=(_row(place, row) for place, row in enumerate(rows, start=1)),
        fixed=3,
    )


def _row(place: int, row: Reminder) -> list[Value | Cell]:
    return [
        place,
        Cell(row.due_on, DATE),
        row.text,
        row.unit.name if row.unit is not None else "",
        str(row.recipient),
        row.get_state_display(),
        Cell(row.sent_at, MOMENT),
        row.reason or row.delivery,
        Cell(row.read_at, MOMENT),
        "即时" if row.is_immediate else "",
    ]
