"""What the number format of a cell makes of its value: 0.9 with `0%` is 90% to whoever reads it.

A figure is given as it is read; a format that shows another figure than the one that is kept
(thousands cut off, a point painted in, nothing at all) is refused with a sentence. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

DIGITS = 15  # what a figure in Excel can hold
# Dates of Chinese Excel that stand in no file: it writes their numbers alone.
CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日"),
    **dict.fromkeys((32, 34, 55), "h时mm分"),
    **dict.fromkeys((33, 35, 56), "h时mm分ss秒"),
    30: "m-d-yy",
    31: "yyyy年m月d日",
}
LONGEST_CODE = 255
FIRST_OWN = 164  # numbers below are built in

UNKNOWN = "单元格的格式无法读取，看不出是不是百分数或日期；请在新下载的表格中重新填写。"
REPAINTED = "单元格的数字格式改变了看到的数值，请把格式改为“常规”，再核对数值。"
UNSEEN = "单元格里有数值，但格式让它不显示；请把格式改为“常规”，再核对数值。"

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<word>[^\]]*)\]'
    r"|(?P<sign>.)",
    re.DOTALL,
)
_GENERAL = re.compile(r"General|G/通用格式|@", re.IGNORECASE)
_POWER = re.compile(r"E[+-]0+", re.IGNORECASE)
_MONEY = frozenset("¥￥$€£")
_SILENT = frozenset(" \u3000+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one cell says as text, or why that cannot be told."""

    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Section:
    """One part of a format. `digits` are its places (`#,##0.00`); `before` and `after` what is
    printed around them.
    """

    digits: str
    before: str
    after: str
    percents: int
    is_broken: bool  # something is printed between the digits
    is_conditional: bool

    @property
    def is_scaled(self) -> bool:
        return bool(re.search(r",(?=\.|$)", self.digits))

    @property
    def places(self) -> int:
        """How many digits are printed at least before the point."""
        whole = self.digits.partition(".")[0]
        return len(whole) if set(whole) == {"0"} else 0


@dataclass(frozen=True)
class Formats:
    """The formats of a workbook by number of the style; `codes` None: they cannot be read."""

    codes: tuple[str, ...] | None = ()
    epoch: datetime = WINDOWS_EPOCH

    def seen(self, value: float, style: int) -> Seen:
        """What a cell with that number says."""
        if self.codes is None:
            return Seen(figure(value)) if style == 0 else Seen(figure(value), UNKNOWN)
        code = self.codes[style] if style < len(self.codes) else "General"
        if code == "General":
            return Seen(figure(value))
        if len(code) > LONGEST_CODE:
            return Seen(figure(value), UNKNOWN)
        if _is_date(code):
            return Seen(_day(value, self.epoch))
        return _printed(value, _sections(code))


def code_of(number: int, own: dict[int, str]) -> str:
    """The format that a number stands for; `own` are those of the file."""
    built_in = CHINESE_DATES.get(number) or BUILTIN_FORMATS.get(number)
    return own.get(number) or built_in or "General"


def figure(value: float | Decimal) -> str:
    """0.30000000000000004 is 0.3 to everybody but the processor."""
    if isinstance(value, int) and abs(value) < 10**DIGITS:
        return str(value)
    try:
        return format(Decimal(format(value, f".{DIGITS}g")).normalize(), "f")
    except ArithmeticError:  # inf and nan
        return str(value)


def day_text(value: object) -> str:
    """A day, or a moment, as people type it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _day(value: float, epoch: datetime) -> str:
    try:
        found: Any = from_excel(value, epoch)
    except (OverflowError, ValueError):
        return figure(value)
    return figure(value) if found is None or isinstance(found, timedelta) else day_text(found)


@lru_cache(maxsize=512)
def _is_date(code: str) -> bool:
    return bool(is_date_format(code))


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(_POWER.sub("", _GENERAL.sub("0.#", code))):
        if token["sign"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(tokens) for tokens in parts)


def _section(tokens: list[re.Match[str]]) -> Section:
    digits, around, percents, is_broken, is_conditional = "", ["", ""], 0, False, False
    for token in tokens:
        sign = token["sign"] or ""
        if sign and sign in "0#?.," and (sign in "0#?" or digits):
            is_broken = is_broken or bool(around[1])
            digits += sign
            continue
        printed = token["quoted"] or token["escaped"] or token["money"] or sign
        is_conditional = is_conditional or (token["word"] or "")[:1] in tuple("<>=")
        percents += sign == "%"
        if printed not in _MONEY and printed not in _SILENT:
            around[bool(digits)] += printed
    return Section(digits, around[0], around[1], percents, is_broken, is_conditional)


def _printed(value: float, sections: tuple[Section, ...]) -> Seen:
    plain = figure(value)
    if any(each.is_scaled or each.is_broken for each in sections):
        return Seen(plain, REPAINTED)
    looks = {(each.before, each.after, each.percents) for each in sections}
    if len(looks) > 1 and any(each.is_conditional for each in sections):
        return Seen(plain, REPAINTED)
    place = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[place]
    before, after = section.before.replace("%", ""), section.after.replace("%", "")
    if not section.digits:
        return _without_digits(plain, section.before, is_zero=value == 0)
    if value == 0 and not set("0?") & set(section.digits):
        return Seen(plain, UNSEEN)
    if value <= 0:  # its own section prints the sign as it likes: red, in brackets; a dash for 0
        before, after = before.strip("-("), after.strip("-)")
    if any(sign in before + after for sign in "-("):
        return Seen(plain, REPAINTED)
    if section.percents:
        hundred = format(Decimal(plain) * 100**section.percents, "f")
        plain = f"{hundred.rstrip('0').rstrip('.') if '.' in hundred else hundred}%"
    elif isinstance(value, int) and value >= 0:
        plain = plain.zfill(section.places)
    return Seen(f"{before}{plain}{_quoted_percent(section)}{after}")


def _quoted_percent(section: Section) -> str:
    """90 with `0"%"` is 90% as well."""
    return "%" if not section.percents and section.after.startswith("%") else ""


def _without_digits(plain: str, printed: str, *, is_zero: bool) -> Seen:
    """Bookkeepers print a dash for 0."""
    if is_zero and printed.strip() in ("-", "—", "–"):
        return Seen(plain)
    return Seen(printed) if printed.strip() else Seen(plain, UNSEEN)
