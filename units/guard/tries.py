"""How often somebody may try in vain, and how long they wait then: the longer, the more often.

A try is taken before it is judged, so that many at once are no way round. What is refused while one
has to wait counts for nothing: nobody keeps another person out by going on. Real time, whatever
business date the demonstration has.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from units.guard.counters import held
from units.models import Tries, TryKind


class Limit(NamedTuple):
    """`free` tries in a row; then a wait of `first`, doubled with each failure up to `longest`.
    `fades`: after which time one failure is forgotten, where many people share what is counted.
    """

    free: int
    first: timedelta
    longest: timedelta
    fades: timedelta | None = None


MINUTE = timedelta(minutes=1)
FORGOTTEN_AFTER = timedelta(hours=24)
LIMITS = {
    TryKind.PAIR: Limit(5, MINUTE, 30 * MINUTE),
    TryKind.DEVICE: Limit(5, MINUTE, 30 * MINUTE),
    TryKind.ADDRESS: Limit(30, MINUTE, 15 * MINUTE, fades=MINUTE),
    TryKind.FACTOR: Limit(5, 5 * MINUTE, 30 * MINUTE),
    TryKind.OLD_PASSWORD: Limit(5, 5 * MINUTE, 30 * MINUTE),
}


class Taken(NamedTuple):
    """A try: how long to wait before the next is judged (0: this one is), and how many are left."""

    wait: timedelta
    left: int

    @property
    def is_allowed(self) -> bool:
        return not self.wait


def pause(limit: Limit, failures: int) -> timedelta:
    """How long nobody is judged after so many failures in a row."""
    over = failures - limit.free
    if over < 0:
        return timedelta(0)
    doubled: int = 2 ** min(over, 20)
    return min(limit.longest, limit.first * doubled)


def take(kind: TryKind, name: str = "", origin: str = "") -> Taken:
    """Take one try; `succeed` gives it back with all before it."""
    now, limit = timezone.now(), LIMITS[kind]
    with transaction.atomic():
        key = {"kind": kind, "name": name[:150], "origin": origin[:45]}
        row = held(Tries.objects, key, {"last_at": now})
        passed = now - row.last_at
        if passed > FORGOTTEN_AFTER:
            row.failures = 0
        begun = now  # since when the next failure fades: a try does not put that off
        if limit.fades and row.failures and passed > timedelta(0):
            row.failures = max(0, row.failures - passed // limit.fades)
            begun = now - passed % limit.fades
        wait = pause(limit, row.failures) - passed
        if wait > timedelta(0):
            return Taken(wait, 0)
        row.failures, row.last_at = row.failures + 1, begun
        row.save(update_fields=["failures", "last_at"])
    return Taken(timedelta(0), max(0, limit.free - row.failures))


def succeed(kind: TryKind, name: str = "", origin: str = "") -> None:
    """It was right: what was tried before is forgotten."""
    Tries.objects.filter(kind=kind, name=name[:150], origin=origin[:45]).delete()


def give_back(kind: TryKind, name: str = "", origin: str = "") -> None:
    """This one try counts for nothing."""
    counted = Tries.objects.filter(kind=kind, name=name[:150], origin=origin[:45], failures__gt=0)
    counted.update(failures=F("failures") - 1)


def forget(name: str, user_id: int | None = None) -> None:
    """Whatever is counted of one account; `name` as `units.people.accounts.tried_name` has it."""
    by_name = Tries.objects.filter(kind__in=[TryKind.PAIR, TryKind.DEVICE], name=name[:150])
    by_name.delete()
    if user_id is not None:
        own = [TryKind.FACTOR, TryKind.OLD_PASSWORD]
        Tries.objects.filter(kind__in=own, name=str(user_id)).delete()


def in_words(wait: timedelta) -> str:
    """How long to wait: 30秒, 5分钟; rounded up."""
    seconds = max(1, ceil(wait.total_seconds()))
    return f"{seconds}秒" if seconds < 60 else f"{ceil(seconds / 60)}分钟"
