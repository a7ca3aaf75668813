"""From rows of the ledger to messages: one digest per person and day, a message for each notice.

Making a message is one transaction of the database: the rows are told at the bell from then on,
and what must leave by mail or short message waits in `Delivery`, so that no fault of a channel can
lose or repeat a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from progress.channels.base import Channel
from progress.channels.configured import group, personal
from progress.models import (
    OPEN_DELIVERIES,
    Delivery,
    Message,
    Period,
    PeriodState,
    Reminder,
    ReminderState,
)
from progress.periods.owed import owed
from progress.reminding import ladder
from progress.reminding.ladders import ladders_of
from progress.reminding.open.filings import UNFILED
from tasks.models import PlanState
from units.calendar import workdays
from units.job_runs import one_by_one
from units.models import User

IN_APP = "站内消息"
GROUP_FROM, GROUP_TO = -2, 2  # a group hears of the working days around the deadline


def make_digests(*, now: datetime, at: datetime, by_channels: bool = True) -> int:
    """The ladder's rows that are due, into one digest per person; returns how many rows."""
    due = Reminder.objects.filter(is_immediate=False)
    return _make(due, now, at, personal() if by_channels else [])


def make_notices(*, now: datetime, at: datetime, by_channels: bool = True) -> int:
    """What goes at once, each by itself; returns how many rows."""
    due = Reminder.objects.filter(is_immediate=True)
    return _make(due, now, at, personal() if by_channels else [])


def _make(rows: QuerySet[Reminder], now: datetime, at: datetime, channels: list[Channel]) -> int:
    """`at` is the real moment, from which the channels' clocks run."""
    due = rows.filter(state=ReminderState.DUE, due_on__lte=now.date())
    ids = due.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()
    people = User.objects.in_bulk(ids)
    return sum(one_by_one(people.values(), lambda person: _tell(person, due, now, at, channels)))


@transaction.atomic
def _tell(
    person: User, due: QuerySet[Reminder], now: datetime, at: datetime, channels: list[Channel]
) -> int:
    locked = due.filter(recipient=person).select_for_update(of=("self",))
    rows = list(locked.order_by("-urgency", "due_on", "pk"))
    for row in rows:
        message = _message_for(row, now, at, channels)
        is_under_way = message.deliveries.filter(state__in=OPEN_DELIVERIES).exists()
        row.message, row.claimed_at = message, now
        row.state = ReminderState.CLAIMED if is_under_way else ReminderState.SENT
        if not is_under_way:
            row.sent_at, row.delivery = now, IN_APP
    Reminder.objects.bulk_update(rows, ["message", "claimed_at", "state", "sent_at", "delivery"])
    return len(rows)


def _message_for(row: Reminder, now: datetime, at: datetime, channels: list[Channel]) -> Message:
    """The digest of the day, or the row's own. A later line of the day joins a digest that has not
    left yet; after it has left, the line is told at the bell only: one a day.
    """
    day = now.date()
    key = f"notice:{row.pk}" if row.is_immediate else f"digest:{row.recipient_id}:{day}"
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "recipient": row.recipient,
            "is_immediate": row.is_immediate,
            "made_at": now,
        },
    )
    if is_new:
        addressed = ((channel, channel.address_of(row.recipient)) for channel in channels)
        _deliver_by([(channel, to) for channel, to in addressed if to], message, at)
    return message


def make_group_messages(*, now: datetime, at: datetime) -> int:
    """Around each deadline, one count for the groups of liaisons; returns how many were made."""
    channels = group()
    if not channels:
        return 0
    periods = Period.objects.filter(plan__state=PlanState.ACTIVE, state=PeriodState.COLLECTING)
    opened = list(periods.opened(now.date()).select_related("plan"))
    return sum(one_by_one(opened, lambda period: _tell_group(period, channels, now, at)))


@transaction.atomic
def _tell_group(period: Period, channels: Sequence[Channel], now: datetime, at: datetime) -> int:
    rung = _group_rung(period, now.date())
    if rung is None:
        return 0
    unfiled = list(owed(period).filter(state__in=UNFILED, first_left_at=None))
    key = f"group:{period.pk}:{rung}"
    if not unfiled or Message.objects.filter(key=key).exists():
        return 0
    units = {report.responsibility.unit_id for report in unfiled}
    due = ladder.LABELS[ladder.FILING]
    text = (
        f"{period.plan.year}年{period.label}{due}{period.due_on:%m月%d日}24时截止，"
        f"尚有{len(units)}个单位{len(unfiled)}份进展未报送。请登录系统查看。"
    )
    message, is_new = Message.objects.get_or_create(
        key=key, defaults={"text": text, "made_at": now, "is_immediate": False}
    )
    if is_new:
        _deliver_by([(channel, "") for channel in channels], message, at)
    return int(is_new)


def _group_rung(period: Period, today: date) -> str | None:
    """The newest rung of the filing ladder reached around the deadline; None before and after."""
    overrides = workdays.overrides()
    rungs = ladder.rungs_of(
        period.opens_on, period.due_on, ladders_of(period.plan, today)[ladder.FILING], overrides
    )
    near = [
        due.rung
        for due in ladder.reached(rungs, today)
        if due.rung.offset is not None and GROUP_FROM <= due.rung.offset <= GROUP_TO
    ]
    return near[-1].name if near else None


def _deliver_by(addressed: Sequence[tuple[Channel, str]], message: Message, at: datetime) -> None:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    name = message.key.replace(":", "-")
    Delivery.objects.bulk_create(
        Delivery(
            message=message,
            channel=channel.key,
            address=to,
            reference=f"<{name}-{channel.key}@{host}>",
            next_at=at,
        )
        for channel, to in addressed
    )
