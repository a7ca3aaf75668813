"""Numbers with their unit of measure in a text, each with what its words leave open. Pure.

Read in `plain` text, which is as long as the text itself, so that places are the same in both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from huangshi_tasks.lib.figures import half_width
from huangshi_tasks.lib.fold import unified

_COUNTED = """
    台套 户次 人次 班次 标箱 个 家 座 条 所 张 户 人 名 件 项 处 台 套 辆 栋 间 场 次 批 对 株 艘 种
    宗 起 口 部 盏 份 册 列 块 根 孔 床 位 只 头 棵 村
"""
COUNTS = tuple(_COUNTED.split())
# unit → the unit that stands for its family, and how many of those it is
MEASURED = {
    "公里": ("公里", "1"),
    "千米": ("公里", "1"),
    "米": ("公里", "0.001"),
    "平方公里": ("平方米", "1000000"),
    "平方千米": ("平方米", "1000000"),
    "平方米": ("平方米", "1"),
    "平米": ("平方米", "1"),
    "㎡": ("平方米", "1"),
    "公顷": ("亩", "15"),
    "亩": ("亩", "1"),
    "立方米": ("立方米", "1"),
    "吨": ("吨", "1"),
    "公斤": ("吨", "0.001"),
    "元": ("元", "1"),
    "美元": ("美元", "1"),
    "千瓦": ("千瓦", "1"),
    "兆瓦": ("千瓦", "1000"),
}
SHARES = {
    "%": ("%", "1"),
    "个百分点": ("百分点", "1"),
    "百分点": ("百分点", "1"),
    "成": ("%", "10"),
}
SCALES = {
    "": 0,
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "万亿": 12,
}
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = "[零〇一二两三四五六七八九十百千]+(?:万[零〇一二两三四五六七八九十百千]*)?"
_UNITS = "|".join(sorted((*COUNTS, *MEASURED, *SHARES), key=len, reverse=True))
_SCALE = "万亿|千万|百万|十万|[万亿千百十]"
_ABOUT = "大约|约为|约|将近|接近|近|超过|超出|超|逾|突破|不足|不到|至少|不低于|不少于"
_AMOUNT = re.compile(
    rf"(?P<about>{_ABOUT})?(?<![A-Za-z0-9.第〔\[])(?<!\d-)"
    rf"(?:(?P<digits>{_NUMBER})(?P<more>余|多)?(?P<scale>{_SCALE})?|(?P<han>{_HAN}))"
    rf"(?P<more2>余|多)?(?P<unit>{_UNITS})(?![年月]|工作日)(?P<tail>以上|左右|多|有余)?"
)
_BY_HUNDRED = re.compile(rf"百分之(?P<han>{_HAN})")
_HALF = re.compile("过半|超半|一半")
_THINGS = """
    个 家 座 条 所 户 件 项 处 台 台套 套 辆 栋 间 对 艘 种 宗 部 盏 块 根 孔 只 头 棵 村
