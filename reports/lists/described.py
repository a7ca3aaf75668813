"""The lists that leave as Excel: one description for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from progress.adjustments import page as adjustments
from progress.matters import filters as matters
from progress.matters.permissions import can_handle, can_read_matters, unit_name_of
from progress.models import UnitRole
from progress.urging.listed import COLUMNS as UNREPORTED
from progress.urging.listed import together, unreported_asked
from progress.visits import page as visits
from reports.excel.book import Column
from reports.excel.cells import DATE, Cell, Value
from tasks.models import Plan
from units.actors import Actor
from units.face.marks import label_of
from units.http import Request
from units.lists.tool import Column as Sorted
from units.lists.tool import ListTool
from units.permissions import ALLOWED, Verdict


class Found(NamedTuple):
    """The rows under the conditions of the address, with those in words."""

    rows: Sequence[Any]
    words: str


class Listed(NamedTuple):
    """One list: who may read it, its rows, what a row is called and says. `sorted_by`: the columns
    of the page, which sort the workbook likewise.
    """

    title: str
    noun: str
    may_read: Callable[[Actor], Verdict]
    found: Callable[[Request, Plan], Found]
    sorted_by: Sequence[Sorted]
    key: Callable[[Any], int]
    columns: Sequence[Column]
    cells: Callable[[Any], Sequence[Value | Cell]]

    def rows(self, request: Request, plan: Plan) -> Found:
        """In the order of the page."""
        found = self.found(request, plan)
        tool = ListTool[Any](request.GET, self.sorted_by)
        return Found(tool.ordered(found.rows), found.words)


def _anybody(actor: Actor) -> Verdict:
    return ALLOWED


def _day(value: date | None) -> Cell | None:
    return Cell(value, DATE) if value is not None else None


def _unreported(request: Request, plan: Plan) -> Found:
    _, found = unreported_asked(request, plan)
    return Found(together(found.rows), found.in_words)


def _unreported_cells(row: Any) -> Sequence[Value | Cell]:
    report, last = row.line.report, row.of.last
    return (
        row.of.unit.name,
        report.task.code,
        report.task.short_title,
        f"{row.line.chip.label if row.line.chip else ''}{report.period.label}",
        _day(report.due_on),
        label_of(row.line.state),
        row.line.urged,
        "；".join(row.of.contacts),
        last.urged_at if last is not None else None,
        f"{last.get_channel_display()} {last.reached} {last.answer}".strip() if last else "",
    )


def _asked(chosen: Any, rows: Sequence[Any]) -> Found:
    form = chosen.form
    said = {
        form.fields[name].label: value
        for name, value in (form.cleaned_data if form.is_valid() else {}).items()
        if value not in (None, "")
    }
    choices = {form.fields[name].label: form.fields[name] for name in form.fields}
    words = [
        f"{label}：{dict(getattr(choices[label], 'choices', ())).get(value, value)}"
        for label, value in said.items()
    ]
    return Found(rows, "；".join(words))


def _matter_cells(pair: Any) -> Sequence[Value | Cell]:
    row, late = pair
    co = [each.unit_name for each in row.units.all() if _helps(each)]
    return (
        row.code,
        row.get_source_display(),
        row.title,
        row.text,
        row.decided_by,
        _day(row.decided_on),
        unit_name_of(row),
        "、".join(co),
        _day(row.answer_due_on),
        f"{row.get_state_display()}{'，逾期' if late else ''}",
    )


def _helps(each: Any) -> bool:
    return bool(each.role == UnitRole.CO and each.is_open_ended)


def _order_cells(pair: Any) -> Sequence[Value | Cell]:
    row, late = pair
    return (
        row.code,
        row.title,
        row.task.code if row.task else row.instruction.code,
        row.unit_name,
        _day(row.answer_due_on),
        f"{row.get_state_display()}{'，逾期' if late else ''}",
    )


def _adjustments(request: Request, plan: Plan) -> Found:
    found = adjustments.narrowed(request, plan)
    words = adjustments.asked_in_words(found.rows)
    return Found([(each, words[each.pk]) for each in found.rows], found.in_words)


def _adjustment_cells(pair: Any) -> Sequence[Value | Cell]:
    row, words = pair
    return (
        row.get_state_display(),
        row.task.code,
        row.task.short_title,
        row.get_kind_display(),
        "；".join(words),
        row.requested_by_name,
        row.requested_at,
        row.approval.decided_by if row.approval else "",
        _day(row.approval.decided_on) if row.approval else None,
        row.approval.authority if row.approval else row.answer,
    )


def _visits(request: Request, plan: Plan) -> Found:
    found = visits.narrowed(request, plan)
    return Found(found.rows, found.in_words)


def _visit_cells(row: Any) -> Sequence[Value | Cell]:
    figure = row.indicator is not None and row.figure is not None
    return (
        visits.heading_of(row),
        row.task.code,
        row.task.short_title,
        "随机抽取" if row.was_drawn else "选定",
        _day(row.visited_on),
        row.get_kind_display(),
        row.people,
        row.get_finding_display(),
        f"{row.part_of or ''}{row.indicator.name}" if figure else "",
        row.figure if figure else None,
        _day(row.mend_by),
        _day(row.mended_on),
    )


def _of_pair(columns: Sequence[Sorted]) -> list[Sorted]:
    """Columns of adjustments, whose rows stand beside their words here."""
    return [each._replace(by=_first(each)) if each.by else each for each in columns]


def _first(column: Sorted) -> Callable[[Any], Any]:
    return lambda pair: column.by(pair[0]) if column.by else None


MIDDLE = "center"
CODE, ITEM = Column("编号", 18), Column("事项", 34)
LISTS: dict[str, Listed] = {
    "unreported": Listed(
        "未报清单",
        "份",
        can_handle,
        _unreported,
        UNREPORTED,
        lambda row: int(row.line.report.pk),
        (
            Column("单位", 18),
            CODE,
            ITEM,
            Column("填报期", 10, MIDDLE),
            Column("截止", 14, MIDDLE),
            Column("状态", 12, MIDDLE),
            Column("已催办（次）", 12, MIDDLE),
            Column("联系电话", 30),
            Column("最近联系", 18, MIDDLE),
            Column("联系情况", 30),
        ),
        _unreported_cells,
    ),
    "matters": Listed(
        "交办事项",
        "件",
        can_read_matters,
        lambda request, plan: _asked(*matters.matters_asked(request, plan)),
        matters.COLUMNS,
        lambda pair: int(pair[0].pk),
        (
            CODE,
            Column("来源", 12),
            ITEM,
            Column("原文", 40),
            Column("交办人或会议", 16),
            Column("交办日期", 14, MIDDLE),
            Column("承办单位", 18),
            Column("协办单位", 24),
            Column("办理期限", 14, MIDDLE),
            Column("状态", 14, MIDDLE),
        ),
        _matter_cells,
    ),
    "orders": Listed(
        "督办单",
        "件",
        can_read_matters,
        lambda request, plan: _asked(*matters.orders_asked(request, plan)),
        matters.ORDER_COLUMNS,
        lambda pair: int(pair[0].pk),
        (
            CODE,
            Column("督办事项", 40),
            Column("对应事项", 18),
            Column("承办单位", 18),
            Column("反馈期限", 14, MIDDLE),
            Column("状态", 14, MIDDLE),
        ),
        _order_cells,
    ),
    "adjustments": Listed(
        "调整",
        "项",
        _anybody,
        _adjustments,
        _of_pair(adjustments.COLUMNS),
        lambda pair: int(pair[0].pk),
        (
            Column("状态", 12, MIDDLE),
            CODE,
            ITEM,
            Column("类别", 10, MIDDLE),
            Column("内容", 36),
            Column("申请人", 20),
            Column("申请时间", 18, MIDDLE),
            Column("批准", 18),
            Column("批准日期", 14, MIDDLE),
            Column("依据或答复", 30),
        ),
        _adjustment_cells,
    ),
    "visits": Listed(
        "核查",
        "项",
        _anybody,
        _visits,
        visits.COLUMNS,
        lambda row: int(row.pk),
        (
            Column("状态", 18, MIDDLE),
            CODE,
            ITEM,
            Column("来源", 10, MIDDLE),
            Column("核查日期", 14, MIDDLE),
            Column("方式", 10, MIDDLE),
            Column("核查人员", 20),
            Column("结论", 12, MIDDLE),
            Column("指标", 24),
            Column("核查数", 12, MIDDLE),
            Column("整改期限", 14, MIDDLE),
            Column("完成整改", 14, MIDDLE),
        ),
        _visit_cells,
    ),
}
