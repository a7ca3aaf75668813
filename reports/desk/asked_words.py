"""待办 beside filings, in words: what each asks, why, and the one button that leads on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from huangshi_tasks.lib import text
from progress.models import InstructionSource, InstructionState, OrderState
from progress.models.visits import VisitState
from progress.todo import kinds
from progress.todo.asked import Asked
from progress.todo.list import Row
from tasks.models import ActionPlanState, Plan, TaskKind
from units.actors import Actor

LONGEST = 120  # characters of what is asked
FOLDED = (kinds.ACTION_PLAN, kinds.NAMING, kinds.CLOSURE)
MOST_ROWS = 3  # of one kind and state; more are one row that names them
ICONS = {
    kinds.MATTER: "clipboard-text",
    kinds.ORDER: "gavel",
    kinds.SUPPORT: "users",
    kinds.CHECK: "message-check",
    kinds.MILESTONE: "flag",
    kinds.MEND: "tool",
    kinds.NAMING: "user-check",
    kinds.ACTION_PLAN: "checklist",
    kinds.RECEIPT: "mail-opened",
    kinds.CLOSURE: "rubber-stamp",
}
# both kinds spell alike what they have in common; `OrderState.SENT` is of orders only
ANSWER = {str(InstructionState.REGISTERED): "签收", str(InstructionState.RETURNED): "重新答复"}
PASSED_ON = (InstructionState.ANSWERED, InstructionState.SIGNING)
PLAN_VERBS = {"": "去填写", ActionPlanState.DRAFT: "继续填写", ActionPlanState.RETURNED: "修改重报"}


class Said(NamedTuple):
    """A row in words. `label` stands before the title where there is no item; `verb` is empty where
    this person only looks.
    """

    word: str
    title: str
    why: str
    verb: str
    url: str
    label: str = ""


def kind_word(row: Row) -> str:
    """批示, 会议议定, 督办单, 节点…"""
    if row.kind == kinds.MATTER:
        return str(InstructionSource(row.one.source).label)
    return "督办单" if row.kind == kinds.ORDER else kinds.WORDS[row.kind]


def say(
    row: Row, plan: Plan, actor: Actor, open_report: Callable[[int | None], str], item_url: str
) -> Said:
    """`open_report`: the address of the filing of an item that this person may fill now, if any;
    `item_url`: of the item's page.
    """
    return _SAYS[row.kind](Saying(row, plan, actor, open_report, item_url))


class Saying(NamedTuple):
    """What the sentences of a row are made of."""

    row: Row
    plan: Plan
    actor: Actor
    open_report: Callable[[int | None], str]
    item_url: str

    @property
    def asked(self) -> Asked:
        return self.row.one

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.plan.slug, *args])

    def said(self, why: str, verb: str, url: str, title: str = "", label: str = "") -> Said:
        title = title or self.asked.item_title or self.asked.title
        short = why if len(why) <= LONGEST else f"{why[: LONGEST - 1]}…"
        return Said(kind_word(self.row), title, short, verb, url, label)


def _matter(it: Saying) -> Said:
    state = InstructionState(it.asked.state)
    source = InstructionSource(it.asked.source).label
    return it.said(
        str(state.label),
        _answer(it),
        it.url("progress:matter", it.asked.pk),
        label=f"{source}〔{it.plan.year}〕{it.asked.number}号",
    )


def _order(it: Saying) -> Said:
    return it.said(
        str(OrderState(it.asked.state).label),
        _answer(it),
        it.url("progress:order", it.asked.pk),
        label=f"督办〔{it.plan.year}〕{it.asked.number}号",
    )


def _answer(it: Saying) -> str:
    if it.row.is_to_sign:
        return "审签"
    return "" if it.asked.state in PASSED_ON else ANSWER.get(it.asked.state, "办理答复")


def _support(it: Saying) -> Said:
    why = f"{it.asked.source}请配合单位答复：{it.asked.note}"
    return it.said(why, "答复", it.url("progress:support_requests"))


def _check(it: Saying) -> Said:
    named = _named(it.row.asked)
    count = len(it.row.asked)
    return it.said(
        f"{it.asked.source}通报印发前，请核对表述和数字；逾期视为无异议",
        "核对",
        it.url("reports:bulletin_check", it.asked.holder),
        title=f"拟列入本单位{count}条" + (f"：{named}" if named else ""),
        label="督查通报",
    )


def _milestone(it: Saying) -> Said:
    due = text.day(it.asked.due_on) if it.asked.due_on is not None else ""
    is_over = it.row.group == kinds.LATE
    words = f"办理方案所列节点，{'应于' if is_over else ''}{due}{'' if is_over else '前'}完成"
    if url := it.open_report(it.asked.item_id):
        return it.said(f"{words}；填写完成日期或说明原因", "填节点", url, title=it.asked.title)
    why = f"{words}；随下一次填报报告完成日期，完不成的请申请调整"
    return it.said(why, "", it.item_url, title=it.asked.title)


def _mend(it: Saying) -> Said:
    url = it.url("progress:visit", it.asked.pk)
    visited = f"{text.day(it.asked.since)}核查发现：" if it.asked.since is not None else ""
    if it.asked.state == VisitState.MENDED:
        return it.said("已报整改，待督查室复核", "", url)
    return it.said(f"{visited}{it.asked.note}；整改后报督查室", "去整改", url)


def _naming(it: Saying) -> Said:
    why = f"拟作为“{it.asked.title}”的配合单位，请确认或提出意见"
    return it.said(why, "去确认", it.url("progress:duties"), title=it.asked.item_title)


def _action_plan(it: Saying) -> Said:
    url = it.url("tasks:action_plan", it.asked.pk)
    state = it.asked.state
    if state == ActionPlanState.SIGNING:
        return it.said("办理方案待审签", "审签" if it.row.is_to_sign else "", url)
    if state == ActionPlanState.REVIEWING:
        return it.said("办理方案待督查室审核", "", url)
    why = "已退回，请修改后重报" if state == ActionPlanState.RETURNED else NO_PLAN
    return it.said(f"办理方案{why}", "" if it.actor.is_signer else PLAN_VERBS[state], url)


NO_PLAN = "待报；未报的，计划进度按时间折算"


def _receipt(it: Saying) -> Said:
    why = "请核对责任领导、科室、责任人和电话后签收，有不同意见的当场提出"
    count = len(it.row.asked)
    return it.said(
        why, "签收", it.url("progress:duties"), title=f"{it.plan.year}年责任{count}项待签收"
    )


def _closure(it: Saying) -> Said:
    if it.asked.state:
        return it.said("办结申请待督查室核查", "", it.url("progress:closure", it.asked.pk))
    why = "完成率已达100%，尚未申请办结"
    url = it.url("progress:claim", TaskKind(it.asked.item_kind), it.asked.item_number)
    return it.said(why, "申请办结", url)


_SAYS: Mapping[str, Callable[[Saying], Said]] = {
    kinds.MATTER: _matter,
    kinds.ORDER: _order,
    kinds.SUPPORT: _support,
    kinds.CHECK: _check,
    kinds.MILESTONE: _milestone,
    kinds.MEND: _mend,
    kinds.NAMING: _naming,
    kinds.ACTION_PLAN: _action_plan,
    kinds.RECEIPT: _receipt,
    kinds.CLOSURE: _closure,
}


def _named(asked: Sequence[Asked]) -> str:
    """重点49、50、53，实事3: the items of several rows."""
    words = {TaskKind.KEY_TASK: "重点", TaskKind.PRACTICAL_PROJECT: "实事"}
    found: dict[str, list[int]] = {}
    for each in asked:
        if each.item_kind in words:
            found.setdefault(words[TaskKind(each.item_kind)], []).append(each.item_number)
    numbers = ((word, "、".join(map(str, sorted(those)))) for word, those in found.items())
    return "，".join(f"{word}{those}" for word, those in numbers)


def folded_title(word: str, rows: Sequence[Row]) -> str:
    """办理方案待报4项：重点49、50、53、66."""
    return f"{word}{len(rows)}项：{_named([row.one for row in rows])}"


FOLDED_WORDS = {
    kinds.ACTION_PLAN: "办理方案待报",
    kinds.NAMING: "待确认",
    kinds.CLOSURE: "待申请办结",
}


def days_left(due_on: date | None, today: date) -> str:
    """还剩2天, 今天截止, 逾期1天."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days == 0:
        return "今天截止"
    return f"逾期{-days}天" if days < 0 else f"还剩{days}天"
