"""The only door to the log. `record()` chains (`chain`), `verification` finds the first row that
does not fit.

`payload` is canonical JSON: sorted keys, UTC microseconds, decimals as strings. Positions have no
gaps. What an entry has no word for is left out of its payload, so that entries of before a column
still fit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.text import plain
from units.actors import Actor
from units.asking.prepared import prepared
from units.locks import one_at_a_time
from units.log import witness
from units.log.chain import GENESIS, MARK, Link, chain
from units.log.closed import IS_COPY, is_copy, may_write
from units.log.keys import all_keys, key_to_write_with
from units.log.masking import masked, masked_changes
from units.log.origin import origin
from units.models import LogEntry, LogHead, User
from units.permissions import ALLOWED, denied, require
from units.stamps.small import once_a_request

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
    """The same for several acts of one person at one moment; as many queries as for one.

    Raises KeyUnusableError where the log is keyed and its key is not at hand, Refused where an act
    is on something closed.
    """
    with once_a_request():
        for act in acts:
            require(may_write(act.subject, act.action))
    who = actor.user if actor is not None else user
    by = {"user_id": who.pk if who is not None else None, "actor_name": _name(actor, user)[:120]}
    # no savepoint: an act whose entry fails is undone whole
    with transaction.atomic(savepoint=False):
        end = _end()
        link = Link(key_to_write_with(end.key), end.digest) if end.key else None
        return _append(acts, {"at": now, **by, **_whence(actor)}, end, link)


def begin_keyed(*, now: datetime) -> LogEntry:
    """The mark from which on entries are made with the newest key: `manage.py key_log`.

    Never by itself: whoever rewrote the log as one without a key would be given a new mark.
    """
    link = Link(all_keys()[-1], settings.LOG_DIGEST)
    told = {"key": link.key.name, "digest": link.digest}
    act = Act(MARK, f"操作日志自此起用密钥校验（{link.digest}，{link.key.name}）", changes=told)
    with transaction.atomic():
        by = {"at": now, "user_id": None, "actor_name": SYSTEM, **_whence(None)}
        return _append([act], by, _end(), link)[0]


class End(NamedTuple):
    """The last entry, and with which key the next is made."""

    position: int = 0
    hash: str = GENESIS
    key: str = ""
    digest: str = ""


def _end() -> End:
    """Nobody else appends until the transaction ends."""
    one_at_a_time(ADVISORY_LOCK)
    last = _last.first()
    if last is None:  # the first entry of all, unless it is a copy that takes none
        require(denied(IS_COPY) if is_copy() else ALLOWED)
        return End()
    return End(*last)


def _append(acts: Sequence[Act], by: dict[str, Any], end: End, link: Link | None) -> list[LogEntry]:
    entries: list[LogEntry] = []
    previous = end.hash
    for position, act in enumerate(acts, end.position + 1):
        fields = by | {
            "position": position,
            "action": act.action[:40],
            "subject_type": act.subject._meta.model_name if act.subject is not None else "",
            "subject_id": act.subject.pk if act.subject is not None else None,
            "summary": masked(_printable(act.summary))[:300],
        }
        said = {"changes": masked_changes(act.changes), "reason": masked(_printable(act.reason))}
        payload = canonical(fields | said)
        chained = {"previous_hash": previous, "hash": chain(previous, payload, link)}
        entries.append(LogEntry(**fields, payload=payload, **chained))
        previous = entries[-1].hash
    LogEntry.objects.bulk_create(entries)
    key, digest = (link.key.name, link.digest) if link is not None else ("", "")
    _move_head(End(entries[-1].position, previous, key, digest))
    return entries


def _move_head(end: End) -> None:
    """PostgreSQL does it in a function of the owner of the log (`triggers`): the application need
    not be allowed to write there.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT log_move_head(%s, %s, %s, %s)", end)
    elif not LogHead.objects.filter(id=1).update(**end._asdict()):  # all but the first entry
        LogHead.objects.create(id=1, **end._asdict())
    witness.tell_after_commit(end.position, end.hash)


@prepared()
def _last() -> models.QuerySet[LogEntry, tuple[Any, ...]]:
    head = LogHead.objects.values("key")[:1], LogHead.objects.values("digest")[:1]
    key, digest = (Coalesce(Subquery(each), Value("")) for each in head)
    return LogEntry.objects.order_by("-position").values_list("position", "hash", key, digest)[:1]


def canonical(value: dict[str, Any]) -> str:
    """The one spelling of a payload."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_spell
    )


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
