"""The verbs of 登录保护: set up, renew, stop by the person; reset by a second person or on the
server. Each is logged, and the person is told.
"""

from __future__ import annotations

import binascii
from base64 import b32decode
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from units import log
from units.actors import Actor
from units.errors import NotNow
from units.factors import codes, required, ways
from units.guard import sessions
from units.guard.told import tell, tell_auditors
from units.models import Certificate, CodeKind, User

NOT_YOU = "不是您本人操作的，请立即联系系统管理员和审计员。"
TAKEN = "该证书已绑定其他账号，请联系系统管理员核对。"
SMALLEST_SEED = 10  # bytes; RFC 4226 asks for 16, older tokens have 10


def seed_of(typed: str) -> str:
    """A seed as hexadecimal digits, as it is kept; typed so, or in base32. Raises ValueError."""
    plain = "".join(typed.split()).replace("-", "").upper()
    try:
        seed = bytes.fromhex(plain)
    except ValueError:
        try:
            seed = b32decode(plain + "=" * (-len(plain) % 8))
        except binascii.Error as error:
            raise ValueError(typed) from error
    if not SMALLEST_SEED <= len(seed) <= 40:
        raise ValueError(typed)
    return seed.hex()


def is_right(seed: str, typed: str, *, step: int = 30, digits: int = 6) -> int | None:
    """The step of time at which `typed` is the code of `seed`; None when it is not now."""
    if not typed.isascii() or not typed.isdecimal() or len(typed) != digits:
        return None
    totp = TOTP(bytes.fromhex(seed), step=step, digits=digits)
    return totp.t() if totp.verify(int(typed), tolerance=1) else None


@transaction.atomic
def set_up_device(
    *,
    user: User,
    name: str,
    seed: str,
    proved: int,
    recovery: list[str],
    now: datetime,
    step: int = 30,
    digits: int = 6,
) -> None:
    """`name`: `ways.PHONE` or `TOKEN`. `proved`: the step of the code that was typed, which does
    not open again. It takes the place of the one before; so do the recovery codes.
    """
    TOTPDevice.objects.filter(user=user, name=name).delete()
    TOTPDevice.objects.create(
        user=user, name=name, key=seed, step=step, digits=digits, last_t=proved, confirmed=True
    )
    codes.keep(user, CodeKind.RECOVERY, recovery)
    _note(user, "factor.set_up", f"启用登录保护（{ways.WORDS[name]}）", now)


@transaction.atomic
def set_up_sheet(*, user: User, sheet: list[str], now: datetime) -> None:
    """A printed sheet, whose first code was typed: it is crossed out. The one before opens nothing
    any more.
    """
    codes.keep(user, CodeKind.SHEET, sheet)
    codes.use(user, CodeKind.SHEET, sheet[0])
    _note(user, "factor.set_up", f"启用登录保护（{ways.WORDS[ways.SHEET]}）", now)


def bind_certificate(*, user: User, subject: str, now: datetime) -> None:
    """The certificate that came with the request. Raises `NotNow` when it is another's."""
    try:
        with transaction.atomic():
            values = {"subject": subject, "bound_at": timezone.now()}
            Certificate.objects.update_or_create(user=user, defaults=values)
            what = f"启用登录保护（{ways.WORDS[ways.CERTIFICATE]}）"
            _note(user, "factor.set_up", what, now, {"subject": subject})
    except IntegrityError as error:
        raise NotNow(TAKEN) from error


@transaction.atomic
def renew_recovery(*, user: User, recovery: list[str], now: datetime) -> None:
    """New recovery codes; those before open nothing."""
    codes.keep(user, CodeKind.RECOVERY, recovery)
    _note(user, "factor.recovery", "重新生成恢复码", now)


@transaction.atomic
def stop(*, user: User, now: datetime) -> None:
    """Of one's own will, by whom none is asked of."""
    ways.clear(user)
    _note(user, "factor.stop", "停用登录保护", now)


@transaction.atomic
def take_away(*, user: User, by: str, actor: Actor | None, reason: str, now: datetime) -> None:
    """The person sets up a new one, at the next login, before anything else where one is asked.
    Told to the person and to the auditors. Whether it may be done is asked in front of it
    (`units.powers.acts.reset_factor`); on the server there is no actor. `by`: as people are told.
    """
    ways.clear(user)
    sessions.end_others(user, None)
    user.factor_asked_at = timezone.now() - required.GRACE  # no second time of grace
    user.save(update_fields=["factor_asked_at"])
    tell(user, f"您的登录保护已由{by}重置，下次登录须重新设置。{NOT_YOU}", now=now)
    tell_auditors(f"{user}（{user.username}）的登录保护已由{by}重置。", now=now)
    log.record(
        actor=actor,
        action="factor.reset",
        subject=user,
        summary=f"重置登录保护：{user}",
        reason=reason,
        now=now,
    )


def _note(
    user: User, action: str, what: str, now: datetime, changes: dict[str, str] | None = None
) -> None:
    tell(user, f"您的账号已{what}。{NOT_YOU}", now=now)
    log.record(
        action=action,
        subject=user,
        summary=f"{what}：{user}",
        user=user,
        changes=changes,
        now=now,
    )
