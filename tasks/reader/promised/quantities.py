"""Figures with a unit of measure in a sentence: 300个以上, 2-3条, 1.5万亩, 突破120亿元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from huangshi_tasks.lib.figures import NotAFigure, figure_of
from tasks.reader.numbers import DIGIT, decimal

# What a number can count or measure, in the words of such notices; longer ones are tried first.
_COUNTS = (
    "个 家 座 条 所 张 户 户次 人 人次 名 位 件 项 处 台 台套 套 辆 栋 幢 间 场 场次 次 批"
    " 批次 对 棵 株 头 只 艘 支 种"
    " 类 班 部 篇 宗 起 口 眼 盏 份 册 倍 标箱 标准箱 班次 列 单 块 根 孔 床 台次"
)
_LENGTHS = "公里 千米 米 海里 里"
_AREAS = "平方公里 平方千米 平方米 平米 立方米 方 亩 公顷"
_WEIGHTS = "吨 公斤 千克 千瓦 千瓦时 兆瓦 度 升 吨标准煤"
_CONCENTRATIONS = "微克/立方米 毫克/立方米 毫克/升"
_MONEY = "元 美元 人民币"
_SHARES = "% ％ ‰ 个百分点 百分点"
_TIMES = "分钟 小时 个小时 天 日 年 个月 月 个工作日 工作日 周 季度 秒"


def _units(*groups: str) -> str:
    names = sorted({name for group in groups for name in group.split()}, key=len, reverse=True)
    return "|".join(re.escape(name) for name in names)


_BLANK = "[ \u3000\xa0\u2009\u202f]"
_GROUPS = rf"[1-9１-９]{DIGIT}{{0,2}}(?:(?:[,，]{DIGIT}{{3}})+|(?:{_BLANK}{DIGIT}{{3}})+)"
NUMBER = rf"{_GROUPS}(?:[.．]{DIGIT}+)?(?!{DIGIT})|{DIGIT}+(?:[.．]{DIGIT}+)?"
_COUNTED_UNITS = _units(_COUNTS, _LENGTHS, _AREAS, _WEIGHTS, _CONCENTRATIONS, _MONEY, _SHARES)
_ALL_UNITS = _units(_COUNTS, _LENGTHS, _AREAS, _WEIGHTS, _CONCENTRATIONS, _MONEY, _SHARES, _TIMES)
_MEASURE = rf"(?:万亿|万|亿|千万|百万|千|百)?(?:{_ALL_UNITS})"
_SUFFIX = "以上|及以上|以内|之内|以下|左右|上下"
_QUANTITY = re.compile(
    rf"(?<![A-Za-z0-9.．第\uff10-\uff19])(?P<value>{NUMBER})"
    rf"(?:(?P<first>{_MEASURE})?(?:[-—–~～－]{{1,2}}|至|到)(?P<upper>{NUMBER}))?"
    rf"(?P<more>多|余)?(?P<measure>{_MEASURE}|万亿|[万亿])?(?P<more_after>多|余)?(?P<suffix>{_SUFFIX})?"
    rf"(?![A-Za-z]|[.．]?{DIGIT})"
)
_AT_LEAST = "突破|超过|超出|超|不低于|不少于|不小于|至少|高于|大于|多于"
_AT_MOST = (
    "不超过|不高于|不多于|不大于|控制在|控制到|低于|少于|小于|降至|降到|下降到"
    "|压减至|压减到|压缩至|压缩到|缩短至|缩短到"
)
_COMPARING = (
    rf"(?P<ge>{_AT_LEAST})|(?P<le>{_AT_MOST})|(?P<about>大约|约)|达到|达至|达|稳定在|保持在|维持在"
)
_PREFIX = re.compile(rf"(?:{_COMPARING})$")
_APART = re.compile(
    rf"分别(?P<verb>增长|下降|提高|新增|新建|建成|改造|完成|实现)?(?:{_COMPARING})?$"
)
_MOST_DIGITS = 12  # what a target can store before the point; more is no promise but an accident
_TIME = re.compile(rf"(?:{_units(_TIMES)})")
_EXTENT = re.compile(rf"(?:万|亿|千|百)*(?:{_units(_LENGTHS, _AREAS, _WEIGHTS)})")
_MONEY_UNIT = re.compile(rf"(?:万|亿|千|百)*(?:{_units(_MONEY)})|[万亿]+")


# 2,8亿元 may be 2.8 or 28; of days and years commas make lists.
_BETWEEN = rf"(?:[,，]|{_BLANK})"
_UNCLEAR = re.compile(
    rf"(?<![A-Za-z0-9.．\uff10-\uff19]){DIGIT}+(?:[.．]{DIGIT}+)?"
    rf"(?:{_BETWEEN}{DIGIT}+){{1,6}}(?:[.．]{DIGIT}+)?"
    rf"(?=(?:万亿|万|亿|千万|百万|千|百)?(?:{_COUNTED_UNITS}))"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`start` is where its comparing words begin (突破, 控制在), `end` behind 以上 or 以内."""

    start: int
    number_start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    comparator: str
    suffix: str
    distributes: bool  # 分别突破300亿和400亿元
    verb: str  # 增长 in 分别增长10%和12%

    def moved(self, by: int) -> Quantity:
        """The same quantity in a text that has `by` more characters before it."""
        return replace(
            self,
            start=self.start + by,
            number_start=self.number_start + by,
            end=self.end + by,
        )

    @property
    def is_time(self) -> bool:
        return bool(_TIME.fullmatch(self.unit))

    @property
    def is_extent(self) -> bool:
        return bool(_EXTENT.fullmatch(self.unit))

    @property
    def is_level(self) -> bool:
        """A height to be at, not an amount that grows from 0 through the year."""
        return self.is_time or self.unit in _CONCENTRATIONS.split() or self.comparator == "le"

    @property
    def is_count(self) -> bool:
        # 100人以上企业 tells the size of an enterprise, not how many people are promised.
        return self.unit in _COUNTS.split() and self.unit != "人"

    @property
    def is_money(self) -> bool:
        return bool(_MONEY_UNIT.fullmatch(self.unit))

    @property
    def is_share(self) -> bool:
        return self.unit in _SHARES.split()


