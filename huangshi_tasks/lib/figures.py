"""A figure as people type it, in a form, a cell or a notice: one grammar for all three. Pure.

Separators stand between groups of three digits only: ``1,2`` may be 1.2 or 12, and is asked.
"""

from __future__ import annotations

import re
from decimal import Decimal

HIDDEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_EDGE = HIDDEN + _BLANKS
# Not NFKC: it makes digits of ² and ①.
_HALF_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: " ", 0x2212: "-"}

_LONGEST = 60
_SEPARATOR = ", '\u2019\xa0\u2007\u2009\u202f"
_PARTS = re.compile(r"(?P<sign>[+-]?) ?(?P<body>[\d.].*?)(?P<rest>[^\d.]*)", re.ASCII)
_PLAIN = re.compile(r"\d+\.?\d*|\.\d+", re.ASCII)
_GROUPED = re.compile(
    rf"[1-9]\d{{0,2}}(?P<by>[{_SEPARATOR}])\d{{3}}(?:(?P=by)\d{{3}})*(?:\.\d*)?", re.ASCII
)
_APART = re.compile(rf"[{_SEPARATOR}、。·]+")
_UNCLEAR = re.compile(rf"\d+(?:{_APART.pattern}\d+)+(?:\.\d+)?", re.ASCII)

NOT_A_FIGURE = "请填写数字，如 163.98，不带单位和文字。"


class NotAFigure(ValueError):  # noqa: N818  # an answer, not a fault
    """Why a text is no figure; `str()` is a whole Chinese sentence that says what to write."""


def trimmed(text: str) -> str:
    """`text` without blanks and hidden signs (zero width, byte order mark) at its edges."""
    return text.strip(_EDGE)


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as their half-width ones; nothing else changes."""
    return text.translate(_HALF_WIDTH)


def figure_of(text: str, unit: str = "") -> Decimal:
    """The figure that `text` means; `unit` may stand behind it. Raises `NotAFigure`."""
    typed = half_width(trimmed(text))
    found = _PARTS.fullmatch(typed) if len(typed) <= _LONGEST else None
    if found is None:
        raise NotAFigure(_asking(unit))
    rest, own = found["rest"].strip(), half_width(unit)
    if rest and rest != own:
        raise NotAFigure(_asking(unit))
    return Decimal(found["sign"] + _digits(found["body"], found["sign"], unit))


def _digits(body: str, sign: str, unit: str) -> str:
    if _PLAIN.fullmatch(body):
        return body
    if _GROUPED.fullmatch(body):
        return _APART.sub("", body)
    if _UNCLEAR.fullmatch(body):
        raise NotAFigure(_readings(body, sign))
    raise NotAFigure(_asking(unit))


def _readings(body: str, sign: str) -> str:
    """Both figures that somebody may have meant."""
    parts = _APART.split(body)
    whole = sign + ("".join(parts).lstrip("0") or "0")
    if len(parts) > 2 or "." in body:
        return f"“{sign}{body}”中的分隔符位置不对，请不加分隔符，如{whole}。"
    return f"“{sign}{body}”有两种读法，请写{sign}{parts[0]}.{parts[1]}或{whole}。"


def _asking(unit: str) -> str:
    if not unit:
        return NOT_A_FIGURE
    return f"请填写数字，如 163.98，以“{unit}”计；不带其他单位和文字。"
