"""A notice that goes at once: the only writer of such rows in the ledger of messages.

It is written in the transaction of what it tells, so that nothing is lost between the two.
"""

from __future__ import annotations

from datetime import datetime

from progress.models import ProgressReport, Reminder
from progress.telling.people import People

# how urgent: somebody has to act; something was decided or asked for; all is well
TO_DO, DECIDED, DONE = 9, 5, 0


def tell(
    people: People,
    subject: str,
    rung: str,
    text: str,
    link: str,
    *,
    now: datetime,
    urgency: int,
    report: ProgressReport | None = None,
    once: bool = False,
) -> None:
    """One row at the bell for each of `people`, of the unit for which they are told.

    `subject` and `rung` name the telling. `once`: who was told it before is passed over; without
    it a second telling is an error (`IntegrityError`).
    """
    rows = [
        Reminder(
            subject=subject,
            rung=rung,
            recipient=person,
            unit=unit,
            report=report,
            due_on=now.date(),
            urgency=urgency,
            is_immediate=True,
            text=text,
            link=link,
        )
        for person, unit in people.items()
    ]
    Reminder.objects.write(rows, once=once)
