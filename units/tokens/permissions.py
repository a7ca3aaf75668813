"""May this person do this with this token? A refusal says why."""

from __future__ import annotations

from django.db.models import QuerySet

from units.actors import Actor
from units.models import ApiToken
from units.permissions import ALLOWED, Verdict, denied

ONLY_ADMIN = "接口令牌由系统管理员批准。"
ONLY_HEADS = "接口令牌由督查室或单位负责人申请，系统管理员批准。"
ONLY_ASKER = "令牌只由申请人本人领取。"


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """The administrator: all; the office: its own; a unit's head: those of the unit."""
    tokens = ApiToken.objects.select_related("unit")
    if actor.is_admin:
        return tokens
    if actor.is_office:
        return tokens.filter(unit=None)
    return tokens.filter(unit=actor.unit_id) if actor.is_signer else tokens.none()


def can_ask(actor: Actor) -> Verdict:
    return ALLOWED if actor.is_office or actor.is_signer else denied(ONLY_HEADS)


def can_see(actor: Actor) -> Verdict:
    return ALLOWED if actor.is_admin else can_ask(actor)


def can_release(actor: Actor, token: ApiToken) -> Verdict:
    return ALLOWED if actor.is_admin else denied(ONLY_ADMIN)


def can_collect(actor: Actor, token: ApiToken) -> Verdict:
    """Nobody else, however high: the secret is seen by one person."""
    is_asker = bool(can_ask(actor)) and actor.user.pk == token.asked_by_id
    return ALLOWED if is_asker and _is_of(actor, token) else denied(ONLY_ASKER)


def can_revoke(actor: Actor, token: ApiToken) -> Verdict:
    """Whoever holds it, and the administrator."""
    is_own = bool(can_ask(actor)) and _is_of(actor, token)
    return ALLOWED if actor.is_admin or is_own else denied(ONLY_HEADS)


def _is_of(actor: Actor, token: ApiToken) -> bool:
    return actor.unit_id == token.unit_id if actor.is_signer else token.unit_id is None
