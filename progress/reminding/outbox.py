"""Carries messages over their channels: claim first, send outside the transaction, then mark.

A claim has a lease. A run that dies leaves claimed deliveries, taken up again when the lease ends,
under the same reference; a server that is away costs a delay, no message. Whatever goes wrong with
one delivery costs that one an attempt and the others nothing. What is refused for good, or was not
taken for a whole day, is given up visibly. docs/reliability.md says what that promises.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F, Q, QuerySet

from progress.channels.base import Channel, Letter, Line, NotTakenError, RejectedError
from progress.channels.configured import LABELS, configured
from progress.models import (
    OPEN_DELIVERIES,
    Delivery,
    DeliveryState,
    Message,
    ReminderState,
)
from progress.reminding.case import Opened, key_of
from progress.reminding.messages import IN_APP
from progress.reminding.planning import ANSWERED
from units.errors import ends_the_run
from units.models import User
from units.stamps.small import once_a_request

logger = logging.getLogger(__name__)

LEASE_MINUTES = 5
RETRY_MINUTES = (1, 2, 5, 10, 30)  # then every hour
HOUR = 60
MOST_ATTEMPTS = 28  # about a day
AHEAD = timedelta(minutes=10)  # a stamp further ahead comes from a clock that was set back since
DATABASE_PAUSES = (0, 1, 2, 4, 8, 15)  # seconds, in which a database comes back


@dataclass(frozen=True)
class Turn:
    """What became of the deliveries of one run."""

    taken: int = 0
    waiting: int = 0  # not taken now, tried again later
    given_up: int = 0

    @property
    def none_was_taken(self) -> bool:
        """Whether there was something to hand over and nothing of it was taken."""
        return not self.taken and bool(self.waiting or self.given_up)


def deliver(
    *, at: datetime, ladder_too: bool, opened: Opened | None = None, most: int = 10_000
) -> Turn:
    """Send what waits. Safe to run twice at once.

    `at` is the real moment. `ladder_too` is False outside office hours: then only what goes at
    once is sent. `opened` is what is still open: lines of a digest that were answered meanwhile do
    not leave.
    """
    channels = {channel.key: channel for channel in configured()}
    still_open = opened or Opened()
    waiting = _waiting(at, ladder_too=ladder_too).values_list("pk", flat=True)[:most]
    try:
        with once_a_request():  # the names that messages are signed with
            became = Counter(_deliver(pk, channels, still_open, at) for pk in list(waiting))
    finally:
        for channel in channels.values():
            channel.close()
    return Turn(
        taken=became[DeliveryState.SENT],
        waiting=became[DeliveryState.WAITING],
        given_up=became[DeliveryState.GIVEN_UP],
    )


def has_waiting_digests(at: datetime) -> bool:
    """Whether a digest waits, for which the open cases must be known."""
    return _waiting(at, ladder_too=True).filter(message__is_immediate=False).exists()


def minutes(count: float) -> timedelta:
    """Minutes of leases and retries; fault tests let them pass faster (`OUTBOX_MINUTE`)."""
    return timedelta(seconds=count * settings.OUTBOX_MINUTE)


def _waiting(at: datetime, *, ladder_too: bool) -> QuerySet[Delivery]:
    abandoned = Q(claimed_at__lt=at - minutes(LEASE_MINUTES)) | Q(claimed_at__gt=at + AHEAD)
    due = Q(next_at__lte=at) | Q(next_at__gt=at + minutes(HOUR) + AHEAD)
    rows = Delivery.objects.filter(
        Q(state=DeliveryState.WAITING) & due | Q(state=DeliveryState.CLAIMED) & abandoned
    )
    rows = rows if ladder_too else rows.filter(message__is_immediate=True)
    return rows.order_by("-message__is_immediate", "next_at", "pk")


def _deliver(
    pk: int, channels: dict[str, Channel], still_open: Opened, at: datetime
) -> DeliveryState | None:
    """What became of it; None where another run has it."""
    if not _claim(pk, at):
        return None
    delivery = Delivery.objects.select_related("message__recipient").get(pk=pk)
    channel = channels.get(delivery.channel)
    try:
        lines = _lines(delivery.message, still_open)
        if not lines:
            return _end(delivery, DeliveryState.CANCELLED, ANSWERED, at)
        if channel is None:
            return _end(delivery, DeliveryState.GIVEN_UP, "该渠道已停用", at)
        if delivery.attempts > MOST_ATTEMPTS:  # every run that took it died before it said why
            return _end(delivery, DeliveryState.GIVEN_UP, "多次发送没有结果", at)
        result = channel.send(_letter(delivery, lines))
    except RejectedError as refusal:
        return _end(delivery, DeliveryState.GIVEN_UP, str(refusal), at)
    except NotTakenError as trouble:
        return _again(delivery, str(trouble), at)
    except Exception as trouble:  # whatever it is: the next one is sent all the same
        if ends_the_run(trouble):
            raise
        logger.exception("%s could not be sent", delivery.reference)
        if channel is not None:
            channel.close()
        return _again(delivery, f"发送时出错：{type(trouble).__name__}", at)
    return _end_whatever_happens(delivery, result, at)


def _end_whatever_happens(delivery: Delivery, result: str, at: datetime) -> DeliveryState | None:
    """It has left: a database that is just restarting must not make it leave again."""
    for pause in DATABASE_PAUSES:
        try:
            return _end(delivery, DeliveryState.SENT, result, at)
        except OperationalError:
            logger.warning("%s left, the database does not answer", delivery.reference)
            connection.close()
            sleep(pause)
    return _end(delivery, DeliveryState.SENT, result, at)


def _claim(pk: int, at: datetime) -> bool:
    """Take one delivery, so that no other run sends it too. One statement: it is atomic."""
    free = _waiting(at, ladder_too=True).order_by().filter(pk=pk)
    return bool(free.update(state=DeliveryState.CLAIMED, claimed_at=at, attempts=F("attempts") + 1))


def _lines(message: Message, still_open: Opened) -> list[Line]:
    """What is still to be told: lines answered or cancelled since do not leave any more."""
    if message.recipient is None:
        return [Line(message.text)]
    rows = message.reminders.filter(state=ReminderState.CLAIMED)
    return [
        Line(row.text, f"{settings.SITE_URL}{row.link}" if row.link else "")
        for row in rows.order_by("-urgency", "due_on", "pk")
        if message.is_immediate or still_open.has(key_of(row.subject, row.rung))
    ]


def _letter(delivery: Delivery, lines: Sequence[Line]) -> Letter:
    person: User | None = delivery.message.recipient
    return Letter(delivery.reference, delivery.address, str(person or ""), lines)


def _again(delivery: Delivery, reason: str, at: datetime) -> DeliveryState | None:
    logger.warning("%s was not taken: %s", delivery.reference, reason)
    if delivery.attempts >= MOST_ATTEMPTS:
        return _end(delivery, DeliveryState.GIVEN_UP, reason, at)
    place = delivery.attempts - 1
    wait = RETRY_MINUTES[place] if place < len(RETRY_MINUTES) else HOUR
    _claimed(delivery).update(
        state=DeliveryState.WAITING, next_at=at + minutes(wait), result=_storable(reason)
    )
    return DeliveryState.WAITING


@transaction.atomic
def _end(
    delivery: Delivery, state: DeliveryState, result: str, at: datetime
) -> DeliveryState | None:
    """Mark it, if it is still ours, and the lines of the message once no channel is open."""
    if not _claimed(delivery).update(state=state, ended_at=at, result=_storable(result)):
        return None
    _settle(delivery.message, at)
    return state


def _storable(text: str) -> str:
    """What the other side said, as PostgreSQL can hold it: no NUL, no half of a character."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return clean[:200]


def _claimed(delivery: Delivery) -> QuerySet[Delivery]:
    """The row as long as it is this run's: another may have taken it when the lease ended."""
    return Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.CLAIMED, attempts=delivery.attempts
    )


def _settle(message: Message, at: datetime) -> None:
    ended = list(message.deliveries.all())
    if any(each.state in OPEN_DELIVERIES for each in ended):
        return
    taken = [LABELS[each.channel] for each in ended if each.state == DeliveryState.SENT]
    failed = [each for each in ended if each.state == DeliveryState.GIVEN_UP]
    told = "、".join([IN_APP, *taken])
    lost = "；".join(f"{LABELS[each.channel]}未送达：{each.result}" for each in failed)
    rows = message.reminders.filter(state=ReminderState.CLAIMED)
    rows.update(
        state=ReminderState.SENT,
        sent_at=F("claimed_at"),
        delivery="；".join(filter(None, (told, lost)))[:120],
    )
