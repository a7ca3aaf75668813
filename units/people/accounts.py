"""Unlocking and resetting an account by the administrator, without mail."""

from __future__ import annotations

import secrets
import string
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.db import transaction
from django.utils import timezone

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.fold import fold
from huangshi_tasks.lib.telephones import mobile_in
from units import log
from units.actors import Actor
from units.directory import initials
from units.guard import sessions, tries
from units.guard.told import tell
from units.models import Appointment, Role, User
from units.permissions import can_administer, require

LENGTH = 14
NOT_YOU = "不是您本人要求的，请立即联系系统管理员和审计员。"
FIRST_LASTS = timedelta(hours=72)  # a password that somebody else gave
FIRST_ITERATIONS = 20_000
CHARACTERS = "".join(set(string.ascii_letters + string.digits) - set("0O1lI"))  # read over a phone


def tried_name(typed: str, known: User | None) -> str:
    """Under which name failed tries are counted: one account, however it is spelled."""
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
    tries.forget(user.username, user.pk)
    log.record(
        actor=actor,
        action="user.unlock",
        subject=user,
        summary=f"解除登录锁定：{user}",
        now=clock.now(),
    )


@transaction.atomic
def give_first_password(
    *, user: User, by: str, actor: Actor | None, reason: str, now: datetime
) -> str:
    """A new first password, to be changed at once; returns it, to be shown once. Whether it may be
    given is asked in front of it (`units.powers.acts.reset_password`). `by`: as the person is told.
    """
    password = first_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "password_set_at", "must_change_password"])
    sessions.end_others(user, None)
    tell(user, f"您的密码已由{by}重置。{NOT_YOU}", now=now)
    tries.forget(user.username, user.pk)
    log.record(
        actor=actor,
        action="user.reset_password",
        subject=user,
        summary=f"重置密码：{user}",
        reason=reason,
        now=now,
    )
    return password


def is_run_out(user: User) -> bool:
    """Whether a first or reset password was not used in its three days. Real time."""
    set_at = user.password_set_at
    if not user.must_change_password or set_at is None:
        return False
    return timezone.now() - set_at > FIRST_LASTS


def must_change(user: User) -> bool:
    """Whether the password is to be changed before anything else: the first one, or, with a period
    by PASSWORD_DAYS, one that is older.
    """
    if user.must_change_password or not settings.PASSWORD_DAYS:
        return user.must_change_password
    since = user.password_set_at or user.date_joined
    return timezone.now() - since > timedelta(days=settings.PASSWORD_DAYS)


def first_password() -> str:
    """Random, with a capital, a small letter and a digit in fixed places, as the rules ask."""
    length = max(LENGTH, settings.PASSWORD_LENGTH)
    middle = "".join(secrets.choice(CHARACTERS) for _ in range(length - 3))
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


def free_name(name: str) -> str:
    """An account's name by the initials of a person's; numbered where it is taken."""
    base = initials(name) or "yh"
    number, found = 1, base
    while User.objects.called(found) is not None:
        number += 1
        found = f"{base}{number}"
    return found
