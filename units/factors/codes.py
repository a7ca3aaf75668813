"""Codes that open once: recovery codes, and sheets for whom no telephone is allowed.

They are kept as digests keyed with SECRET_KEY, so that whoever reads the database cannot use them;
one UPDATE uses one up, so that two requests at once cannot both come in by it.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from huangshi_tasks.lib.fold import fold
from units.models import CodeKind, OneTimeCode, User

CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # read from paper: no 0 1 I O
HALF = 4  # characters on each side of the dash: 40 random bits in all
COUNTS = {CodeKind.RECOVERY: 10, CodeKind.SHEET: 40}
SALT = "units.factors.codes"


def new_codes(kind: CodeKind) -> list[str]:
    """As many different ones as a sheet of this kind has, each as ABCD-2345."""
    found: dict[str, None] = {}
    while len(found) < COUNTS[kind]:
        drawn = "".join(secrets.choice(CHARACTERS) for _ in range(2 * HALF))
        found[f"{drawn[:HALF]}-{drawn[HALF:]}"] = None
    return list(found)


def keep(user: User, kind: CodeKind, codes: list[str]) -> None:
    """These are the codes of this kind now; those before open nothing."""
    OneTimeCode.objects.filter(user=user, kind=kind).delete()
    OneTimeCode.objects.bulk_create(
        OneTimeCode(user=user, kind=kind, number=number, digest=_digest(user, code, None))
        for number, code in enumerate(codes, 1)
    )


def use(user: User, kind: CodeKind, typed: str) -> bool:
    """Whether `typed` opens; it does once. Case, width, blanks and the dash do not matter."""
    keys = [None, *settings.SECRET_KEY_FALLBACKS]
    digests = [_digest(user, typed, key) for key in keys]
    unused = OneTimeCode.objects.filter(user=user, kind=kind, used_at=None, digest__in=digests)
    return unused.update(used_at=timezone.now()) == 1


def was_used(user: User, kind: CodeKind, typed: str) -> bool:
    """Whether `typed` was one and is used up, for the sentence on the page."""
    used = OneTimeCode.objects.filter(user=user, kind=kind, digest=_digest(user, typed, None))
    return used.exclude(used_at=None).exists()


def left(user: User, kind: CodeKind) -> int:
    """How many are still good."""
    return OneTimeCode.objects.filter(user=user, kind=kind, used_at=None).count()


def _digest(user: User, code: str, key: str | None) -> str:
    plain = fold(code).upper().replace("-", "")
    return salted_hmac(SALT, f"{user.pk}:{plain}", secret=key, algorithm="sha256").hexdigest()
