"""What the office does: the ordered links of the 督查室 page, with a count where one waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from tasks.models import Plan
from units.city.words import said_later


@dataclass(frozen=True)
class Link:
    """`count` is what waits there, None where nothing can wait; `about` says what is done there."""

    label: str
    url: str
    about: str
    count: int | None = None
    name: str = ""  # of the count, as `manage.py explain` has it
    of_all: bool = False  # over all plans that are worked on


# group → (address, label, what is done there, name of its count, its address behind the plan's)
GROUPS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "本期": (
        ("progress:periods", "定稿", "填报期的截止、定稿和各期数据", "to_finalize", "?waiting=1"),
        ("progress:unreported", "未报清单", "按单位打电话并登记", "unreported", ""),
        ("progress:urges", "催办登记", "已催办的时间、方式和答复", "", ""),
        ("reports:filings", "报送明细", "每一份应报的进展", "", ""),
    ),
    "决定": (
        ("progress:adjustments", "调整", "延期、目标、责任和中止", "adjustments", "?waiting=1"),
        ("progress:closures", "办结销号", "核查后登记批准", "closures", "?waiting=1"),
        ("progress:visits", "核查", "抽取、登记结果和整改", "visits", "?waiting=1"),
        ("progress:outcomes", "年终结果", "逐项认定和结转", "", ""),
        ("progress:matters", "交办事项", "批示、议定事项和督查发现", "matters", "?standing=open"),
        ("progress:meetings", "调度会", "按风险排议程，会后一并交办", "", ""),
        ("progress:orders", "督办单", "拟发、签发和反馈", "orders", "?standing=open"),
        (
            "progress:coordination",
            "需协调",
            said_later("单位提请市政府协调的问题"),
            "coordination",
            "?waiting=1",
        ),
    ),
    "台账": (
        ("tasks:receipts", "签收情况", "各单位是否签收责任", "receipts", "#late"),
        ("tasks:action_plans", "办理方案", "计划值和节点的审核", "plans", "?state=reviewing"),
        ("tasks:namings", "单位明确", "“相关”和成员单位的责任", "namings", "?state=open"),
        ("tasks:changes", "计划调整", "增补事项、频次和知悉范围", "", ""),
        ("tasks:officers", "责任督查员", "谁督查哪些单位", "", ""),
        ("reports:standings", "单位推进情况", "按组排名，批准后对外", "", ""),
        ("reports:reminders", "提醒台账", "已发和未发的每一条提醒", "", ""),
    ),
    "设置": (
        ("tasks:plans", "年度责任分解", "导入通知，原件和草稿", "", ""),
        ("progress:turn", "年度衔接", "延续上年的事项，沿用已填内容", "", ""),
        ("reports:plan_state", "年度状态", "归档，主系列和专项", "", ""),
        ("progress:ladders", "提醒规则", "何时提醒何人", "", ""),
        ("units:calendar", "工作日安排", "节假日和调休", "", ""),
        ("progress:channels", "消息渠道", "短信、邮件等是否可用", "", ""),
        ("progress:handovers", "联络员交接", "换人时移交在办事项", "", ""),
        ("reports:exports", "导出任务", "后台生成的文件和归档包", "", ""),
    ),
}
NAMES = {"namings": "office-naming-open"}
SHEETS = (("contacts", "联系信息"), ("baselines", "上年底数"))
OF_NO_PLAN = (
    "tasks:plans",
    "reports:reminders",
    "units:calendar",
    "progress:channels",
    "progress:handovers",
)


def office_links(plan: Plan, counts: Mapping[str, int]) -> list[tuple[str, list[Link]]]:
    """Group → its links, in the order of the page."""
    groups = [(title, [_link(plan, row, counts) for row in rows]) for title, rows in GROUPS.items()]
    return [*groups[:-1], (groups[-1][0], [*groups[-1][1], *_sheets(plan)])]


def _link(plan: Plan, row: tuple[str, str, str, str, str], counts: Mapping[str, int]) -> Link:
    name, label, about, count, behind = row
    url = _url(name) if name in OF_NO_PLAN else _url(name, plan.slug)
    waiting = counts.get(count)
    known = NAMES.get(count, f"office-{count.replace('_', '-')}")
    to = f"{url}{behind}" if waiting else url
    return Link(label, to, about, waiting, known, of_all=count == "unreported")


def _sheets(plan: Plan) -> list[Link]:
    return [
        Link(f"Excel导入{label}", _url("progress:sheet", plan.slug, kind), "先试填后写入")
        for kind, label in SHEETS
    ]


@lru_cache(maxsize=512)  # the same thirty addresses on every visit
def _url(name: str, *args: str) -> str:
    return reverse(name, args=args)
