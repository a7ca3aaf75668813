"""Unlocking and resetting an account by the administrator, without mail."""

from __future__ import annotations

import secrets
import string

from axes.utils import reset as axes_reset
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.db import transaction
from django.http import HttpRequest

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.fold import fold
from huangshi_tasks.lib.telephones import mobile_in
from units import log
from units.actors import Actor
from units.models import Appointment, Role, User
from units.permissions import can_administer, require

LENGTH = 12
FIRST_ITERATIONS = 20_000
CHARACTERS = "".join(set(string.ascii_letters + string.digits) - set("0O1lI"))  # read over a phone


def tried_name(request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """Under which name failed tries are counted: one account, however it is spelled."""
    typed = str((credentials or request.POST).get("username") or "")
    known = User.objects.called(typed)
    return known.username if known is not None else fold(typed)


def without_mobile() -> list[User]:
    """Accounts in use that no short message reaches; leaders are never sent any."""
    leaders = Appointment.objects.filter(role=Role.LEADER).values("user_id")
    found = User.objects.filter(is_active=True).exclude(pk__in=leaders)
    return [each for each in found if not mobile_in(each.telephone)]


@transaction.atomic
def unlock(*, user: User, actor: Actor) -> None:
    """Forget the failed tries of `user`. Raises `Refused` unless the actor is the administrator."""
    require(can_administer(actor))
    axes_reset(username=user.username)
    log.record(
        actor=actor,
        action="user.unlock",
        subject=user,
        summary=f"解除登录锁定：{user}",
        now=clock.now(),
    )


@transaction.atomic
def reset_password(*, user: User, actor: Actor) -> str:
    """Give `user` a new first password, to be changed at once; returns it, to be shown once."""
    require(can_administer(actor))
    password = first_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    axes_reset(username=user.username)
    log.record(
        actor=actor,
        action="user.reset_password",
        subject=user,
        summary=f"重置密码：{user}",
        now=clock.now(),
    )
    return password


def first_password() -> str:
    """Random, with a capital, a small letter and a digit in fixed places, as the rules ask."""
    middle = "".join(secrets.choice(CHARACTERS) for _ in range(LENGTH - 3))
    ends = [secrets.choice(kind) for kind in ("ABCDEFGH", "abcdefgh", "23456789")]
    return f"{ends[0]}{middle}{ends[1]}{ends[2]}"


def first_hash(password: str) -> str:
    """The hash of a first password, for many at once: a full one takes a third of a second.

    About 70 random bits need no stretching, and Django stretches anew at the first login.
    """
    hasher = get_hasher()
    if not isinstance(hasher, PBKDF2PasswordHasher):
        return make_password(password)
    return hasher.encode(password, hasher.salt(), FIRST_ITERATIONS)
