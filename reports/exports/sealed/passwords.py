"""The password of a sealed part: derived from the server's key, so that it is stored nowhere, and
whoever holds the database or the files alone does not have it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from reports.models import Export

LETTERS = 24  # of base32: 120 bits
GROUP = 4


def password_of(export: Export, mark: str = "") -> str:
    """As the part of `export` is sealed with. `mark` tells which of the server's keys it was; empty
    for the one in use. Empty where that key is gone.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [_derived(str(key), export) for key in (keys if mark else keys[:1])]
    return next((each for each in made if not mark or mark_of(each) == mark), "")


def mark_of(password: str) -> str:
    """Tells one password from another and nothing about it."""
    return hashlib.sha256(f"sealed part {password}".encode()).hexdigest()[:8]


def _derived(key: str, export: Export) -> str:
    of = f"sealed part {export.pk} {export.requested_at.timestamp()}".encode()
    letters = base64.b32encode(hmac.digest(key.encode(), of, "sha256")).decode()[:LETTERS]
    return "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))
