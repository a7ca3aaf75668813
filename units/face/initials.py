"""The first letters of the pinyin of common characters, by their place in GB 2312. Pure.

The 3755 characters of its first level stand there in the order of their pinyin, so that a letter
needs no dictionary (`pypinyin` takes 53 MB of every process). What is not among them is unknown.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

UNKNOWN = "."
_LETTERS = "abcdefghjklmnopqrstwxyz"
# the first character of each letter
_FIRST = [
    character.encode("gb2312") for character in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
]
_END = b"\xd8\xa1"  # where the second level begins, which is in the order of strokes


@lru_cache(maxsize=4096)
def initials(words: str) -> str:
    """``老旧小区`` → ``ljxq``; digits and letters stand for themselves, signs are left out."""
    return "".join(_letter(character) for character in words)


def has_initials(words: str, typed: str) -> bool:
    """Whether `typed`, small Latin letters, are the first letters of a part of `words`."""
    known = initials(words)
    places = range(len(known) - len(typed) + 1)
    return any(_agree(known[place : place + len(typed)], typed) for place in places)


def _agree(known: str, typed: str) -> bool:
    """Most of them have to be known: what is unknown may be anything."""
    unknown = known.count(UNKNOWN)
    return unknown * 3 <= len(known) and all(
        letter in (UNKNOWN, other) for letter, other in zip(known, typed, strict=True)
    )


def _letter(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        place = character.encode("gb2312")
    except UnicodeEncodeError:
        return UNKNOWN if character.isalpha() else ""
    if not _FIRST[0] <= place < _END:
        return UNKNOWN if place >= _END else ""
    return _LETTERS[bisect_right(_FIRST, place) - 1]