def find_quantities(text: str) -> list[Quantity]:
    """Every figure in order, promised or not; `unit` is empty where none is printed."""
    found = (_quantity(match, text) for match in _QUANTITY.finditer(text))
    return [each for each in found if each is not None]


def unclear_figures(text: str) -> Iterator[tuple[int, int, str]]:
    """Figures of two readings: start, end, and what to say of them."""
    for found in _UNCLEAR.finditer(text):
        try:
            figure_of(re.sub(r"\s", " ", found[0]))
        except NotAFigure as problem:
            yield found.start(), found.end(), str(problem)


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    value = decimal(match["value"])
    upper = decimal(match["upper"]) if match["upper"] else None
    if max(value, upper or value) >= 10**_MOST_DIGITS:
        return None
    near = text[max(0, match.start() - 10) : match.start()]
    apart = _APART.search(near)
    before = apart or _PREFIX.search(near)
    start = match.start() - (len(before[0]) if before else 0)
    unit = (match["measure"] or match["first"] or "").replace("％", "%")
    more = bool(match["more"] or match["more_after"])
    return Quantity(
        start=start,
        number_start=match.start(),
        end=match.end(),
        value=value,
        upper=upper,
        unit=unit,
        comparator=_comparator(before, match["suffix"] or "", upper is not None, more),
        suffix=match["suffix"] or "",
        distributes=apart is not None,
        verb=apart["verb"] or "" if apart else "",
    )


def _comparator(before: re.Match[str] | None, suffix: str, is_range: bool, more: bool) -> str:
    if is_range:
        return "between"
    if suffix in ("以上", "及以上"):
        return "ge"
    if suffix in ("以内", "之内", "以下"):
        return "le"
    if suffix:
        return "about"
    words = before.groupdict() if before else {}
    for comparator in ("ge", "le", "about"):
        if words.get(comparator):
            return comparator
    return "ge" if more else "eq"
