"""The sheets of the 办理方案 workbook: planned values with county shares, and milestones."""

from __future__ import annotations

from django import forms

from tasks.action_plans.steps import HEAVIEST, TITLE_LENGTH
from units.face.number_field import NumberField
from units.sheets.columns import Column, Table, day_field, text_field
from units.sheets.known import ID

FIGURE = "累计计划值，只填数字，小数最多4位。"
MONTHS = {f"m{month}": month for month in range(2, 13)}


def _number(key: str, title: str, hint: str) -> Column:
    field = NumberField(may_be_negative=True)  # the form says what may not
    return Column(key, title, 11, field, hint, unit_in="measure", kind="number")


VALUES = Table(
    "计划值",
    "计划值和分县目标",
    (
        ID,
        Column("code", "编号", 17),
        Column("item", "事项", 22),
        Column("what", "指标", 24),
        Column("measure", "计量单位", 9),
        Column("target", "年度目标", 11),
        Column("whose", "范围", 16),
        _number("share", "分县目标", "该地方承担的目标，分县合计应等于年度目标。"),
        *(_number(key, f"{month}月底", FIGURE) for key, month in MONTHS.items()),
    ),
    ("填年初以来的累计计划值。只填黄色单元格，按事项的报送频次填写；不要增删列、改动表头。",),
)
STEPS = Table(
    "节点",
    "节点",
    (
        ID,
        Column("code", "编号", 17, text_field(30), "新增节点时填写，如 重点工作第1项。"),
        Column(
            "title", "节点内容", 60, forms.CharField(required=False), f"不超过{TITLE_LENGTH}字。"
        ),
        Column(
            "due_on",
            "计划完成日期",
            15,
            day_field(),
            "按“2022-08-05”的格式填写。",
            kind="date",
        ),
        Column(
            "weight",
            "权重",
            8,
            forms.CharField(required=False),
            f"1至{HEAVIEST}的整数，不填按1。",
            kind="number",
        ),
        Column("unit", "填报单位", 26, text_field(60), "承担此项的单位；不填为汇总牵头单位。"),
    ),
    ("新增的写在空行，填编号；不要的节点，清空内容和日期。",),
)
