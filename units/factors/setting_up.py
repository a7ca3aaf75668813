"""What is on its way of being set up: shown on one page, kept in the session until it is proved."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone

from units.factors import codes, ways
from units.models import CodeKind

KEY = "factor_setup"
GOOD_FOR = 30 * 60  # seconds
SEED_BYTES = 20


class Setup(NamedTuple):
    """`seed` of a telephone in hexadecimal digits; `shown`: recovery codes, or those of a sheet."""

    way: str
    seed: str
    shown: list[str]


def setup_of(request: HttpRequest, way: str) -> Setup:
    """The one that was begun; after half an hour, or of another way, a new one."""
    held = request.session.get(KEY) or {}
    now = timezone.now().timestamp()
    if held.get("way") != way or now - held.get("at", 0) > GOOD_FOR:
        kind = CodeKind.SHEET if way == ways.SHEET else CodeKind.RECOVERY
        held = {
            "way": way,
            "seed": secrets.token_hex(SEED_BYTES),
            "shown": codes.new_codes(kind),
            "at": now,
        }
        request.session[KEY] = held
    return Setup(held["way"], held["seed"], list(held["shown"]))


def forget(request: HttpRequest) -> None:
    """It is set up, or given up."""
    request.session.pop(KEY, None)