"""
_ALIKE = (frozenset(_THINGS.split()), frozenset(("人", "名", "位")))
NEAR, ABOUT, OVER, UNDER = "near", "about", "over", "under"
_FUZZ = {
    **dict.fromkeys(("将近", "接近", "近"), NEAR),
    **dict.fromkeys(("大约", "约为", "约", "左右"), ABOUT),
    **dict.fromkeys(("超过", "超出", "超", "逾", "突破", "至少", "不低于", "不少于"), OVER),
    **dict.fromkeys(("余", "多", "以上", "有余"), OVER),
    **dict.fromkeys(("不足", "不到"), UNDER),
}


@dataclass(frozen=True)
class Amount:
    """`value` and `quantum` (what the last digit written is worth) in units of the `base`."""

    start: int
    end: int
    value: Decimal
    quantum: Decimal
    base: str
    unit: str
    fuzz: str = ""
    is_han: bool = False

    @property
    def is_share(self) -> bool:
        return self.base == "%"

    def allows(self, real: Decimal) -> bool:
        """Whether the words hold for the amount `real`, in the same base."""
        said = self.value
        if self.fuzz == ABOUT:
            return abs(real - said) * 20 <= abs(said) + 10 * self.quantum
        if self.fuzz == NEAR:
            return said * 9 <= real * 10 and real <= said
        if self.fuzz == OVER:
            return real >= said and real * 2 <= said * 3
        if self.fuzz == UNDER:
            return real < said and real * 10 >= said * 8
        return said in (_to(real, self.quantum, ROUND_HALF_UP), _to(real, self.quantum, ROUND_DOWN))


def plain(text: str) -> str:
    """`text` with half-width signs and without radicals, as long as it was."""
    return half_width(unified(text)).replace("—", "-").replace("－", "-").replace("~", "-")


def amounts_in(text: str) -> list[Amount]:
    """Every amount of a `plain` text, in its order; percentages in words too."""
    found = [amount for each in _AMOUNT.finditer(text) if (amount := _amount(each)) is not None]
    for each in _BY_HUNDRED.finditer(text):
        value = Decimal(han_number(each["han"]))
        found.append(Amount(each.start(), each.end(), value, Decimal(1), "%", "%"))
    for each in _HALF.finditer(text):
        fuzz = OVER if each[0] != "一半" else ABOUT
        found.append(Amount(each.start(), each.end(), Decimal(50), Decimal(1), "%", "%", fuzz))
    return sorted(found, key=lambda amount: amount.start)


def _amount(found: re.Match[str]) -> Amount | None:
    unit, han = found["unit"], found["han"]
    base, factor = base_of(unit)
    if han is not None:
        digits, scale = Decimal(han_number(han)), Decimal(1)
    else:
        digits = Decimal(found["digits"].replace(",", ""))
        scale = Decimal(10) ** SCALES[found["scale"] or ""]
    worth = scale * factor
    quantum = Decimal(1).scaleb(int(digits.as_tuple().exponent)) * worth
    return Amount(
        start=found.start(),
        end=found.end(),
        value=digits * worth,
        quantum=quantum / 2 if unit == "成" else quantum,
        base=base,
        unit=unit,
        fuzz=_fuzz(found) or (ABOUT if unit == "成" else ""),
        is_han=han is not None,
    )


def _fuzz(found: re.Match[str]) -> str:
    words = (found["about"], found["more"], found["more2"], found["tail"])
    return next((_FUZZ[word] for word in words if word), "")


def base_of(unit: str) -> tuple[str, Decimal]:
    """The unit that stands for the family of `unit` (万平方米, 亿元, 家), and its worth in it."""
    unit = plain(unit)
    for scale in sorted(SCALES, key=len, reverse=True):
        rest = unit.removeprefix(scale)
        if scale and rest and rest != unit and (rest in MEASURED or rest in COUNTS):
            base, factor = base_of(rest)
            return base, factor * Decimal(10) ** SCALES[scale]
    known = MEASURED.get(unit) or SHARES.get(unit)
    return (known[0], Decimal(known[1])) if known else (unit, Decimal(1))


def are_alike(one: str, two: str) -> bool:
    """Whether people write one unit for the other: 家 for 户, 台 for 辆; of acts none."""
    return one == two or any(one in group and two in group for group in _ALIKE)


def han_number(text: str) -> int:
    """``一百一十`` → 110, ``三万三千五百`` → 33500."""
    if "万" in text:
        high, _, low = text.partition("万")
        return han_number(high) * 10000 + (han_number(low) if low else 0)
    whole, digit = 0, 0
    for sign in text:
        if sign in _TENS:
            whole, digit = whole + (digit or 1) * _TENS[sign], 0
        else:
            digit = _DIGITS[sign]
    return whole + digit


def _to(value: Decimal, quantum: Decimal, way: str) -> Decimal:
    return (value / quantum).to_integral_value(way) * quantum
