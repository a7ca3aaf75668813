"""How one entry holds on to the one before it.

Plain: `sha256(previous_hash + payload)`. From a marked entry on, the same text under HMAC with a
key that is not in the database. The mark says in its own payload with which key and digest; it is
the first entry so made, and every change before it shows in its `previous_hash`.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Any, NamedTuple

from units.log.keys import Key, all_keys, key_named

GENESIS = "0" * 64
MARK = "log.key"  # the action of the entry with which a keyed part begins


def chain(previous: str, payload: str, link: Link | None = None) -> str:
    """The hash of an entry, in 64 hex digits."""
    text = (previous + payload).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest() if link is None else link.key.seal(text, link.digest)


class Link(NamedTuple):
    """With what the entries of a keyed part are made."""

    key: Key
    digest: str


class Told(NamedTuple):
    """What a mark says of the part that begins with it."""

    key: str
    digest: str

    def link(self) -> Link | None:
        """None where its key is not at hand."""
        key = key_named(self.key)
        return None if key is None else Link(key, self.digest)


def told_by(content: dict[str, Any]) -> Told | None:
    """What the payload of an entry says of a keyed part; None for all that are no marks."""
    if content.get("action") == MARK:
        with suppress(KeyError, TypeError):
            changes = content["changes"]
            return Told(str(changes["key"]), str(changes["digest"]))
    return None


def is_made(found: str, previous: str, payload: str, told: Told | None) -> bool:
    """Whether a hash is that of the text. Of a part whose key is not at hand that is not to be
    said; beside known keys a mark with another is none of ours.
    """
    link = told.link() if told is not None else None
    if told is not None and link is None:
        return not all_keys()
    return found == chain(previous, payload, link)
