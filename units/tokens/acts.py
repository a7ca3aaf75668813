"""What is done with a token by people: asked for, released, collected, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from units import log
from units.actors import Actor
from units.models import ApiToken
from units.permissions import require
from units.tokens.permissions import can_ask
from units.tokens.workflow import TOKENS

BYTES = 32  # nobody guesses it, so that a plain hash is enough
ENDED = ("ended_by_name", "ended_at")


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def ask(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    purpose: str,
    scopes: Iterable[str],
    addresses: Sequence[str],
    expires_on: date,
) -> ApiToken:
    """申请, for the office or for the own unit."""
    require(can_ask(actor))
    made = ApiToken.objects.create(
        name=name,
        purpose=purpose,
        unit=actor.unit if actor.is_signer else None,
        scopes=" ".join(scopes),
        addresses=",".join(addresses),
        expires_on=expires_on,
        asked_by=actor.user,
        asked_by_name=actor.name,
        asked_at=now,
    )
    said = {"scopes": made.scopes, "addresses": made.addresses, "expires_on": expires_on}
    log.record(
        actor=actor,
        action="apitoken.ask",
        subject=made,
        summary=f"申请接口令牌：{made}",
        changes={**said, "purpose": purpose},
        now=now,
    )
    return made


def release(*, token: ApiToken, actor: Actor, now: datetime) -> ApiToken:
    """批准: it can be collected from now on."""

    def stamp(locked: ApiToken) -> Sequence[str]:
        locked.released_by_name, locked.released_at = actor.name, now
        return ("released_by_name", "released_at")

    return TOKENS.perform("release", token, actor=actor, now=now, stamp=stamp)


def decline(*, token: ApiToken, actor: Actor, now: datetime) -> ApiToken:
    """不批准."""
    return _ended("decline", token, actor, now)


def revoke(*, token: ApiToken, actor: Actor, now: datetime) -> ApiToken:
    """吊销: from this moment on it opens nothing."""
    return _ended("revoke", token, actor, now)


def _ended(name: str, token: ApiToken, actor: Actor, now: datetime) -> ApiToken:
    def stamp(locked: ApiToken) -> Sequence[str]:
        locked.ended_by_name, locked.ended_at = actor.name, now
        return ENDED

    return TOKENS.perform(name, token, actor=actor, now=now, stamp=stamp)


def collect(*, token: ApiToken, actor: Actor, now: datetime) -> str:
    """领取: the secret, made in this moment and shown once."""
    secret = secrets.token_urlsafe(BYTES)

    def stamp(locked: ApiToken) -> Sequence[str]:
        locked.digest, locked.collected_at = digest_of(secret), now
        return ("digest", "collected_at")

    TOKENS.perform("collect", token, actor=actor, now=now, stamp=stamp)
    return secret
