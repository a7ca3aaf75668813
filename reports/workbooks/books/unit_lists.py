"""单位任务清单: a page for each unit, with every item that it answers for and as what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huangshi_tasks.lib.text import full_width
from progress.board.shown import Holder
from reports.excel.book import A4_ACROSS, Column, Group, Sheet, sheet_names
from reports.excel.cells import DATE, POINTS, Cell, Value
from reports.ledger.rows import LedgerRow
from reports.stats.units import UnitItems, by_unit
from reports.workbooks.asked import Asked
from reports.workbooks.cover import Check, cover
from reports.workbooks.described import (
    Workbook,
    light_cell,
    numbered,
    primary_of,
    without_reason,
)
from units.stamps.shown import FINALIZED

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("编号", 13),
    Column("任务内容", 44, stays=True),
    Column("承担责任", 10, "center", stays=True),
    Column("汇总牵头单位", 13),
    Column("报送\n频次", 7, "center"),
    Column("完成时限", 15, "center"),
    Column("状态", 10, "center"),
    Column("序时差\n（百分点）", 10, "center"),
    Column("责任领导", 10),
    Column("责任科室、责任人", 16),
    Column("备注", 16),
)
CONTACTS = frozenset({9, 10})  # for the units on an item and the office (design.md section 4)
PRIMARY = "汇总牵头"


def build(asked: Asked) -> Sequence[Sheet]:
    units = by_unit(asked.rows, asked.unit_id)
    names = sheet_names(full_width(each.unit.name) for each in units)
    sheets = [_page(asked, each, name) for each, name in zip(units, names, strict=True)]
    if not sheets:
        sheets = [asked.sheet("单位任务清单", COLUMNS, [], paper=A4_ACROSS)]
    return [_cover(asked, units, sheets), *sheets]


def _cover(asked: Asked, units: Sequence[UnitItems], sheets: Sequence[Sheet]) -> Sheet:
    counted = [f"COUNT({sheet.column_range('序号')})" for sheet in sheets]
    total = Check(
        f"{len(units)}个单位承担责任合计（项次）",
        sum(len(each.items) for each in units),
        f"={'+'.join(counted)}",
    )
    checks: list[Check | Group] = [total, Group("各单位承担事项")]
    for each, formula in zip(units, counted, strict=False):
        label = f"{full_width(each.unit.name)}（牵头、责任{each.leads}，配合{each.supports}）"
        checks.append(Check(label, len(each.items), f"={formula}"))
    return cover(asked, "单位任务清单", checks)


def _page(asked: Asked, each: UnitItems, name: str) -> Sheet:
    sheet = asked.sheet(
        "单位任务清单",
        COLUMNS,
        numbered(_row(row, held, asked.with_telephones) for row, held in each.items),
        paper=A4_ACROSS,
        count=f"共{len(each.items)}项",
        fixed=3,
    )
    facts = (f"单位：{full_width(each.unit.name)}", *sheet.facts[1:])
    named = replace(sheet, name=name, facts=facts)
    return asked.chosen(named, without=CONTACTS if asked.actor.is_reader else ())


def _row(row: LedgerRow, held: Holder, with_telephone: bool) -> list[Value | Cell]:
    telephone = held.telephone if with_telephone else ""
    return [
        row.task.code,
        full_width(row.task.text),
        PRIMARY if held.is_primary else held.role_label,
        primary_of(row),
        row.task.get_cycle_display(),
        Cell(row.due_on, DATE),
        light_cell(row.light),
        Cell(row.frozen.gap if row.frozen is not None else None, POINTS),
        held.leader_name,
        " ".join(filter(None, (held.section, held.contact_name, telephone))),
        without_reason(row),
    ]


WORKBOOK = Workbook(
    slug="units",
    title="单位任务清单",
    about="每个单位一张表：承担的事项、责任类别、时限和状态。",
    columns=COLUMNS,
    build=build,
    has_telephones=True,
    topics=(FINALIZED,),
)
