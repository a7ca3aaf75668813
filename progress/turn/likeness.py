"""How alike the sentences of two years are. Pure.

Compared is what is left of a sentence without blanks, width and punctuation (`fold`); figures stay,
for 100家 and 120家 are the same promise in another year and weigh little among fifty characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from huangshi_tasks.lib.fold import fold

VERY, LIKE = 75, 50  # of 100; below LIKE nothing is proposed
MOST = 3  # candidates of one item
_SIGNS = re.compile(r"[^\w%]+")


@dataclass(frozen=True)
class Candidate:
    """An item of the year before. `is_same`: word for word but for punctuation."""

    pk: int
    score: float
    is_same: bool

    @property
    def word(self) -> str:
        """很相近, 相近, 文字相同."""
        if self.is_same:
            return "文字相同"
        return "很相近" if self.score >= VERY else "相近"


def bare(sentence: str) -> str:
    """What is compared."""
    return _SIGNS.sub("", fold(sentence))


def candidates(sentence: str, before: Mapping[int, str]) -> list[Candidate]:
    """Of `before` (id → `bare` sentence) those that are alike, the likest first."""
    wanted = bare(sentence)
    found = process.extract(wanted, before, scorer=_likeness, limit=MOST, score_cutoff=LIKE)
    return [Candidate(pk, score, words == wanted) for words, score, pk in found]


def _likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """The whole sentence; or a shorter one that stands in a longer, which says less."""
    whole = fuzz.ratio(one, other)
    within = 0.85 * fuzz.partial_ratio(one, other) if min(len(one), len(other)) > 8 else 0
    return max(whole, within)
