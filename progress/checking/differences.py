"""What changed between two texts, character by character, as runs for <del> and <ins>. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST_KEPT = 4  # equal runs shorter than this between two changes read better as changed


@dataclass(frozen=True)
class Run:
    """A piece of one of the two texts; `is_changed` when the other text does not have it."""

    text: str
    is_changed: bool


def differences(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """The runs of `before` and of `after`; joined they give back each text exactly."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    old: list[Run] = []
    new: list[Run] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        is_changed = tag != "equal" or (b - a < LONGEST_KEPT and a > 0 and b < len(before))
        _add(old, before[a:b], is_changed)
        _add(new, after[c:d], is_changed)
    return old, new


def _add(runs: list[Run], text: str, is_changed: bool) -> None:
    """Append, joining neighbours of the same kind."""
    if not text:
        return
    if runs and runs[-1].is_changed == is_changed:
        runs[-1] = Run(runs[-1].text + text, is_changed)
    else:
        runs.append(Run(text, is_changed))
