"""The sheets of the 填报表: one row per report, per number, per milestone, per announced step.

Keys of input columns are the ends of form keys (`progress.filing.drafts`): a row's prefix and the
key of the column make the key of the field. The fields here only tell Excel what to expect; what
comes back is cleaned by `DraftForm`, as on the page.
"""

from __future__ import annotations

from progress.contents.promises import DONE, OPEN, STATES
from progress.filing.form import TEXT_LENGTH
from progress.lights.facts import PROPOSABLE
from progress.states import Light
from units.city.words import said_later
from units.sheets.columns import (
    CROSSES,
    TICKS,
    Column,
    Table,
    choice_field,
    day_field,
    flag_column,
    text_field,
)

LIGHTS = {str(light): str(light.label) for light in PROPOSABLE}
STATE_WORDS = dict(STATES)
# What people write where it can mean one thing only.
LIGHTS_ALSO = {"正常": Light.ON_PACE.label, "完成": Light.DONE.label}
STATES_ALSO = {
    **dict.fromkeys(("完成", *TICKS), STATE_WORDS[DONE]),
    **dict.fromkeys(CROSSES, STATE_WORDS[OPEN]),
}
DAY_HINT = "填写日期，如2022-08-05、8月5日。"
ID = Column("id", "行标识", 4, is_hidden=True)
ITEM = (
    ID,
    Column("code", "编号", 16),
    Column("item", "事项", 22),
    Column("period", "填报期", 9),
)


def _text(key: str, title: str, length: int, width: float) -> Column:
    return Column(key, title, width, text_field(length), f"不超过{length}字。")


def _number(key: str, title: str, hint: str) -> Column:
    return Column(key, title, 13, text_field(40), hint, kind="number")


def _day(key: str, title: str) -> Column:
    return Column(key, title, 13, day_field(), DAY_HINT, kind="date")


FILL = (
    "只填黄色单元格；灰色单元格供对照，不能修改。不要增删列、改动表头、跨行粘贴。",
    "填好后在系统“Excel填报”页上传。上传只存为草稿，送审签和审签仍在系统页面上办理。",
)
TEXTS = Table(
    "进展文字",
    "进展文字",
    (
        *ITEM,
        Column("previous", "上期进展情况", 34),
        Column("previous_steps", "上期下一步工作安排", 26),
        _text("progress", "进展情况", TEXT_LENGTH, 44),
        _text("problems", "存在问题", TEXT_LENGTH, 28),
        _text("next_steps", "下一步工作安排", TEXT_LENGTH, 28),
        flag_column("no_progress", "本期无新进展"),
        _text("no_progress_reason", "无新进展的原因", 300, 18),
        Column(
            "proposed_light",
            "建议状态",
            12,
            choice_field(LIGHTS),
            f"没有完成率的事项填写，从下列各项中选择：{'、'.join(LIGHTS.values())}。",
            LIGHTS,
            LIGHTS_ALSO,
        ),
        _text("light_reason", "未达序时进度的原因", TEXT_LENGTH, 24),
        _text("coordination", said_later("需市政府协调解决的问题"), TEXT_LENGTH, 24),
        _text("coordination_lead", "建议牵头单位", 60, 14),
        _day("coordination_by", "希望解决时间"),
        _day("data_as_of", "数据截至"),
        flag_column("is_estimate", "含预计数"),
        _text("note", "给审核人的说明", 300, 18),
    ),
    FILL,
)
NUMBERS = Table(
    "数字",
    "数字",
    (
        *ITEM,
        Column("what", "指标", 26),
        Column("measure", "计量单位", 9),
        Column("target", "年度目标", 12),
        Column("planned", "本期计划", 12),
        Column("previous", "上期累计完成", 12),
        Column("previous_started", "上期累计开工", 12),
        _number("value", "累计完成", "填年初以来的累计数，只填数字，小数最多4位。"),
        _number("started", "累计开工", "同时统计开工数的指标填写，只填数字。"),
        _text("blank_reason", "未填原因", 200, 22),
        _text("source", "数据来源", 120, 18),
        flag_column("is_correction", "更正上期数据"),
    ),
    ("填年初以来的累计数，不填本期增量；没有数字的写明原因。", *FILL),
)
STEPS = Table(
    "节点",
    "节点",
    (
        *ITEM,
        Column("what", "节点", 40),
        Column("due_on", "计划完成日期", 14),
        _day("done_on", "完成日期"),
        _text("note", "说明", 200, 40),
    ),
    FILL,
)
ANSWERS = Table(
    "上期安排",
    "上期安排完成情况",
    (
        *ITEM,
        Column("what", "上期所报下一步工作", 60),
        Column(
            "state",
            "完成情况",
            12,
            choice_field(STATE_WORDS),
            "填“已完成”或“未完成”。",
            STATE_WORDS,
            STATES_ALSO,
        ),
        _text("note", "说明", 200, 44),
    ),
    ("未完成的，写原因和新的完成时间。", *FILL),
)
TABLES = (TEXTS, NUMBERS, STEPS, ANSWERS)
