"""The only door to the log. `record()` chains, `verify()` finds the first row that does not fit.

`hash = sha256(previous_hash + payload)`; `payload` is canonical JSON: sorted keys, UTC
microseconds, decimals as strings. Positions have no gaps.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from huangshi_tasks.lib.text import plain
from units.actors import Actor
from units.locks import one_at_a_time
from units.models import LogEntry, LogHead, User

GENESIS = "0" * 64
ADVISORY_LOCK = 7_320_220_121  # any constant shared by all writers; this one is the notice's date
SYSTEM = "系统"


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
    with transaction.atomic():
        one_at_a_time(ADVISORY_LOCK)
        last = LogEntry.objects.order_by("-position").first()
        who = actor.user if actor is not None else user
        fields = {
            "position": last.position + 1 if last else 1,
            "at": now,
            "user_id": who.pk if who is not None else None,
            "actor_name": _name(actor, user)[:120],
            "action": action[:40],
            "subject_type": subject._meta.model_name if subject is not None else "",
            "subject_id": subject.pk if subject is not None else None,
            "summary": _printable(summary)[:300],
        }
        payload = canonical({**fields, "changes": changes or {}, "reason": _printable(reason)})
        previous = last.hash if last else GENESIS
        entry = LogEntry.objects.create(
            **fields, payload=payload, previous_hash=previous, hash=chain(previous, payload)
        )
        head = {"position": entry.position, "hash": entry.hash}
        if not LogHead.objects.filter(id=1).update(**head):  # one query; all but the first entry
            LogHead.objects.create(id=1, **head)
    return entry


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


def _name(actor: Actor | None, user: User | None) -> str:
    if actor is not None:
        return actor.name
    return str(user) if user is not None else SYSTEM
