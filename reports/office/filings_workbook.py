"""报送明细 as a workbook: the rows of the page under the same conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huangshi_tasks.lib import text
from reports.excel.book import A4_ACROSS, Column, Sheet
from reports.excel.cells import DATE, Cell, Value
from reports.office.words import TIMINGS
from reports.stats.filing_lines import FilingLine
from reports.workbooks.described import numbered
from units.face.marks import label_of

COLUMNS = (
    Column("序号", 6, "center"),
    Column("单位", 18),
    Column("编号", 18),
    Column("事项", 34),
    Column("填报期", 10, "center"),
    Column("填报类别", 14, "center"),
    Column("报送截止", 14, "center"),
    Column("首次报送", 18, "center"),
    Column("是否按时", 12, "center"),
    Column("填报状态", 12, "center"),
)


def filings_sheet(lines: Sequence[FilingLine], conditions: str, today: date) -> Sheet:
    """`conditions` in words, empty for all that was ever owed."""
    return Sheet(
        name="报送明细",
        title="报送明细",
        facts=(
            f"条件：{conditions or '全部'}，共{len(lines)}份",
            f"导出日期：{today.year}年{text.day(today)}",
        ),
        columns=COLUMNS,
        rows=numbered(_row(line) for line in lines),
        fixed=2,
        paper=A4_ACROSS,
    )


def _row(line: FilingLine) -> list[Value | Cell]:
    report = line.report
    return [
        text.full_width(report.unit_name),
        report.task.code,
        report.task.short_title,
        report.period.label,
        report.get_duty_display(),
        Cell(report.due_on, DATE),
        report.first_left_at,
        TIMINGS[line.timing],
        label_of(line.state),
    ]
