"""What leaves as a workbook: each ledger is one definition of title, columns and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from huangshi_tasks.lib.text import full_width
from progress.facts import NEEDS_REASON
from reports.cells import DATE, POINTS, Cell, Value
from reports.excel import Column, Group, Row, Sheet
from reports.filters import LedgerFilter
from reports.groups import area_heading, grouped, theme_heading
from reports.measures import Measures, measures_of
from reports.rows import LedgerRow, newest_date
from tasks.models import Plan
from units.actors import Actor
from units.marks import LIGHTS

COLUMNS = (
    Column("序号", 6, "center"),
    Column("方面", 20),
    Column("小标题", 10),
    Column("任务内容", 42),
    Column("牵头单位", 13),
    Column("配合单位", 20),
    Column("分管市领导", 12, "center"),
    Column("年度目标", 18, "center"),
    Column("本期计划", 16, "center"),
    Column("实际完成", 16, "center"),
    Column("序时差\n（百分点）", 10, "center"),
    Column("状态", 10, "center"),
    Column("进展情况（采用稿）", 42),
    Column("存在问题", 22),
    Column("下一步工作安排", 24),
    Column("数据截至", 16, "center"),
    Column("备注", 16),
)
FIXED_COLUMNS = 4  # 序号 to 任务内容 stay in sight
SAMPLE = "示例"
LONGEST_NAME_PART = 20


def task_ledger(
    plan: Plan, rows: Sequence[LedgerRow], filters: LedgerFilter, actor: Actor, today: date
) -> Sheet:
    """任务台账 of `rows`, those that the page shows under the same filters."""
    return Sheet(
        name="任务台账",
        title=_title(plan),
        facts=(
            f"填报单位：{_filed_by(filters, actor)}",
            _as_of(rows),
            f"{_choices(filters)}共{len(rows)}项　导出日期：{_long_day(today)}",
        ),
        columns=COLUMNS,
        rows=_rows(rows, measures_of(rows, today)),
        fixed=FIXED_COLUMNS,
    )


def file_name(rows: Sequence[LedgerRow], filters: LedgerFilter, plan: Plan, today: date) -> str:
    """``台账_2022年6月_市住建局_20220803.xlsx``, without what a file name cannot hold."""
    newest = newest_date(rows)
    month = f"{newest.year}年{newest.month}月" if newest is not None else f"{plan.year}年"
    chosen = [words[:LONGEST_NAME_PART] for _, words in filters.chosen_words()]
    parts = ["台账", month, *chosen, f"{today:%Y%m%d}"]
    return re.sub(r'[\\/:*?"<>|\x00-\x1f\s]+', "", "_".join(parts)) + ".xlsx"


def _title(plan: Plan) -> str:
    series = plan.series.removesuffix("责任分解")
    return f"{plan.year}年{series}任务台账{'（示例）' if plan.is_sample else ''}"


def _filed_by(filters: LedgerFilter, actor: Actor) -> str:
    chosen = dict(filters.chosen_words()).get("单位")
    if chosen is None and actor.is_of_a_unit and actor.unit is not None:
        chosen = full_width(actor.unit.name)
    return chosen or "各责任单位"


def _as_of(rows: Sequence[LedgerRow]) -> str:
    newest = newest_date(rows)
    return f"数据截至：{_long_day(newest)}" if newest is not None else "数据截至：尚无定稿数据"


def _choices(filters: LedgerFilter) -> str:
    words = [f"{label}“{value}”" for label, value in filters.chosen_words()]
    return f"筛选：{'，'.join(words)}　" if words else ""


def _long_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rows(rows: Sequence[LedgerRow], measures: Mapping[int, Measures]) -> Iterable[Row]:
    for group in grouped(rows):
        heading = " / ".join(filter(None, (group.area, group.theme)))
        yield Group(f"{heading}（{len(group.rows)}项）")
        for row in group.rows:
            yield _row(row, measures[row.task.pk])


def _row(row: LedgerRow, measures: Measures) -> list[Value | Cell]:
    frozen = row.frozen
    mark = LIGHTS[row.light]
    return [
        row.task.number,
        area_heading(row),
        theme_heading(row),
        full_width(row.task.text),
        _names(row.leads),
        _names(row.supports),
        "、".join(post.title for post in row.posts),
        measures.target,
        measures.planned,
        measures.actual,
        Cell(frozen.gap if frozen is not None else None, POINTS),
        Cell(mark.label, tone=mark.style),
        frozen.digest if frozen is not None else "",
        frozen.problems if frozen is not None else "",
        frozen.next_digest if frozen is not None else "",
        Cell(row.data_as_of, DATE),
        "；".join(_remarks(row)),
    ]


def _names(printed: Sequence[str]) -> str:
    return full_width("、".join(printed))


def _remarks(row: LedgerRow) -> Iterable[str]:
    if row.task.plan.is_sample:
        yield SAMPLE
    yield from row.marks
    if row.is_planned_by_time and row.frozen is not None and row.frozen.percent is not None:
        yield "本期计划按时间折算"
    if row.has_moved_primary and row.primary is not None:
        yield f"现汇总牵头单位：{full_width(row.primary.name)}"
    if row.frozen is None:
        return
    if row.frozen.override_reason:
        yield f"状态由督查室认定：{row.frozen.override_reason}"
    if row.light in NEEDS_REASON and row.frozen.unit_reason:
        yield f"原因：{row.frozen.unit_reason}"
