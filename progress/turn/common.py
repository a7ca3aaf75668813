"""Words that two sentences share, as the page marks them. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

SHORTEST = 3  # signs in a row that say something


def parted(sentence: str, other: str) -> list[tuple[str, bool]]:
    """`sentence` in pieces, each with whether `other` has it too."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for block in SequenceMatcher(None, sentence, other, autojunk=False).get_matching_blocks():
        if block.size < SHORTEST:
            continue
        if block.a > at:
            pieces.append((sentence[at : block.a], False))
        pieces.append((sentence[block.a : block.a + block.size], True))
        at = block.a + block.size
    if at < len(sentence):
        pieces.append((sentence[at:], False))
    return pieces
