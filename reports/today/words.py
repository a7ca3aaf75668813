"""The rows behind a word of the second bar: what waits at each function, and its next date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from huangshi_tasks.lib import text
from progress.models import Period
from reports.frame.office_words import Function, Word
from reports.office.counts import ready_to_finalize
from tasks.models import Plan
from tasks.naming.desk import OPEN, counted_states
from units.face.named import ALL_PLANS, NOW

UNITS = {
    "unreported": "份",
    "namings": "处",
    "receipts": "个单位",
    "matters": "件",
    "orders": "件",
    "coordination": "件",
    "to_finalize": "期",
    "missing_calendar": "年",
}


class FunctionRow(NamedTuple):
    """One function; `waits` in words, empty where nothing waits."""

    label: str
    url: str
    about: str
    waits: str
    is_late: bool
    next: str
    name: str  # of what waits, and what it is counted over (`units.face.named`)
    scope: str


def shown(
    word: Word,
    plan: Plan,
    periods: Sequence[Period],
    counts: Mapping[str, int],
    today: date,
) -> list[FunctionRow]:
    """Of one word, in its order. At most one query, for 单位明确."""
    known = dict(counts) | {"to_finalize": ready_to_finalize(plan, today)}
    if any(each.count == "namings" for each in word.functions):
        known["namings"] = counted_states(plan, today)[OPEN]
    opened = [each for each in periods if each.is_open(today)]
    return [_row(each, plan, known, opened, today) for each in word.functions]


def _row(
    each: Function,
    plan: Plan,
    counts: Mapping[str, int],
    opened: Sequence[Period],
    today: date,
) -> FunctionRow:
    number = counts.get(each.count, 0)
    late = counts.get(f"{each.count}_overdue", 0)
    waits = f"{number}{UNITS.get(each.count, '项')}" if number else ""
    about = f"逾期{late}{UNITS.get(each.count, '项')}" if late else _next(each, opened, today)
    url = each.url(plan, counts)
    name = f"office-{each.count}".replace("_", "-")
    scope = f"{ALL_PLANS if each.count == 'unreported' else plan.slug}@{NOW}"
    return FunctionRow(each.label, url, str(each.about), waits, bool(late), about, name, scope)


def _next(each: Function, opened: Sequence[Period], today: date) -> str:
    """7月8月5日24时截止; 7月8月12日起可以定稿."""
    if each.view == "progress:unreported":
        due = min((period.due_on for period in opened if period.due_on >= today), default=None)
        return f"{text.day(due)}24时截止" if due else ""
    if each.view == "progress:periods" and opened:
        first = min(opened, key=lambda period: period.closes_on)
        if first.closes_on <= today:
            return f"{first.label}可以定稿"
        return f"{first.label}{text.day(first.closes_on)}起可以定稿"
    return ""
