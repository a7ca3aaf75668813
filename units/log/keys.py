"""The keys of the log lie outside the database: whoever owns that cannot make a chain that fits.

`LOG_KEY_FILE` holds one key a line, the newest last: earlier ones verify what was written with
them. `manage.py key_log` begins the part of the log that is keyed; until then it is chained alone.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

LEAST = 32  # characters of a key
SHORT = "操作日志的密钥文件{path}中，每行一个密钥，每个不少于{least}个字符。"
UNREADABLE = "读不到操作日志的密钥文件{path}，请核对 LOG_KEY_FILE。"
UNKNOWN = "操作日志已带密钥（{name}），而 LOG_KEY_FILE 中没有这个密钥，不能续写。请恢复密钥文件。"


class KeyUnusableError(Exception):
    """`str()` is a whole Chinese sentence for whoever runs the server."""


class Key(NamedTuple):
    """`name` tells which key it is and nothing about it."""

    name: str
    secret: bytes

    def seal(self, text: bytes, digest: str) -> str:
        """HMAC in hex; `digest` is sha256 or sm3, both of 32 bytes."""
        return hmac.new(self.secret, text, digest).hexdigest()


def all_keys() -> tuple[Key, ...]:
    """The oldest first; none where no file is set. Raises KeyUnusableError."""
    return () if settings.LOG_KEY_FILE is None else _read(settings.LOG_KEY_FILE)


def key_named(name: str) -> Key | None:
    return next((key for key in all_keys() if key.name == name), None)


def key_to_write_with(name: str) -> Key:
    """Raises KeyUnusableError: an entry without its key would look like a forged one for ever."""
    key = key_named(name)
    if key is None:
        raise KeyUnusableError(UNKNOWN.format(name=name))
    return key


@lru_cache(maxsize=8)  # a key that was added needs a restart of the servers
def _read(path: Path) -> tuple[Key, ...]:
    try:
        lines = path.read_text(encoding="utf-8").split()
    except (OSError, ValueError) as error:
        raise KeyUnusableError(UNREADABLE.format(path=path)) from error
    if not lines or min(map(len, lines)) < LEAST:
        raise KeyUnusableError(SHORT.format(path=path, least=LEAST))
    return tuple(Key(_name(line.encode()), line.encode()) for line in lines)


def _name(secret: bytes) -> str:
    return hmac.new(secret, b"name", hashlib.sha256).hexdigest()[:16]
