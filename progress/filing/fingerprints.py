"""What a form showed, as a short text: key → digest of the value. Compared when it is posted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from progress.contents.values import blank_value, values_of
from progress.models import ReportVersion

MARK_LENGTH = 10


def fingerprint(version: ReportVersion | None) -> str:
    """A short text that remembers what a form showed, for its hidden input `base`."""
    return _spelled(marks_of(version))


def rebased(version: ReportVersion | None, base: str, keys: Iterable[str]) -> str:
    """The fingerprint of `version`, but for `keys` what the form behind `base` showed: they were
    posted and are not settled, so they are still to be compared.
    """
    marks, shown = marks_of(version), marks_in(base)
    for key in keys:
        marks.pop(key, None)
        marks |= {key: shown[key]} if key in shown else {}
    return _spelled(marks)


def changed_since(version: ReportVersion | None, base: str, keys: Iterable[str]) -> set[str]:
    """Those of `keys` whose stored value is no longer what the form behind `base` showed."""
    stored, shown = marks_of(version), marks_in(base)
    blanks = {key: mark(blank_value(key)) for key in keys}
    return {key for key, blank in blanks.items() if stored.get(key, blank) != shown.get(key, blank)}


def marks_of(version: ReportVersion | None) -> dict[str, str]:
    return {key: mark(value) for key, value in values_of(version).items()}


def mark(value: Any) -> str:
    """A short digest of a value; equal numbers are equal however they are written."""
    text = format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)
    text = text.replace("\r\n", "\n")  # browsers post line ends their own way
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LENGTH]


def marks_in(base: str) -> dict[str, str]:
    """What the form showed. Nonsense tells nothing: every field counts as blank then."""
    try:
        marks = json.loads(base)
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in marks.items()} if isinstance(marks, dict) else {}


def _spelled(marks: Mapping[str, str]) -> str:
    return json.dumps(marks, sort_keys=True, separators=(",", ":"))
