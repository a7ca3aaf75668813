"""What an Excel cell can hold: the one safe passage for every value. Pure.

Text is always text (never a formula, an error value or a date), without what XML or Excel cannot
hold; figures stay figures; moments become Huangshi's wall clock, for cells know no time zones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from huangshi_tasks.lib.cell_text import (
    CUT,
    LONGEST_TEXT,
    LOOKS_LIKE_FORMULA,
    lines_of_text,
    safe_text,
    utf16_length,
)
from huangshi_tasks.lib.clock import SHANGHAI

__all__ = [
    "CUT",
    "LONGEST_TEXT",
    "LOOKS_LIKE_FORMULA",
    "Cell",
    "Formula",
    "Value",
    "cell_value",
    "lines_of",
    "safe_text",
    "utf16_length",
    "with_unit",
]


@dataclass(frozen=True)
class Formula:
    """A formula of ours, beginning with =. Never built from what people typed."""

    text: str


Value = str | int | float | Decimal | date | datetime | Formula | None

DATE, MOMENT = 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm"
POINTS, PERCENT = '+0.0;"−"0.0;0.0', "0.0%"


@dataclass(frozen=True)
class Cell:
    """A value with its look; without a format the kind of value decides. `tone`: `excel.TONES`."""

    value: Value
    number_format: str = ""
    tone: str = ""


def cell_value(value: Value) -> Value:
    """What may be written: clean text, finite figures, days, wall-clock moments."""
    if value is None:
        return None
    if isinstance(value, str):
        return safe_text(value) or None  # an empty text is an empty cell
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(SHANGHAI).replace(tzinfo=None)
    if isinstance(value, float | Decimal) and not Decimal(value).is_finite():
        return str(value)
    return value


def with_unit(value: Decimal, suffix: str) -> Cell:
    """A figure that stays a figure and prints its unit: 163.98 as ``163.98公里``."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    decimals = f".{'0' * places}" if places else ""
    quoted = safe_text(suffix).replace('"', "")
    return Cell(value, f'#,##0{decimals}"{quoted}"' if quoted else f"#,##0{decimals}")


def lines_of(value: Value, width: float) -> int:
    """How many printed lines a value takes in a column of `width` characters.

    Figures, days and moments never wrap.
    """
    return lines_of_text(value, width) if isinstance(value, str) else 1
