"""Sends what is in the ledger: claim first, send outside the transaction, then mark.

One digest of the ladder per person and day, the most urgent line first; what goes at once (退回,
通过) goes by itself. A row is shown at the bell from the moment it exists; mail comes on top where
the person has an address. A run that dies leaves claimed rows, taken up again when the lease ends,
under the same Message-ID; a mail server that is away costs a delay, no message.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string

from progress.models import Reminder, ReminderState
from progress.reminders import UNFILED
from units.models import User

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
IN_APP, BY_MAIL, FAILED = "站内消息", "站内消息、邮件", "邮件发送失败，将重试"
ANSWERED = "已报送"


def send_due(*, now: datetime, by_mail: bool = True) -> int:
    """Send every row that is due; returns how many rows were sent. Safe to run twice at once."""
    cancel_answered()
    return _send_all(_waiting(now), now, by_mail=by_mail)


def send_immediate(*, now: datetime) -> int:
    """Send only what goes at once, at any hour of any day."""
    return _send_all(_waiting(now).filter(is_immediate=True), now, by_mail=True)


def _send_all(waiting: QuerySet[Reminder], now: datetime, *, by_mail: bool) -> int:
    ids = waiting.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()
    people = User.objects.in_bulk(ids)
    return sum(_send_to(person, waiting, now, by_mail=by_mail) for person in people.values())


def cancel_answered() -> int:
    """Filing cancels what is still to come. Notices that go at once are no ladder and stay."""
    unsent = Reminder.objects.filter(state=ReminderState.DUE, is_immediate=False)
    left = unsent.filter(report__isnull=False).exclude(
        report__state__in=UNFILED, report__first_left_at=None
    )
    return left.update(state=ReminderState.CANCELLED, reason=ANSWERED)


def _waiting(now: datetime) -> QuerySet[Reminder]:
    abandoned = Q(state=ReminderState.CLAIMED, claimed_at__lt=now - LEASE)
    return Reminder.objects.filter(Q(state=ReminderState.DUE) | abandoned, due_on__lte=now.date())


def _send_to(person: User, waiting: QuerySet[Reminder], now: datetime, *, by_mail: bool) -> int:
    rows = _claim(waiting.filter(recipient=person), now)
    ladder = [row for row in rows if not row.is_immediate]
    messages = [[row] for row in rows if row.is_immediate]
    if ladder:
        messages.insert(0, ladder)
    return sum(_deliver(person, each, now, by_mail=by_mail) for each in messages)


@transaction.atomic
def _claim(waiting: QuerySet[Reminder], now: datetime) -> list[Reminder]:
    """Take one person's waiting rows, so that no other run sends them too."""
    locked = waiting.select_for_update(of=("self",))
    rows = list(locked.order_by("-urgency", "due_on", "pk"))
    for row in rows:
        row.state, row.claimed_at = ReminderState.CLAIMED, now
        row.message_id = row.message_id or _message_id(row, now)
    Reminder.objects.bulk_update(rows, ["state", "claimed_at", "message_id"])
    return rows


def _message_id(row: Reminder, now: datetime) -> str:
    """Fixed by what is sent: the digest of a person and day, or one notice."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    if row.is_immediate:
        return f"<notice-{row.pk}@{host}>"
    return f"<digest-{row.recipient_id}-{now:%Y%m%d}@{host}>"


def _deliver(person: User, rows: Sequence[Reminder], now: datetime, *, by_mail: bool) -> int:
    """Mail one message and mark its rows; returns how many rows were sent."""
    state, delivery = ReminderState.SENT, IN_APP
    if by_mail and person.email and not _was_mailed(rows[0]):
        try:
            _mail(person, rows)
            delivery = BY_MAIL
        except (SMTPException, OSError):
            logger.exception("The message %s was not taken", rows[0].message_id)
            state, delivery = ReminderState.DUE, FAILED
    sent = state == ReminderState.SENT
    Reminder.objects.filter(pk__in=[row.pk for row in rows], state=ReminderState.CLAIMED).update(
        state=state, delivery=delivery, sent_at=now if sent else None
    )
    return len(rows) if sent else 0


def _was_mailed(row: Reminder) -> bool:
    """Whether today's digest has gone already: one a day; the later line is shown at the bell."""
    same = Reminder.objects.filter(message_id=row.message_id, delivery=BY_MAIL)
    return same.exists()


def _mail(person: User, rows: Sequence[Reminder]) -> None:
    context = {"person": person, "rows": rows, "site_url": settings.SITE_URL}
    first = rows[0].text
    subject = first if len(rows) == 1 else f"{first}等{len(rows)}项"
    message = EmailMultiAlternatives(
        subject=subject.replace("\n", " "),
        body=render_to_string("mail/reminders.txt", context),
        to=[person.email],
        headers={"Message-ID": rows[0].message_id},
    )
    message.attach_alternative(render_to_string("mail/reminders.html", context), "text/html")
    message.send()
