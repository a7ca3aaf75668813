"""What a person may prove the second factor by, and whether a code is right.

Codes of telephones and tokens are django-otp's (`TOTPDevice`); it forgets no code that opened, and
refuses it a second time.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from django.db import transaction
from django_otp import verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from huangshi_tasks.lib.fold import fold
from units.factors import codes
from units.guard import tries
from units.models import Certificate, CodeKind, OneTimeCode, TryKind, User

PHONE, TOKEN = "phone", "token"  # names of devices
SHEET, CERTIFICATE, RECOVERY = "sheet", "certificate", "recovery"
WORDS = {
    PHONE: "手机验证器",
    TOKEN: "硬件令牌",
    SHEET: "口令单",
    CERTIFICATE: "数字证书",
    RECOVERY: "恢复码",
}
DIGITS = (6, 8)


class Ways(NamedTuple):
    """What a person has set up; `sheet` and `recovery`: codes that are left, None without any."""

    devices: tuple[str, ...]
    has_certificate: bool
    sheet: int | None
    recovery: int

    @property
    def names(self) -> list[str]:
        """Those by which the person comes in ordinarily, in words."""
        found = [WORDS[each] for each in self.devices]
        found += [WORDS[CERTIFICATE]] * self.has_certificate
        return found + [WORDS[SHEET]] * (self.sheet is not None)

    def __bool__(self) -> bool:
        """A sheet that is used up is a factor still: nobody comes in without one by using it up."""
        return bool(self.names)


def ways_of(user: User) -> Ways:
    """Three queries; asked at logins and on the page 登录保护 only."""
    devices = TOTPDevice.objects.filter(user=user, confirmed=True).order_by("name")
    kept = list(OneTimeCode.objects.filter(user=user).values_list("kind", "used_at"))
    left = {kind: sum(k == kind and used is None for k, used in kept) for kind in CodeKind}
    has_sheet = any(kind == CodeKind.SHEET for kind, _ in kept)
    return Ways(
        tuple(devices.values_list("name", flat=True)),
        Certificate.objects.filter(user=user).exists(),
        left[CodeKind.SHEET] if has_sheet else None,
        left[CodeKind.RECOVERY],
    )


class Outcome(Enum):
    RIGHT, WRONG, USED, WAIT = range(4)


class Answer(NamedTuple):
    """Of one typed code: by which way it is right; else why not, and what to say."""

    outcome: Outcome
    way: str = ""
    problem: str = ""

    def __bool__(self) -> bool:
        return self.outcome == Outcome.RIGHT


WRONG = "口令不对，请输入当前显示的数字。还可以试{left}次。手机时间须与北京时间一致。"
WRONG_LAST = "口令不对。请{wait}后再试，或联系系统管理员。"
USED = "这个口令已经用过，请等下一个。"
USED_CODE = "这个口令已经用过，请用下一个。"
WAIT = "试错次数过多，请{wait}后再试。恢复码也找不到的，请联系系统管理员重置。"


def check(user: User, typed: str) -> Answer:
    """Judge a code of any way of `user`. Tries are counted together, whatever is typed; a code that
    opened opens no second time.
    """
    taken = tries.take(TryKind.FACTOR, str(user.pk))
    if not taken.is_allowed:
        return Answer(Outcome.WAIT, problem=WAIT.format(wait=tries.in_words(taken.wait)))
    way = _way_of(user, fold(typed))
    if way:
        tries.succeed(TryKind.FACTOR, str(user.pk))
        return Answer(Outcome.RIGHT, way)
    if problem := _used_before(user, fold(typed)):
        return Answer(Outcome.USED, problem=problem)
    if taken.left:
        return Answer(Outcome.WRONG, problem=WRONG.format(left=taken.left))
    wait = tries.pause(tries.LIMITS[TryKind.FACTOR], tries.LIMITS[TryKind.FACTOR].free)
    return Answer(Outcome.WRONG, problem=WRONG_LAST.format(wait=tries.in_words(wait)))


def _is_figures(code: str) -> bool:
    return code.isascii() and code.isdecimal() and len(code) in DIGITS


def _way_of(user: User, code: str) -> str:
    if _is_figures(code):
        for device in TOTPDevice.objects.filter(user=user, confirmed=True, digits=len(code)):
            if verify_token(user, device.persistent_id, code):
                return str(device.name)
    if codes.use(user, CodeKind.SHEET, code):
        return SHEET
    return RECOVERY if codes.use(user, CodeKind.RECOVERY, code) else ""


def _used_before(user: User, code: str) -> str:
    """Why a code that was right once is so no more; empty of one that never was."""
    if any(codes.was_used(user, kind, code) for kind in CodeKind):
        return USED_CODE
    if not _is_figures(code):
        return ""
    for device in TOTPDevice.objects.filter(user=user, confirmed=True, digits=len(code)):
        totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
        if totp.verify(int(code), device.tolerance) and totp.t() <= device.last_t:
            return USED
    return ""


@transaction.atomic
def clear(user: User) -> None:
    """Nothing of what was set up opens any more."""
    TOTPDevice.objects.filter(user=user).delete()
    OneTimeCode.objects.filter(user=user).delete()
    Certificate.objects.filter(user=user).delete()
    tries.succeed(TryKind.FACTOR, str(user.pk))
