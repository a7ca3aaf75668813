"""The five words of the second bar of the office, and where each of its functions stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from tasks.models import Plan
from units.city.words import said_later


@dataclass(frozen=True)
class Function:
    """One page of the office: `count` names what waits there, `behind` the address of those rows,
    `parts` the pages below it, `of_no_plan` that its address names no plan.
    """

    view: str
    label: str
    about: str
    count: str = ""
    behind: str = ""
    parts: tuple[str, ...] = ()
    of_no_plan: bool = False
    kind: str = ""  # a part of the address behind the plan's

    def url(self, plan: Plan, counts: Mapping[str, int] | None = None) -> str:
        """Its page; where something waits, at what waits."""
        args = () if self.of_no_plan else (plan.slug, *filter(None, (self.kind,)))
        waits = counts is not None and counts.get(self.count)
        return f"{_url(self.view, *args)}{self.behind if waits else ''}"


@dataclass(frozen=True)
class Word:
    """`slug` stands in the address of its page; `waits` are the counts of its badge, `late` those
    that make it red.
    """

    slug: str
    label: str
    about: str
    functions: tuple[Function, ...]
    waits: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    def url(self, plan: Plan) -> str:
        """The page that says what is behind it."""
        return _url("reports:office_word", plan.slug, self.slug)


WORDS: tuple[Word, ...] = (
    Word(
        "filing",
        "报送",
        "每期进展从开始报送到定稿",
        (
            Function(
                "progress:unreported",
                "未报清单",
                "按单位打电话并登记，打印电话单，催办",
                "unreported",
                parts=("progress:urge", "progress:urge_note"),
            ),
            Function("progress:urges", "催办登记", "已催办的时间、方式、对方和答复"),
            Function(
                "reports:filings", "报送明细", "每一份应报的进展，按单位、填报期、状态、按时筛选"
            ),
            Function(
                "progress:periods",
                "定稿",
                "填报期的截止、定稿和各期数据",
                "to_finalize",
                "?waiting=1",
                parts=("progress:period",),
            ),
            Function(
                "reports:reminders", "提醒台账", "系统已发和未发的每一条提醒", of_no_plan=True
            ),
            Function("reports:figures", "报送统计", "按时报送、各单位报送情况、填报提示"),
        ),
        ("unreported",),
        ("unreported_overdue",),
    ),
    Word(
        "matters",
        "交办督办",
        "批示、议定事项、督查发现和督办单",
        (
            Function(
                "progress:matters",
                "交办事项",
                "批示、议定事项和督查发现",
                "matters",
                "?standing=open",
                parts=(
                    "progress:matter_new",
                    "progress:matter",
                    "progress:matter_do",
                    "progress:matter_request",
                ),
            ),
            Function(
                "progress:meetings",
                "调度会",
                "按风险排议程，会后一并交办",
                parts=("progress:meeting", "progress:meeting_item", "progress:meeting_send"),
            ),
            Function(
                "progress:orders",
                "督办单",
                "拟发、签发和反馈",
                "orders",
                "?standing=open",
                parts=(
                    "progress:order_new",
                    "progress:order",
                    "progress:order_edit",
                    "progress:order_do",
                ),
            ),
            Function(
                "progress:coordination",
                "需协调",
                said_later("单位提请市政府协调的问题"),
                "coordination",
                "?waiting=1",
            ),
        ),
        ("matters", "orders", "coordination"),
        ("matters_overdue", "orders_overdue"),
    ),
    Word(
        "decisions",
        "调整办结",
        "延期、目标、责任和中止，办结销号，核查，年终结果",
        (
            Function(
                "progress:adjustments",
                "调整",
                "延期、目标、责任和中止",
                "adjustments",
                "?waiting=1",
                parts=("progress:adjustment", "progress:adjustment_new"),
            ),
            Function(
                "progress:closures",
                "办结销号",
                "核查后登记批准",
                "closures",
                "?waiting=1",
                parts=("progress:closure",),
            ),
            Function(
                "progress:visits",
                "核查",
                "抽取、登记结果和整改",
                "visits",
                "?waiting=1",
                parts=("progress:visit", "progress:visit_drawn"),
            ),
            Function("progress:outcomes", "年终结果", "逐项认定和结转"),
        ),
        ("adjustments", "closures"),
    ),
    Word(
        "duties",
        "责任",
        "谁承担，怎么办，由谁督查",
        (
            Function("tasks:receipts", "签收情况", "各单位是否签收责任", "receipts", "#late"),
            Function(
                "tasks:action_plans", "办理方案", "计划值和节点的审核", "plans", "?state=reviewing"
            ),
            Function(
                "tasks:namings",
                "单位明确",
                "“相关”和成员单位的责任",
                "namings",
                "?state=open",
                parts=("tasks:naming",),
            ),
            Function(
                "tasks:changes",
                "计划调整",
                "增补事项、频次和知悉范围",
                parts=("tasks:change", "tasks:item_new"),
            ),
            Function("tasks:officers", "责任督查员", "谁督查哪些单位"),
            Function(
                "progress:handovers",
                "联络员交接",
                "换人时移交在办事项",
                parts=("progress:handover",),
                of_no_plan=True,
            ),
            Function("progress:sheet", "Excel导入联系信息", "先试填后写入", kind="contacts"),
        ),
        ("receipts", "plans"),
    ),
    Word(
        "settings",
        "设置",
        "一年用几次的安排和文件",
        (
            Function(
                "tasks:plans",
                "年度责任分解",
                "导入通知，原件和草稿",
                parts=(
                    "tasks:draft_new",
                    "tasks:draft",
                    "tasks:draft_columns",
                    "tasks:draft_discard",
                    "tasks:draft_source",
                ),
                of_no_plan=True,
            ),
            Function("progress:turn", "年度衔接", "延续上年的事项，沿用已填内容"),
            Function("reports:plan_state", "年度状态", "归档，主系列和专项"),
            Function("progress:ladders", "提醒规则", "何时提醒何人", parts=("progress:ladder",)),
            Function(
                "units:calendar",
                "工作日安排",
                "节假日和调休",
                "missing_calendar",
                parts=("progress:due_days",),
                of_no_plan=True,
            ),
            Function("units:tokens", "接口令牌", "其他系统读取数据", of_no_plan=True),
            Function("progress:channels", "消息渠道", "短信、邮件等是否可用", of_no_plan=True),
            Function("progress:sheet", "Excel导入上年底数", "先试填后写入", kind="baselines"),
            Function("reports:exports", "导出任务", "后台生成的文件和归档包"),
        ),
        ("missing_calendar",),
    ),
)
BY_SLUG = {word.slug: word for word in WORDS}


def place_of(view: str, kind: str = "") -> tuple[Word, Function] | None:
    """Where a page stands: its word and its function."""
    for word in WORDS:
        for each in word.functions:
            if view in (each.view, *each.parts) and each.kind in ("", kind):
                return word, each
    return None


@lru_cache(maxsize=512)  # the same thirty addresses on every visit
def _url(name: str, *args: str) -> str:
    return reverse(name, args=args)
