"""The only door to the log. `record()` chains, `verify()` finds the first row that does not fit.

`hash = sha256(previous_hash + payload)`; `payload` is canonical JSON: sorted keys, UTC
microseconds, decimals as strings. Positions have no gaps. What an entry has no word for is left
out of its payload, so that entries of before a column still fit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.text import plain
from units.actors import Actor
from units.asking.prepared import prepared
from units.locks import one_at_a_time
from units.log.closed import may_write
from units.log.origin import origin
from units.models import LogEntry, LogHead, User
from units.permissions import require
from units.stamps.small import once_a_request

GENESIS = "0" * 64
ADVISORY_LOCK = 7_320_220_121  # any constant shared by all writers; this one is the notice's date
SYSTEM = "系统"


@dataclass(frozen=True)
class Act:
    """What one entry says, beside who did it and when."""

    action: str
    summary: str
    subject: models.Model | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def record(
    *,
    action: str,
    summary: str,
    now: datetime,
    actor: Actor | None = None,
    user: User | None = None,
    subject: models.Model | None = None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> LogEntry:
    """Append one entry inside the caller's transaction; call it last there, as it serialises
    writers.

    `user` serves where there is no actor yet (logging in). Without both, the system acted.
    """
    act = Act(action, summary, subject, changes or {}, reason)
    return record_all([act], now=now, actor=actor, user=user)[0]


def record_all(
    acts: Sequence[Act], *, now: datetime, actor: Actor | None = None, user: User | None = None
) -> list[LogEntry]:
    """The same for several acts of one person at one moment; as many queries as for one."""
    with once_a_request():
        for act in acts:
            require(may_write(act.subject, act.action))
    who = actor.user if actor is not None else user
    name, user_id = _name(actor, user)[:120], who.pk if who is not None else None
    whence = _whence(actor)
    entries: list[LogEntry] = []
    with transaction.atomic():
        one_at_a_time(ADVISORY_LOCK)
        position, previous = _last.first() or (0, GENESIS)
        for act in acts:
            position += 1
            fields = {
                "position": position,
                "at": now,
                "user_id": user_id,
                "actor_name": name,
                "action": act.action[:40],
                "subject_type": act.subject._meta.model_name if act.subject is not None else "",
                "subject_id": act.subject.pk if act.subject is not None else None,
                "summary": _printable(act.summary)[:300],
            }
            said = {"changes": act.changes, "reason": _printable(act.reason)}
            payload = canonical(fields | whence | said)
            chained = {"previous_hash": previous, "hash": chain(previous, payload)}
            entries.append(LogEntry(**fields, **whence, payload=payload, **chained))
            previous = entries[-1].hash
        LogEntry.objects.bulk_create(entries)
        head = {"position": position, "hash": previous}
        if not LogHead.objects.filter(id=1).update(**head):  # one query; all but the first entry
            LogHead.objects.create(id=1, **head)
    return entries


@prepared()
def _last() -> models.QuerySet[LogEntry, tuple[Any, ...]]:
    return LogEntry.objects.order_by("-position").values_list("position", "hash")[:1]


def canonical(value: dict[str, Any]) -> str:
    """The one spelling of a payload."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_spell
    )


def chain(previous: str, payload: str) -> str:
    return hashlib.sha256((previous + payload).encode("utf-8", "surrogatepass")).hexdigest()


def spell_time(at: datetime) -> str:
    """UTC with microseconds, always six digits."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _spell(value: object) -> str:
    if isinstance(value, datetime):
        return spell_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


def _printable(text: str) -> str:
    # PostgreSQL text cannot hold NUL; a log entry must never be the reason an act fails.
    return text.replace("\x00", "")


def _whence(actor: Actor | None) -> dict[str, Any]:
    """From where and as whom, and the real time beside a moved one; only what there is to say."""
    told = {
        **origin()._asdict(),
        "acting_as": actor.label[:120] if actor is not None else None,
        "real_at": timezone.now() if clock.business_date() is not None else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _name(actor: Actor | None, user: User | None) -> str:
    if actor is not None:
        return actor.name
    return str(user) if user is not None else SYSTEM
