"""The machine's reminders: from what is open to rows of the ledger.

`plan_reminders` may run any number of times and on any later day: a row is unique by subject, rung
and recipient, a missed day is caught up, and of several rungs caught up at once only the newest is
sent, the older ones are kept as skipped with the reason. What is no longer open is cancelled.
Sending is `progress.reminding.messages` and `progress.reminding.outbox`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain

from django.db import transaction

from huangshi_tasks.lib.workdays import Overrides, is_workday
from progress.models import Reminder, ReminderState
from progress.reminding import ladder
from progress.reminding.case import Case, Opened, key_of
from progress.reminding.ladder import DueRung
from progress.reminding.open.cases import open_cases
from progress.reminding.recipients import Recipients, people_for, recipients_on
from units.calendar import workdays
from units.errors import ends_the_run
from units.job_runs import one_by_one
from units.models import User

REPLACED = "已由之后的提醒代替"
ANSWERED = "已办理，不再提醒"


def plan_reminders(*, now: datetime) -> int:
    """Add the rows that are due by now and not in the ledger yet; returns how many.

    Cancels what was answered meanwhile. Nothing is due on a day that is not worked.
    """
    today, overrides = now.date(), workdays.overrides()
    opened = open_cases(today, overrides)
    cancel_answered(opened)
    if not is_workday(today, overrides):
        return 0
    recipients = recipients_on(today)
    rows = one_by_one(opened.cases, lambda case: _rows_of(case, recipients, today, overrides))
    return _add(list(chain.from_iterable(rows)))


def cancel_answered(opened: Opened) -> int:
    """Filing cancels what is still to come. Notices that go at once are no ladder and stay."""
    unsent = Reminder.objects.filter(state=ReminderState.DUE, is_immediate=False)
    answered = [
        pk
        for pk, subject, rung in unsent.values_list("pk", "subject", "rung")
        if not opened.has(key_of(subject, rung))
    ]
    left = Reminder.objects.filter(pk__in=answered, state=ReminderState.DUE)
    return left.update(state=ReminderState.CANCELLED, reason=ANSWERED)


def _rows_of(
    case: Case, recipients: Recipients, today: date, overrides: Overrides
) -> list[Reminder]:
    rungs = ladder.rungs_of(case.opens_on, case.base, case.ladder, overrides)
    rows = [
        _row(case, due, person, today)
        for due in ladder.reached(rungs, today)
        for person in people_for(case, due.rung.tells, recipients)
    ]
    return _only_newest(rows)


def _row(case: Case, due: DueRung, person: User, today: date) -> Reminder:
    return Reminder(
        subject=case.subject,
        rung=case.rung_name(due.rung.name),
        recipient=person,
        unit=case.unit,
        report=case.report,
        due_on=due.day,
        urgency=due.rung.urgency + case.weight,
        text=case.says(today),
        link=case.link,
    )


def _only_newest(rows: Iterable[Reminder]) -> list[Reminder]:
    """Per person, one reminder of a case at a time: older rungs caught up are skipped."""
    by_person: dict[int, list[Reminder]] = defaultdict(list)
    for row in rows:
        by_person[row.recipient_id].append(row)
    for theirs in by_person.values():
        for older in theirs[:-1]:
            older.state, older.reason = ReminderState.SKIPPED, REPLACED
    return [row for theirs in by_person.values() for row in theirs]


def _add(rows: Sequence[Reminder]) -> int:
    """Write what the ledger does not hold yet. Two runs at once: the constraint decides."""
    held = set(
        Reminder.objects.filter(subject__in={row.subject for row in rows}).values_list(
            "subject", "rung", "recipient_id"
        )
    )
    new = [row for row in rows if (row.subject, row.rung, row.recipient_id) not in held]
    try:
        with transaction.atomic():
            Reminder.objects.write(new, once=True)
    except Exception as error:  # some row of it cannot be written: each for itself
        if ends_the_run(error):
            raise
        return len(one_by_one(new, _write))
    return len(new)


@transaction.atomic
def _write(row: Reminder) -> None:
    Reminder.objects.write([row], once=True)
