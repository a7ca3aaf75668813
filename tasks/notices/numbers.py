"""Chinese ordinals and printed figures."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_DIGITS.update({"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5})
_TENS = {"十": 10, "百": 100}

CHINESE_ORDINAL = r"[零〇一二三四五六七八九十百]{1,7}"
DIGIT = "[0-9\uff10-\uff19]"


def chinese_ordinal(text: str) -> int:
    """`九` → 9, `十二` → 12, `一百零三` → 103. Expects a match of CHINESE_ORDINAL."""
    if not any(sign in _TENS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = pending = 0
    for sign in text:
        if sign in _TENS:
            total += (pending or 1) * _TENS[sign]
            pending = 0
        else:
            pending = _DIGITS[sign]
    return total + pending


def decimal(text: str) -> Decimal:
    """A printed figure, full- or half-width, with or without thousands separators."""
    return Decimal(re.sub("[,\uff0c\\s]", "", unicodedata.normalize("NFKC", text)))


def integer(text: str) -> int:
    """The printed number of an item; full-width digits count."""
    return int(unicodedata.normalize("NFKC", text))
