"""The rows of the panels as plain values, each with its words and where it leads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.urls import reverse

from huangshi_tasks.lib import text
from huangshi_tasks.lib.clock import SHANGHAI
from progress.models import (
    AdjustmentKind,
    ClosureState,
    InstructionSource,
    InstructionState,
    OrderState,
    ReportState,
)
from progress.periods.owed import Reliefs
from reports.models import LineKind
from reports.stats.filing_lines import FilingLine
from reports.today import asked
from reports.today.asked import Asked, Due
from tasks.models import Plan, TaskKind
from tasks.plan_names import Chip
from units.face.addresses import addresses

UNRECEIVED_AFTER = timedelta(days=2)
ADDRESSES = {
    asked.MATTER: "progress:matter",
    asked.ORDER: "progress:order",
    asked.MENDING: "progress:visit",
    asked.CHECK: "reports:bulletin",
    asked.ADJUSTMENT: "progress:adjustment",
    asked.CLOSURE: "progress:closure",
    asked.PLAN: "tasks:action_plan",
    asked.OBJECTION: "reports:bulletin",
    asked.STANDING: "reports:standing",
}


class Row(NamedTuple):
    """One line of a panel: what kind, the item or the number of a matter, of which unit, and how
    it stands. `tone`: late, today or nothing.
    """

    word: str
    kind: str
    number: int
    code: str
    title: str
    about: str
    unit: str
    when: str
    tone: str
    url: str
    chip: Chip | None


class Links:
    """Addresses of rows of several plans, and the chip of each."""

    def __init__(self, plans: Iterable[Plan], chips: Mapping[int, Chip]) -> None:
        self._plans = {plan.pk: plan for plan in plans}
        self._chips = chips
        self._known: dict[tuple[int, str], Callable[[object], str]] = {}

    def to(self, plan_id: int, name: str, *args: object) -> str:
        """The page `name` of a plan, with a number at its end."""
        *before, last = args
        key = (plan_id, f"{name}{before}")
        if key not in self._known:
            self._known[key] = addresses(name, self._plans[plan_id].slug, *before)
        return self._known[key](last)

    def page(self, plan_id: int, name: str) -> str:
        """The page `name` of a plan."""
        return reverse(name, args=[self._plans[plan_id].slug])

    def item(self, plan_id: int, kind: str, number: int) -> str:
        """The page of an item."""
        name = "reports:project" if kind == TaskKind.PRACTICAL_PROJECT else "reports:item"
        return self.to(plan_id, name, number)

    def chip(self, plan_id: int) -> Chip | None:
        return self._chips.get(plan_id)

    def year(self, plan_id: int) -> int:
        return self._plans[plan_id].year


def due_lines(
    rows: Iterable[Due], lines: Iterable[FilingLine], reliefs: Reliefs, links: Links, today: date
) -> list[Row]:
    """今日到期和逾期: late first, then today, then what nobody received for two days."""
    relieved = reliefs.on(today)
    found = [
        (row.due_on, _of_due(row, links, today))
        for row in rows
        if row.task_id not in relieved and _is_told(row, today)
    ]
    found += [
        (day, _of_returned(line, day, links, today))
        for line in lines
        if line.state == ReportState.RETURNED
        and (day := line.report.return_due_on) is not None
        and day <= today
    ]
    return [row for _, row in sorted(found, key=lambda each: each[0])]


def _is_told(row: Due, today: date) -> bool:
    if row.due_on <= today:
        return True
    waits = row.state in (InstructionState.REGISTERED, OrderState.SENT)
    return waits and row.since <= today - UNRECEIVED_AFTER


def _of_due(row: Due, links: Links, today: date) -> Row:
    when, tone = _when(row.due_on, row.since, today)
    code = ""
    if row.kind in (asked.MATTER, asked.ORDER):
        code = f"〔{links.year(row.plan_id)}〕{row.number}号" if row.number else ""
    url = (
        links.item(row.plan_id, row.task_kind, row.number)
        if row.kind == asked.STEP
        else links.to(row.plan_id, ADDRESSES[row.kind], row.pk)
    )
    is_item = bool(row.task_id)
    return Row(
        _due_word(row),
        row.task_kind if is_item else "",
        row.number if is_item else 0,
        code,
        row.title,
        "",
        row.unit,
        when,
        tone,
        url,
        links.chip(row.plan_id),
    )


def _due_word(row: Due) -> str:
    if row.kind == asked.MATTER:
        return str(InstructionSource(row.word).label)
    return {
        asked.STEP: "节点",
        asked.ORDER: "督办单",
        asked.MENDING: "核查整改",
        asked.CHECK: "通报核对",
    }[row.kind]


def _when(due_on: date, since: date, today: date) -> tuple[str, str]:
    if due_on > today:
        return f"未签收{(today - since).days}天", ""
    days = (today - due_on).days
    return (f"逾期{days}天", "late") if days else ("今天到期", "today")


def _of_returned(line: FilingLine, day: date, links: Links, today: date) -> Row:
    report, plan_id = line.report, line.report.period.plan_id
    when, tone = _when(day, day, today)
    return Row(
        "退回重报",
        report.task.kind,
        report.task.number,
        "",
        report.task.short_title,
        report.period.label,
        report.unit.name,
        when,
        tone,
        links.to(plan_id, "progress:report", report.pk),
        links.chip(plan_id),
    )


def review_lines(lines: Iterable[FilingLine], links: Links) -> list[Row]:
    """待审核, the longest waiting first, each leading to the desk of the reviewer."""
    waiting = sorted((line for line in lines if line.wait), key=lambda line: -line.age)
    return [
        Row(
            "",
            line.report.task.kind,
            line.report.task.number,
            "",
            line.report.task.short_title,
            "",
            line.report.unit.name,
            f"已{line.age}个工作日" if line.age else "今天报来",
            "late" if line.wait == "old" else "",
            links.to(line.report.period.plan_id, "progress:review_report", line.report.pk),
            links.chip(line.report.period.plan_id),
        )
        for line in waiting
    ]


def asked_lines(rows: Iterable[Asked], links: Links) -> list[Row]:
    """待批, the oldest first."""
    found = sorted(rows, key=lambda row: (row.asked_at is None, row.asked_at))
    return [_of_asked(row, links) for row in found]


def _of_asked(row: Asked, links: Links) -> Row:
    word, about = _asked_words(row)
    when = _day(row.asked_at)
    if row.kind == asked.PROBLEM:
        url = links.page(row.plan_id, "progress:coordination")
    else:
        pk = row.task_id if row.kind == asked.PLAN else row.pk  # a plan is named by its item
        url = links.to(row.plan_id, ADDRESSES[row.kind], pk)
    return Row(
        word,
        row.task_kind,
        row.number,
        "",
        row.title,
        about,
        row.unit,
        f"{when}{WHEN[row.kind]}" if when else "",
        "",
        url,
        links.chip(row.plan_id),
    )


WHEN = {
    asked.ADJUSTMENT: "申请",
    asked.CLOSURE: "申请",
    asked.PLAN: "报来",
    asked.PROBLEM: "提出",
    asked.OBJECTION: "答复",
    asked.STANDING: "拟定",
}


def _asked_words(row: Asked) -> tuple[str, str]:
    """What kind of decision, and in half a line what is asked."""
    if row.kind == asked.ADJUSTMENT:
        detail = json.loads(row.detail or "{}")
        if detail.get("objection"):
            return "单位异议", ""
        kind = AdjustmentKind(row.word)
        due_on = detail.get("due_on")
        about = f"延至{_iso_day(due_on)}" if kind == AdjustmentKind.EXTENSION and due_on else ""
        return str(kind.label), about
    if row.kind == asked.CLOSURE:
        return "办结", "待核查" if row.word == ClosureState.CLAIMED else "待登记批准"
    if row.kind == asked.PLAN:
        return "办理方案", ""
    if row.kind == asked.PROBLEM:
        return "需协调", row.detail
    if row.kind == asked.OBJECTION:
        title = "" if row.title else str(LineKind(row.word).label)
        return "通报异议", f"{title}{row.detail}"
    return "单位推进情况", "待批准"


def _iso_day(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.year}年{text.day(day)}"


def _day(moment: datetime | None) -> str:
    return text.day(moment.astimezone(SHANGHAI).date()) if moment else ""
