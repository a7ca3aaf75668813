"""操作日志 as a workbook: the rows of the auditor's page, with logins, exports and downloads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huangshi_tasks.lib import text
from reports.excel.book import Column, Sheet
from reports.excel.cells import Cell, Value
from units.log.actions import in_words
from units.log.reading import subjects, trace_of
from units.models import LogEntry

EXACT = "yyyy-mm-dd hh:mm:ss"
COLUMNS = (
    Column("序号", 8, "center"),
    Column("时间", 20, "center"),
    Column("实际时间", 20, "center"),
    Column("操作人", 24),
    Column("当时身份", 24),
    Column("来源地址", 18),
    Column("会话", 14),
    Column("操作", 16),
    Column("摘要", 50),
    Column("变更", 50),
    Column("原因或依据", 40),
    Column("对象类别", 16),
    Column("对象编号", 10, "center"),
    Column("校验值", 66),
)


def audit_log(rows: Iterable[LogEntry], filters: str, today: date) -> Sheet:
    """Of `rows`, those that the page shows under the same filters, said in `filters`."""
    return Sheet(
        name="操作日志",
        title="操作日志",
        facts=(f"筛选条件：{filters or '无'}", f"导出日期：{today.year}年{text.day(today)}"),
        columns=COLUMNS,
        rows=(_row(row) for row in rows),
        fixed=2,
    )


def kind_of(subject_type: str) -> str:
    """调整, 账号: what the thing is called."""
    model = subjects().get(subject_type)
    return str(model._meta.verbose_name) if model is not None else subject_type


def _row(entry: LogEntry) -> list[Value | Cell]:
    trace = trace_of(entry)
    return [
        entry.position,
        Cell(entry.at, EXACT),
        Cell(entry.real_at, EXACT) if entry.real_at is not None else None,
        entry.actor_name,
        entry.acting_as,
        entry.address,
        entry.session,
        in_words(entry.action),
        entry.summary,
        "\n".join(trace.changes),
        trace.reason,
        kind_of(entry.subject_type),
        entry.subject_id,
        entry.hash,
    ]
