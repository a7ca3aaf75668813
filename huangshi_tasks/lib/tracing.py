"""The number of the request or job that is under way, so that nginx, log, page and mail tell of the
same thing. Pure.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from uuid import uuid4

ACCEPTED = re.compile(r"[A-Za-z0-9-]{8,64}")

current: ContextVar[str] = ContextVar("request_id", default="")


def number_of(given: str | None) -> str:
    """What a proxy gave, where it is one; else a new one."""
    return given if given and ACCEPTED.fullmatch(given) else uuid4().hex
