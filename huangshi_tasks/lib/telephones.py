"""The mobile number in what people write into a field of a telephone. Pure."""

from __future__ import annotations

import re
import unicodedata

from huangshi_tasks.lib.fold import DOTS, without_hidden

# Blanks and dashes of all kinds part the digits of one number, and brackets stand round a prefix.
_PARTED = rf"[\s\-\u2010-\u2015\u2212.{DOTS}]*"
_MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\(?\+|00){_PARTED}86\)?{_PARTED}|86{_PARTED}|0)?(1[3-9](?:{_PARTED}\d){{9}})(?!\d)"
)


def mobile_in(text: str) -> str:
    """The first mobile number in `text`, eleven digits; empty where there is none.

    ``138 0013 8000（办）/0714-6350000`` and ``＋86-138-0013-8000`` are 13800138000.
    """
    plain = unicodedata.normalize("NFKC", without_hidden(text))
    found = _MOBILE.search(plain)
    return re.sub(r"\D", "", found[1]) if found else ""
