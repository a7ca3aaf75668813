"""Kinds of what a unit must do, and how urgent a day is. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

# kind → the word of its chip, in the order of the chips
REPORT, MATTER, ORDER, SUPPORT = "report", "matter", "order", "support"
CHECK, MILESTONE, MEND, NAMING = "check", "milestone", "mend", "naming"
ACTION_PLAN, RECEIPT, CLOSURE = "action_plan", "receipt", "closure"
WORDS = {
    REPORT: "报送",
    MATTER: "交办",
    ORDER: "督办",
    SUPPORT: "征询",
    CHECK: "核对",
    MILESTONE: "节点",
    MEND: "整改",
    NAMING: "明确",
    ACTION_PLAN: "方案",
    RECEIPT: "签收",
    CLOSURE: "办结",
}

# groups by urgency, in order
LATE, SOON, NOW, LATER = "late", "soon", "now", "later"
GROUPS = (LATE, SOON, NOW, LATER)

MILESTONE_AHEAD = timedelta(days=14)  # a step this near is something to do
CLOSURE_AHEAD = timedelta(days=31)  # whoever has all done claims it before the deadline
ACTION_PLAN_DAYS = 15  # working days from the beginning of the year
RECEIPT_DAYS = 5  # likewise, from the day of the assignment


class Item(NamedTuple):
    """Of what stands in `Task`, what a row shows."""

    pk: int
    kind: str
    number: int
    short_title: str


def group_of(due_on: date | None, today: date, window: date | None) -> str:
    """已逾期, 今天和明天, 本填报期 (until its last day `window`), 以后. Without a day: 以后."""
    if due_on is None:
        return LATER
    if due_on < today:
        return LATE
    if due_on <= today + timedelta(days=1):
        return SOON
    return NOW if window is not None and due_on <= window else LATER
