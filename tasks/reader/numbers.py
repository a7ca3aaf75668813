"""Chinese ordinals and printed figures."""

from __future__ import annotations

import re
from decimal import Decimal

from huangshi_tasks.lib.figures import figure_of, half_width

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100}

_ONE_TO_NINE = "[一二三四五六七八九]"
CHINESE_ORDINAL = re.compile(
    rf"(?=[一二三四五六七八九十百])(?:{_ONE_TO_NINE}?百)?零?(?:{_ONE_TO_NINE}?十)?{_ONE_TO_NINE}?"
).pattern
DIGIT = "[0-9\uff10-\uff19]"


def chinese_ordinal(text: str) -> int:
    """`九` → 9, `十二` → 12, `一百零三` → 103. Expects a match of CHINESE_ORDINAL."""
    total = pending = 0
    for sign in text:
        if sign in _TENS:
            total += (pending or 1) * _TENS[sign]
            pending = 0
        else:
            pending = _DIGITS[sign]
    return total + pending


def decimal(text: str) -> Decimal:
    """A printed figure, full- or half-width, with or without thousands separators; expects a match
    of `quantities.NUMBER`, which is the same grammar as that of forms and cells.
    """
    return figure_of(re.sub(r"\s", " ", text))


def integer(text: str) -> int:
    """The printed number of an item; full-width digits count."""
    return int(half_width(text))
