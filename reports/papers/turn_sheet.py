"""年度衔接对照表: the items of both years side by side, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from huangshi_tasks.lib import text
from progress.turn.pairs import Turn
from reports.excel.book import A3_ACROSS, Column, Sheet
from tasks.models import Responsibility, Task

NOTHING = "尚未答复"


def turn_sheet(turn: Turn, today: date) -> Sheet:
    """Every item of the year before with what continues it, then those that are new."""
    old, new = turn.earlier.year, turn.plan.year
    columns = (
        Column("序号", 6, "center"),
        *(Column(f"{old}年{name}", width) for name, width in _SIDE),
        Column("全年结果", 12, "center"),
        Column("对应", 12, "center"),
        *(Column(f"{new}年{name}", width) for name, width in _SIDE),
    )
    rows = list(_rows(turn))
    return Sheet(
        name="年度衔接对照表",
        title=f"{old}年和{new}年事项对照表",
        facts=(f"已确认{len(turn.confirmed)}对", f"导出日期：{text.long_day(today)}"),
        columns=columns,
        rows=[[place, *row] for place, row in enumerate(rows, start=1)],
        fixed=2,
        paper=A3_ACROSS,
        empty="没有事项。",
    )


_SIDE = (("编号", 14), ("任务内容", 46), ("汇总牵头单位", 16))


def _rows(turn: Turn) -> Iterator[list[str]]:
    continued = {pair.before.task.pk: pair for pair in turn.confirmed}
    said = {each.row.task.pk: each.answer.get_kind_display() for each in turn.alone}
    leads = _leads(turn)
    before = [*(pair.before for pair in turn.confirmed), *(each.row for each in turn.alone)]
    before += [row.row for row in turn.open]
    for row in sorted(before, key=lambda each: (each.task.kind, each.task.number)):
        pair = continued.get(row.task.pk)
        answer = pair.word if pair is not None else said.get(row.task.pk, NOTHING)
        after = _side(pair.task, leads) if pair is not None else ["", "", ""]
        yield [*_side(row.task, leads), row.label or "未认定", answer, *after]
    for task in turn.plan.tasks.filter(carried_from=None).order_by("kind", "number"):
        yield ["", "", "", "", "新增", *_side(task, leads)]


def _side(task: Task, leads: Mapping[int, str]) -> list[str]:
    return [task.code, text.full_width(task.words), text.full_width(leads.get(task.pk, ""))]


def _leads(turn: Turn) -> dict[int, str]:
    """汇总牵头 of each item, the last that it had."""
    held = Responsibility.objects.filter(task__plan__in=[turn.earlier, turn.plan], is_primary=True)
    named = held.order_by("starts_on", "pk").values_list("task_id", "unit__name")
    return dict(named)
