"""Chinese text for the screen and for documents: punctuation, figures, dates. Pure functions.

What is stored stays as it is (the notice is kept byte for byte); these functions only decide how
it is shown.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUS = "\u2212"
WEEKDAYS = "一二三四五六日"

_FULL_WIDTH = {
    ",": "\uff0c",
    ";": "\uff1b",
    ":": "\uff1a",
    "?": "\uff1f",
    "!": "\uff01",
    "(": "\uff08",
    ")": "\uff09",
}
# Han characters, Chinese quotes and stops, full-width brackets, circled numbers.
_CHINESE = (
    "\u4e00-\u9fff\u201c\u201d\u2018\u2019\u3001\u3002\u3008-\u3011\u3014\u3015\u2460-\u2473"
    "\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
)
_IS_CHINESE = re.compile(f"[{_CHINESE}]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_STRAY_BRACKET = re.compile(rf"(?<=[{_CHINESE}])[()]|[()](?=[{_CHINESE}])")
_STOP = re.compile(rf"(?<=[{_CHINESE}]) ?([,;:?!]) ?| ?([,;:?!]) ?(?=[{_CHINESE}])")


def one_line(text: str) -> str:
    """`text` without its line ends, for a head of a mail or a column of a list: browsers post what
    was typed with Enter as CRLF, and Unicode has six more signs that end a line.
    """
    return " ".join(part.strip() for part in text.splitlines() if part.strip())


@lru_cache(maxsize=4096)  # the same titles and names stand on every page
def full_width(text: str) -> str:
    """Half-width ``, ; : ? ! ( )`` beside Chinese characters become full-width.

    Figures keep theirs: ``1,000``, ``1.5``, ``2-3`` and ``16:20`` are untouched, and so is text
    without Chinese characters. A space next to a changed stop goes, for the full-width character
    brings its own. Applying it twice changes nothing more.
    """
    previous = None
    while previous != text:  # nested brackets, and stops beside what has just become full-width
        previous = text
        text = _BRACKETS.sub(_full_width_brackets, text)
        text = _STRAY_BRACKET.sub(lambda found: _FULL_WIDTH[found[0]], text)
        text = _STOP.sub(lambda found: _FULL_WIDTH[found[1] or found[2]], text)
    return text


def _full_width_brackets(found: re.Match[str]) -> str:
    before = found.string[: found.start()][-1:]
    after = found.string[found.end() :][:1]
    if any(_IS_CHINESE.search(part) for part in (found[1], before, after)):
        return f"{_FULL_WIDTH['(']}{found[1]}{_FULL_WIDTH[')']}"
    return found[0]


def decimal_of(value: Decimal | float | str) -> Decimal:
    """The exact decimal that a figure prints as; a float goes by its printed form."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def number(value: Decimal | float | str, places: int = 4) -> str:
    """A figure with thousands separators and without trailing zeros: ``52,630`` ``163.98``.

    Rounded half up to ``places`` digits after the point.
    """
    rounded = decimal_of(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if rounded < 0 else text


def plain(value: Decimal) -> str:
    """A figure as a field or JSON holds it: ``1250.5``, without separators and trailing zeros."""
    return format(value.normalize(), "f")


def percent(value: Decimal | float | str) -> str:
    """Percent with at most one digit after the point: ``58%`` ``58.8%``."""
    return f"{number(value, places=1)}%"


def signed_points(value: Decimal | float | str) -> str:
    """A difference in percentage points, always signed: ``+8.0``, ``−12.0``, and ``0.0``."""
    rounded = decimal_of(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded)}"


def _in_shanghai(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(SHANGHAI)
    return value


def day(value: date | datetime) -> str:
    """``8月5日``; of an aware moment its day in Shanghai."""
    local = _in_shanghai(value)
    return f"{local.month}月{local.day}日"


def long_day(value: date) -> str:
    """``2022年8月5日``."""
    return f"{value.year}年{day(value)}"


def day_week(value: date | datetime) -> str:
    """``8月5日（星期五）``."""
    local = _in_shanghai(value)
    return f"{day(local)}\uff08星期{WEEKDAYS[local.weekday()]}\uff09"


def deadline(value: date | datetime) -> str:
    """``8月5日（星期五）24时``: the whole last day is on time."""
    return f"{day_week(value)}24时"


def moment(value: datetime) -> str:
    """``8月2日16:20``, in Shanghai when the moment is aware."""
    local = _in_shanghai(value)
    return f"{day(local)}{local:%H:%M}" if isinstance(local, datetime) else day(local)
