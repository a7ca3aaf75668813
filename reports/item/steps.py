"""节点 of an item: what is done, what is late, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tasks.models import Milestone


@dataclass(frozen=True)
class Step:
    """One milestone; `css` is done, now (the next one, or late) or fut."""

    milestone: Milestone
    css: str
    word: str
    is_late: bool


def steps_of(milestones: Iterable[Milestone], today: date) -> list[Step]:
    """In their order. A date passed without completion is 节点逾期, the first one open is next."""
    steps: list[Step] = []
    for milestone in milestones:
        if milestone.done_on is not None:
            words = f"{milestone.done_on.month}月{milestone.done_on.day}日完成"
            steps.append(Step(milestone, "done", words, is_late=False))
        elif milestone.due_on < today:
            days = (today - milestone.due_on).days
            steps.append(Step(milestone, "now", f"逾期{days}天", is_late=True))
        elif any(step.word == "下一节点" for step in steps):
            steps.append(Step(milestone, "fut", "未到期", is_late=False))
        else:
            steps.append(Step(milestone, "now", "下一节点", is_late=False))
    return steps
