"""十件实事进展表: each part (分项) with target, plan, started and finished, then by county."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from huangshi_tasks.lib.text import full_width
from progress.board.numbers import IndicatorLine
from reports.excel.book import A3_ACROSS, A4_ACROSS, Block, Column, Group, Row, Sheet
from reports.excel.cells import DATE, Cell, Value, with_unit
from reports.projects.page import Project, ProjectPage, projects_of
from reports.stats.lights import tally
from reports.workbooks.asked import Asked
from reports.workbooks.cover import Check, by_light, cover
from reports.workbooks.described import (
    SAMPLE,
    Workbook,
    joined_names,
    light_cell,
    share_cell,
    without_reason,
)
from units.city.words import said_later
from units.stamps.shown import FINALIZED

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("项目", 36, stays=True),
    Column("责任单位", 16),
    Column("分项", 22, stays=True),
    Column("年度目标", 14, "center"),
    Column("本期计划", 14, "center"),
    Column("开工", 12, "center"),
    Column("开工率", 9, "center"),
    Column("完工", 12, "center"),
    Column("完工率", 9, "center"),
    Column("状态", 10, "center", stays=True),
    Column("进展情况（采用稿）", 44),
    Column("数据截至", 15, "center"),
    Column("备注", 20),
)
MERGED = frozenset({0, 1, 2, 10, 11, 12})
BY_COUNTY = (
    Column("序号", 6, "center", stays=True),
    Column("分项", 30),
    Column(said_later("县（市、区）"), 18),
    Column("年度目标", 14, "center"),
    Column("开工", 12, "center"),
    Column("开工率", 10, "center"),
    Column("完工", 12, "center"),
    Column("完工率", 10, "center"),
    Column("备注", 16),
)


def build(asked: Asked) -> Sequence[Sheet]:
    rows = [row for row in asked.rows if row.task.is_project]
    page = projects_of(rows)
    parts = sum(max(len(each.lines), 1) for each in page.projects)
    sheet = asked.sheet(
        "十件实事进展表",
        COLUMNS,
        [_project(project) for project in page.projects],
        paper=A3_ACROSS,
        count=f"{len(rows)}件，{parts}个分项",
        fixed=2,
    )
    counties = asked.sheet(
        "十件实事分县进展", BY_COUNTY, list(_counties(page, asked)), paper=A4_ACROSS
    )
    sheet = asked.chosen(sheet)
    counted = tally(rows)
    checks: list[Check | Group] = [
        *by_light(counted, sheet, "十件实事合计（件）"),
        Group("分项"),
        Check("分项合计", parts, f"=COUNTA({sheet.column_range('分项')})"),
        Check(
            "分县项次合计",
            sum(len(cells) for _, cells in _split(page)),
            f"=COUNT({counties.column_range('序号')})",
        ),
    ]
    return [cover(asked, "十件实事进展表", checks), sheet, counties]


def _project(project: Project) -> Block:
    """A row for each part; what is said of the whole project stands once beside them."""
    row, lines = project.row, [each.line for each in project.lines]
    whole: list[Value | Cell] = [
        row.task.number,
        full_width(row.task.text),
        joined_names(row.leads),
    ]
    judged: list[Value | Cell] = [
        light_cell(row.light),
        row.digest,
        Cell(row.data_as_of, DATE),
    ]
    first = _figures(lines[0]) if lines else ["—", *[""] * 6]
    remark = "；".join(filter(None, (without_reason(row), lines[0].source if lines else "")))
    rows = [[*whole, *first, *judged, remark]]
    for line in lines[1:]:
        rows.append(["", "", "", *_figures(line), "", "", "", line.source])
    return Block(rows, MERGED)


def _figures(line: IndicatorLine) -> list[Value | Cell]:
    unit = line.indicator.unit_of_measure
    return [
        full_width(line.indicator.name),
        amount(line.target, unit),
        amount(line.planned, unit),
        *started_and_done(line),
    ]


def started_and_done(line: IndicatorLine) -> list[Value | Cell]:
    """开工, 开工率, 完工, 完工率, always side by side."""
    unit = line.indicator.unit_of_measure
    return [
        amount(line.started, unit),
        share_cell(line.start_percent),
        amount(line.actual, unit),
        share_cell(line.percent),
    ]


def amount(value: Decimal | None, unit: str) -> Cell:
    """A figure with its unit; empty without one."""
    return with_unit(value, unit) if value is not None else Cell(None)


def _split(page: ProjectPage) -> list[tuple[Project, list[tuple[str, IndicatorLine]]]]:
    """Of each project that is split: county and its part, part by part."""
    found = []
    for project in page.projects:
        cells = [
            (full_width(unit.name), cell)
            for each in project.lines
            for unit, cell in zip(page.counties, each.cells, strict=True)
            if cell is not None
        ]
        if cells:
            found.append((project, cells))
    return found


def _counties(page: ProjectPage, asked: Asked) -> Iterable[Row]:
    number = 0
    remark = SAMPLE if asked.plan.is_sample else ""
    for project, cells in _split(page):
        yield Group(f"{project.row.task.code}　{project.row.task.short_title}")
        for county, line in cells:
            number += 1
            yield [
                number,
                full_width(line.indicator.name),
                county,
                amount(line.target, line.indicator.unit_of_measure),
                *started_and_done(line),
                remark,
            ]


WORKBOOK = Workbook(
    slug="projects",
    title="十件实事进展表",
    about="分项、年度目标、本期计划、开工和完工及其比率，另附分县进展。",
    columns=COLUMNS,
    build=build,
    asks=("period", "unit", "leader"),
    topics=(FINALIZED,),
)
