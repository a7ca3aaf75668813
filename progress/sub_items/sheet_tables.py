"""The sheets of 子项: the list to fill, and the numbers and units that it may name."""

from __future__ import annotations

from tasks.models import SubItemStage
from units.face.number_field import NumberField
from units.sheets.columns import Column, Table, choice_field, day_field, text_field

STAGES = {str(stage): str(stage.label) for stage in SubItemStage}
STAGES_ALSO = dict.fromkeys(("完成", "已完成", "已完工"), STAGES[SubItemStage.DONE])
DAY = "按“2022-08-05”的格式填写。"
SEE = "照“可填指标”一页的写法填写。"
INVESTED = NumberField(unit="万元", decimals=2)
TABLE = Table(
    "子项",
    "子项",
    (
        Column(
            "code", "编号", 18, text_field(30, is_required=True, label="编号"), "见“可填指标”。"
        ),
        Column(
            "what", "指标", 30, text_field(80, is_required=True, label="指标"), "见“可填指标”。"
        ),
        Column("unit", "实施单位", 22, text_field(60, is_required=True, label="实施单位")),
        Column("name", "子项名称", 34, text_field(80, is_required=True, label="子项名称")),
        Column(
            "stage",
            "状态",
            10,
            choice_field(STAGES, is_required=True),
            "从下列各项中选择：前期、在建、完工。",
            STAGES,
            STAGES_ALSO,
        ),
        Column("started_on", "开工日期", 14, day_field(), DAY, kind="date"),
        Column("finished_on", "完工日期", 14, day_field(), DAY, kind="date"),
        Column("invested", "累计完成投资（万元）", 16, INVESTED, "以万元填写。", kind="number"),
        Column("note", "备注", 34, text_field(200), "不超过200字。"),
    ),
    (
        "按编号、指标、实施单位和子项名称识别：已有的修改，没有的新增。改名、停用在页面上办理。",
        "编号、指标和实施单位照“可填指标”一页的写法填写。",
    ),
)
CHOICES = Table(
    "可填指标",
    "可填指标",
    (
        Column("code", "编号", 18),
        Column("what", "指标", 34),
        Column("measure", "计量单位", 10),
        Column("units", "实施单位", 80),
    ),
    ("只供对照，不用填写。",),
)
