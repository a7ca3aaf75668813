"""What the bell has told a person: one entry a digest, one for each notice, newest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from progress.models import Reminder
from progress.models.reminders import ReminderQuerySet
from units.models import User

UNREAD, DIGESTS, NOTICES = "unread", "digests", "notices"
FILTERS = {"": "全部", UNREAD: "未读", DIGESTS: "每日汇总", NOTICES: "即时通知"}
MOST = 3000  # lines of a person that are looked through: some years


@dataclass(frozen=True)
class Key:
    """An entry before its lines are read: the first of them names it."""

    first: int
    is_immediate: bool
    message: int | None
    day: date
    is_unread: bool


@dataclass(frozen=True)
class Entry:
    """One row of the page. `lines` of a digest; of a notice the one."""

    key: Key
    lines: Sequence[Reminder]

    @property
    def one(self) -> Reminder:
        return self.lines[0]

    @property
    def at(self) -> datetime | None:
        """When it was told; a line that is in no message yet has only its day."""
        message = self.one.message
        return message.made_at if message is not None else self.one.claimed_at

    @property
    def summary(self) -> str:
        """市住建局待办15项，其中已逾期1项, as the digest said."""
        message = self.one.message
        return message.text if message is not None and not self.key.is_immediate else ""

    @property
    def is_unread(self) -> bool:
        return self.key.is_unread


def keys_of(user: User, wanted: str) -> list[Key]:
    """The entries of a filter; one query."""
    found: dict[tuple[object, ...], Key] = {}
    rows = Reminder.objects.in_bell_of(user).order_by("-due_on", "-id")
    columns = ("pk", "is_immediate", "message_id", "due_on", "read_at")
    for pk, is_immediate, message, day, read_at in rows.values_list(*columns)[:MOST]:
        together = (pk,) if is_immediate else (message, day if message is None else None)
        known = found.get(together)
        if known is None:
            found[together] = Key(pk, is_immediate, message, day, read_at is None)
        elif read_at is None and not known.is_unread:
            found[together] = Key(known.first, is_immediate, message, known.day, is_unread=True)
    return [key for key in found.values() if _is_wanted(key, wanted)]


def _is_wanted(key: Key, wanted: str) -> bool:
    if wanted == UNREAD:
        return key.is_unread
    if wanted in (DIGESTS, NOTICES):
        return key.is_immediate == (wanted == NOTICES)
    return True


def entries_of(user: User, keys: Collection[Key]) -> list[Entry]:
    """With their lines; one query."""
    if not keys:
        return []
    shown = Reminder.objects.none()
    for key in keys:
        shown |= lines_of(user, key)
    by_key: dict[tuple[object, ...], list[Reminder]] = {}
    for row in shown.select_related("message").order_by("-urgency", "due_on", "pk"):
        by_key.setdefault(_together(row), []).append(row)
    return [Entry(key, by_key[_named(key)]) for key in keys if _named(key) in by_key]


def lines_of(user: User, key: Key) -> ReminderQuerySet:
    """The lines of one entry."""
    own = Reminder.objects.in_bell_of(user)
    if key.is_immediate:
        return own.filter(pk=key.first)
    of_digest = own.filter(is_immediate=False, message=key.message)
    return of_digest if key.message is not None else of_digest.filter(due_on=key.day)


def _named(key: Key) -> tuple[object, ...]:
    if key.is_immediate:
        return (key.first,)
    return (key.message, key.day if key.message is None else None)


def _together(row: Reminder) -> tuple[object, ...]:
    if row.is_immediate:
        return (row.pk,)
    return (row.message_id, row.due_on if row.message_id is None else None)
