"""How often a figure was looked at, and to what effect, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

Pair = tuple[Decimal | None, Decimal | None]  # as filed, as verified


def checked_in_words(visits: int, figures: Iterable[Pair]) -> str:
    """本年核查3次，核减1次; what nobody looked at says so."""
    pairs = list(figures)
    less = sum(v is not None and r is not None and r < v for v, r in pairs)
    more = sum(v is not None and r is not None and r > v for v, r in pairs)
    words = [f"本年核查{visits}次" if visits else "本年未核查"]
    words += [f"核减{less}次"] if less else []
    words += [f"核增{more}次"] if more else []
    return "，".join(words)
