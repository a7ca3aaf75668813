"""时间轴: milestones and deadlines of the year in the order of days, by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from progress.judging.loading import by_task
from progress.states import Light
from reports.item.steps import steps_of
from reports.ledger.rows import LedgerRow
from tasks.models import Milestone

DONE, LATE, COMING = "done", "late", "coming"
WORDS = {DONE: "已完成", LATE: "已逾期", COMING: "未到期"}


@dataclass(frozen=True)
class Date:
    """A milestone, or (`is_deadline`) the deadline of an item. `state` is one of `WORDS`."""

    day: date
    row: LedgerRow
    title: str
    state: str
    said: str
    is_deadline: bool = False


@dataclass(frozen=True)
class Month:
    """What falls into one month; its dates in order, deadlines behind milestones."""

    first: date
    dates: list[Date]

    def count(self, state: str) -> int:
        return sum(each.state == state for each in self.dates)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """State, its word and how many, where there are any; they add up to the month."""
        return [
            (state, word, self.count(state)) for state, word in WORDS.items() if self.count(state)
        ]


def timeline(rows: Sequence[LedgerRow], today: date) -> list[Month]:
    """Months with anything in them. The year's last day, which every item has, is left out."""
    steps = by_task(Milestone.objects.filter(task__in=[row.task.pk for row in rows]))
    dates = []
    for row in rows:
        dates += [*_milestones(row, steps[row.task.pk], today), *_deadline(row, today)]
    dates.sort(key=lambda each: (each.day, each.is_deadline, each.row.task.pk))
    months = groupby(dates, key=lambda each: each.day.replace(day=1))
    return [Month(first, list(those)) for first, those in months]


def _milestones(row: LedgerRow, milestones: Sequence[Milestone], today: date) -> list[Date]:
    found = []
    for step in steps_of(milestones, today):
        is_done = step.milestone.done_on is not None
        state = DONE if is_done else LATE if step.is_late else COMING
        found.append(Date(step.milestone.due_on, row, step.milestone.title, state, step.word))
    return found


def _deadline(row: LedgerRow, today: date) -> list[Date]:
    if row.due_on == date(row.task.plan.year, 12, 31):
        return []
    state = DONE if row.light == Light.DONE else LATE if row.due_on < today else COMING
    return [Date(row.due_on, row, "完成时限", state, WORDS[state], is_deadline=True)]
