"""What will be sent of one item, to whom and when, as things stand; and what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from progress.models import Reminder
from progress.reminding import ladder
from progress.reminding.case import Case
from progress.reminding.open.cases import cases_of
from progress.reminding.recipients import people_for, recipients_on
from tasks.models import Task
from units.calendar import workdays
from units.models import User


@dataclass(frozen=True)
class Coming:
    """One rung that is still to come. Nobody stands in `people` when the role is vacant."""

    day: date
    text: str
    people: Sequence[User]


def coming_of(task: Task, today: date) -> list[Coming]:
    """The rungs after today of everything open in the item, in order of days.

    Filing cancels them; what is only asked of units as a whole (签收, 办理方案) is not an item's.
    """
    overrides, recipients = workdays.overrides(), recipients_on(today)
    found = [
        Coming(due.day, case.says(due.day), people_for(case, due.rung.tells, recipients))
        for case in _cases(task, today)
        for due in ladder.rungs_of(case.opens_on, case.base, case.ladder, overrides)
        if due.day > today and set(due.rung.tells) & case.roles
    ]
    return sorted(found, key=lambda each: each.day)


def told_of(task: Task, today: date) -> list[Reminder]:
    """The ledger's rows on the item's filings and on what is open in it, newest first."""
    subjects = {case.subject for case in _cases(task, today)}
    rows = Reminder.objects.filter(report__responsibility__task=task)
    rows |= Reminder.objects.filter(subject__in=subjects)
    return list(rows.distinct().select_related("recipient", "unit"))


def _cases(task: Task, today: date) -> list[Case]:
    overrides = workdays.overrides()
    cases = cases_of(task.plan, today, overrides)
    return [case for case in cases if case.task is not None and case.task.pk == task.pk]
