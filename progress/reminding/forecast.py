"""What will be sent of one item, to whom and when, as things stand; and what was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.workdays import Overrides
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


@dataclass(frozen=True)
class Forecast:
    """`coming` in order of days, `told` the newest first."""

    coming: list[Coming]
    told: list[Reminder]


def forecast_of(task: Task, today: date) -> Forecast:
    """The rungs after today of everything open in the item, and the ledger's rows on its filings
    and on what is open. Filing cancels the rungs; what is only asked of units as a whole (签收,
    办理方案) is not an item's.
    """
    overrides = workdays.overrides()
    cases = list(cases_of(task, today, overrides))
    return Forecast(_coming(cases, today, overrides), _told(task, cases))


def _coming(cases: Iterable[Case], today: date, overrides: Overrides) -> list[Coming]:
    recipients = recipients_on(today)
    found = [
        Coming(due.day, case.says(due.day), people_for(case, due.rung.tells, recipients))
        for case in cases
        for due in ladder.rungs_of(case.opens_on, case.base, case.ladder, overrides)
        if due.day > today and set(due.rung.tells) & case.roles
    ]
    return sorted(found, key=lambda each: each.day)


def _told(task: Task, cases: Iterable[Case]) -> list[Reminder]:
    rows = Reminder.objects.filter(report__responsibility__task=task)
    rows |= Reminder.objects.filter(subject__in={case.subject for case in cases})
    return list(rows.distinct().select_related("recipient"))
