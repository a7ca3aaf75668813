"""未报清单: what should have been reported with the data of a day and never left its unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from huangshi_tasks.lib.text import full_width
from progress.periods.filed import Filed
from reports.excel.book import A4_ACROSS, Column, Group, Row, Sheet
from reports.excel.cells import DATE, Cell, Value
from reports.stats.filings import Missing, Scope, missing_of
from reports.workbooks.asked import Asked, month
from reports.workbooks.cover import Check, cover
from reports.workbooks.described import SAMPLE, Workbook

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("单位", 18, stays=True),
    Column("填报期", 10, "center"),
    Column("编号", 18),
    Column("事项", 34, stays=True),
    Column("填报类别", 14, "center"),
    Column("报送截止", 16, "center"),
    Column("逾期天数", 10, "center"),
    Column("备注", 18),
)


def build(asked: Asked) -> Sequence[Sheet]:
    sheet = asked.chosen(listed(asked))
    return [cover(asked, "未报清单", checks(asked, sheet)), sheet]


def listed(asked: Asked) -> Sheet:
    """The page, by unit."""
    found = _missing(asked)
    sheet = asked.sheet(
        "未报清单",
        COLUMNS,
        list(_rows(asked, found)),
        paper=A4_ACROSS,
        count=f"应报{found.owed}项次，未报{len(found.reports)}项次",
        fixed=2,
    )
    return replace(sheet, empty=_empty(asked, found))


def checks(asked: Asked, sheet: Sheet) -> list[Check | Group]:
    """The filings that lack, in all and by unit."""
    found = _missing(asked)
    units = sheet.column_range("单位")
    lines: list[Check | Group] = [
        Check("未报送（项次）", len(found.reports), f"=COUNT({sheet.column_range('序号')})")
    ]
    for unit, reports in found.units:
        name = full_width(reports[0].period.name_of(unit))
        lines.append(Check(f"其中：{name}", len(reports), f'=COUNTIF({units},"{_quoted(name)}")'))
    return lines


def _quoted(name: str) -> str:
    """As a formula compares it: quotes doubled, no wildcards."""
    return "".join(f"~{sign}" if sign in "~*?" else sign for sign in name).replace('"', '""')


def _missing(asked: Asked) -> Missing:
    """None to be known by whoever reads before the 定稿 (design.md section 4)."""
    day = asked.as_of
    if day is None or (asked.actor.is_reader and asked.is_too_early):
        return Missing([], 0, [])
    return missing_of(asked.plan, day, scope_of(asked))


def scope_of(asked: Asked) -> Scope:
    """The filings of the rows that the page would show, of the unit chosen."""
    return Scope({row.task.pk for row in asked.listed}, asked.unit_id)


def _empty(asked: Asked, found: Missing) -> str:
    if not found.periods or asked.as_of is None:
        return asked.empty
    if not found.owed:
        return f"{month(asked.as_of)}没有应报送的进展。"
    return f"{month(asked.as_of)}应报送的{found.owed}项次均已报送。"


def _rows(asked: Asked, found: Missing) -> Iterable[Row]:
    number = 0
    for unit, reports in found.units:
        name = full_width(reports[0].period.name_of(unit))
        yield Group(f"{name}（{len(reports)}项次）")
        for report in reports:
            number += 1
            yield [number, *_row(asked, report)]


def _row(asked: Asked, report: Filed) -> list[Value | Cell]:
    task = report.task
    is_over = asked.today > report.due_on
    parts = [
        SAMPLE if asked.plan.is_sample else "",
        "" if is_over else "未到截止日期",
        "可补报" if report.reopened_until and asked.today <= report.reopened_until else "",
    ]
    return [
        full_width(report.unit_name),
        report.period.label,
        task.code,
        task.short_title,
        report.get_duty_display(),
        Cell(report.due_on, DATE),
        (asked.today - report.due_on).days if is_over else None,
        "；".join(filter(None, parts)),
    ]


WORKBOOK = Workbook(
    slug="missing",
    title="未报清单",
    about="所选一期应报未报的单位和事项，可以选择正在报送的一期。",
    columns=COLUMNS,
    build=build,
    takes_open_periods=True,
)
