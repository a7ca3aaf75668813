"""A notice that goes at once: the only writer of such rows in the ledger of messages.

It is written in the transaction of what it tells, so that nothing is lost between the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
    notice = Notice(people, subject, rung, text, link, report)
    tell_all([notice], now=now, urgency=urgency, once=once)


@dataclass(frozen=True)
class Notice:
    """What `tell` takes; several that go at one moment are one statement."""

    people: People
    subject: str
    rung: str
    text: str
    link: str
    report: ProgressReport | None = None


def tell_all(notices: Iterable[Notice], *, now: datetime, urgency: int, once: bool = False) -> None:
    """`tell` for each of them."""
    rows = [
        Reminder(
            subject=notice.subject,
            rung=notice.rung,
            recipient=person,
            unit=unit,
            report=notice.report,
            due_on=now.date(),
            urgency=urgency,
            is_immediate=True,
            text=notice.text,
            link=notice.link,
        )
        for notice in notices
        for person, unit in notice.people.items()
    ]
    Reminder.objects.write(rows, once=once)
