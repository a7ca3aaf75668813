"""Amounts of the text against the figures, targets and last period of the item. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from huangshi_tasks.lib.text import number
from progress.quality.amounts import Amount, base_of
from progress.quality.facts import Contradiction, Facts, Measure
from progress.quality.reading import Told, measure_of
from progress.quality.roles import Role

_TOGETHER = re.compile("累计|截至|截止|年初以来|底|末|目前")
_SAID_DONE = re.compile("累计|共|完成|完工|建成|已|竣工|达|治理|打通|拆除|总计|合计")


def checks(told: list[Told], facts: Facts) -> Iterator[Contradiction]:
    """Every amount that is not what the form says of the same thing."""
    for each in told:
        measure = measure_of(each, facts)
        if measure is None or each.whose:
            continue
        if each.amount.base == "百分点":
            yield from _points(each, measure)
        elif each.amount.is_share == (base_of(measure.unit)[0] == "%"):
            yield from _amount(each, measure)


def _amount(told: Told, measure: Measure) -> Iterator[Contradiction]:
    """One amount against what its role says it is."""
    expected = _expected(told, measure)
    if expected is None:
        return
    kind, words, column, real = expected
    amount, worth = told.amount, base_of(measure.unit)[1]
    if told.role == Role.TARGET and measure.upper and amount.allows(measure.upper * worth):
        return
    if _is_rounded(real * worth, amount, worth):
        return
    if amount.allows(real * worth) or _means_another(told, measure, worth):
        return
    if kind in ("number", "started", "target") and is_off_by_tens(amount, real * worth):
        kind = "unit"
    yield doubt(told, kind, f"{measure.name}{words}{said(real, measure)}", measure.place + column)


def _is_rounded(real: Decimal, amount: Amount, worth: Decimal) -> bool:
    """33512人 for a figure of 3.35万人: the form holds fewer digits than the text."""
    quantum = Decimal(1).scaleb(int((real / worth).as_tuple().exponent)) * worth
    return worth > 1 and quantum > amount.quantum and abs(real - amount.value) * 2 <= quantum


def _expected(told: Told, measure: Measure) -> tuple[str, str, str, Decimal] | None:
    """Kind, what the figure is called, its field, and its value; None where it is not known."""
    value, last, target = measure.value, measure.last, measure.target
    started = measure.started
    known: tuple[str, str, str, Decimal | None] | None = {
        Role.DONE: ("number", "为" if measure.is_rate else "累计完成", "value", value),
        Role.STARTED: ("started", "累计开工", "started", started),
        Role.ALL_STARTED: ("started", "累计开工", "started", started),
        Role.INCREASE: ("increase", "本期完成", "value", less(value, last)),
        Role.START_INCREASE: (
            "increase",
            "本期开工",
            "started",
            less(started, measure.last_started),
        ),
        Role.LAST: ("last", "上期为", "value", last),
        Role.TARGET: ("target", "目标为", "value", target),
        Role.REST: ("sum", "距目标", "value", _rest(told, measure)),
        Role.UNSTARTED: ("sum", "未开工", "started", less(target, started)),
        Role.BUILDING: ("sum", "在建", "started", less(started, value)),
    }.get(told.role)
    if known is None:
        return None
    if told.role == Role.ALL_STARTED and not _is(told.amount, target, measure):
        return None  # of another group than the whole
    kind, words, column, real = known
    return None if real is None else (kind, words, column, real)


def _rest(told: Told, measure: Measure) -> Decimal | None:
    """What is missing to the target; of a rate above it, what is beyond."""
    if re.search("开工|启动|进场|招标", told.after[:8]) and measure.started is not None:
        rest = less(measure.target, measure.value)
        return rest if _is(told.amount, rest, measure) else less(measure.target, measure.started)
    return less(measure.target, measure.value)


def _means_another(told: Told, measure: Measure, worth: Decimal) -> bool:
    """Where the words leave open what is meant: this period's, the target, what is begun."""
    if told.role != Role.DONE or told.amount.fuzz:
        return False
    possible = []
    if not _TOGETHER.search(told.before):
        possible.append(less(measure.value, measure.last))
    if not _SAID_DONE.search(told.before):
        possible += [measure.target, measure.started]
    if measure.is_rate and measure.value is not None and measure.target:
        possible.append(measure.value / measure.target * 100)
    return any(each is not None and told.amount.allows(each * worth) for each in possible)


def _points(told: Told, measure: Measure) -> Iterator[Contradiction]:
    """较上月提高0.5个百分点, 距目标差1.6个百分点: of a rate only."""
    if not measure.is_rate:
        return
    kind, words, real = "", "", None
    if re.search("较上月|比上月|较上期|比上期|环比", told.before):
        kind, words, real = "increase", "本期变化", less(measure.value, measure.last)
    elif re.search("目标", told.before) and re.search("差|超|高|低|距", told.before):
        kind, words, real = "sum", "与目标相差", less(measure.target, measure.value)
    if real is not None and not told.amount.allows(abs(real)):
        other = f"{measure.name}{words}{number(abs(real))}个百分点"
        yield doubt(told, kind, other, f"{measure.place}value")


def is_off_by_tens(amount: Amount, real: Decimal) -> bool:
    """The same digits, another scale: 8.9平方米 for 8.9万平方米."""
    if not real or not amount.value:
        return False
    return amount.value.normalize().as_tuple().digits == real.normalize().as_tuple().digits


def doubt(told: Told, kind: str, other: str, other_place: str) -> Contradiction:
    """A contradiction that quotes the amount."""
    return Contradiction(kind, "", told.amount.start, told.amount.end, other, other_place)


def less(one: Decimal | None, two: Decimal | None) -> Decimal | None:
    """The difference of what is known."""
    return None if one is None or two is None else one - two


def said(value: Decimal, measure: Measure) -> str:
    """A value of the measure in words."""
    return f"{number(value)}{measure.unit}"


def _is(amount: Amount, value: Decimal | None, measure: Measure) -> bool:
    return value is not None and amount.value == value * base_of(measure.unit)[1]
