"""Telephones enter the log masked (138****0001): what cannot be erased holds no number. Pure."""

from __future__ import annotations

import re
from typing import Any

MOBILE = re.compile(
    r"(?<![0-9])(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9])"
)
FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?")  # alone in a field of another name: an amount
DIGIT = re.compile(r"[0-9]")
NAMES = ("phone", "mobile", "电话", "手机")  # of fields whose whole value is a number
SHOWN = 4  # digits at the end; of a mobile its first three too


def masked(text: str) -> str:
    """Every mobile number in a sentence."""
    return MOBILE.sub(r"\1****\3", text)


def masked_changes(value: Any, name: str = "") -> Any:
    """Every text in the changes of an entry, whatever it stands in; what a field of telephones
    holds, mobile or not, wholly.
    """
    if isinstance(value, dict):
        return {key: masked_changes(each, f"{name}.{key}") for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked_changes(each, name) for each in value]
    if not isinstance(value, str):
        return value
    if any(word in name for word in NAMES):
        return _number(masked(value))
    return value if FIGURE.fullmatch(value) else masked(value)


def _number(text: str) -> str:
    """A fixed line: all digits but the last four."""
    if "*" in text:
        return text
    hidden = max(0, len(DIGIT.findall(text)) - SHOWN)
    return DIGIT.sub("*", text, count=hidden) if hidden else text
