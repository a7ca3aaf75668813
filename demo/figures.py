"""The figures of each indicator, period by period. June is the published one where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from demo.amounts import cumulative_parts, quantum_of, rounded
from demo.goals import AHEAD_ITEMS, LATE_BY_PERCENT, SLOW_BY_PERCENT, key_of
from demo.people import SINCE
from demo.times import chance
from tasks.models import Indicator, IndicatorKind, IndicatorShare, Plan

MONTHS = (2, 3, 4, 5, 6, 7)
JUNE = 6
TENTH = Decimal("0.1")
# Parts done by the end of June, in thousandths of the target: by light, before the item's own luck.
AHEAD_PART, PACE_PART, SLOW_PART, LATE_PART = 640, 485, 405, 315


@dataclass(frozen=True)
class Value:
    """A cumulative figure (of a rate: the figure itself) with what was started."""

    value: Decimal
    started: Decimal | None = None
    source: str = ""


# (indicator id, unit id or None for the city) → month → figure
Series = dict[tuple[int, int | None], dict[int, Value]]


def all_figures(plan: Plan, data: Mapping[str, Any]) -> Series:
    """Every figure of the sample year."""
    series: Series = {}
    indicators = Indicator.objects.filter(plan=plan, task__isnull=False)
    for indicator in indicators.select_related("task__plan").prefetch_related("targets"):
        city = _city(indicator, data)
        series[indicator.pk, None] = city
        shares = list(IndicatorShare.objects.filter(indicator=indicator))
        if shares:
            series |= _parts(indicator, city, shares)
    return series


def _city(indicator: Indicator, data: Mapping[str, Any]) -> dict[int, Value]:
    assert indicator.task is not None
    item = key_of(indicator.task)
    given = data["figures"].get(item, {}).get(indicator.name, {})
    target = indicator.target_on(SINCE)
    assert target is not None
    if indicator.kind == IndicatorKind.RATE:
        values = {month: _rate(indicator, target.value, month) for month in MONTHS}
    else:
        values = _course(indicator, item, target.value, given)
    return {month: _value(indicator, target.value, month, values, given) for month in MONTHS}


def _rate(indicator: Indicator, target: Decimal, month: int) -> Decimal:
    """A rate creeps up to a little under its target."""
    luck = chance("rate", indicator.name).randrange(4, 9)
    return rounded(target * (960 + luck * month // 2) / 1000, TENTH)


def _course(
    indicator: Indicator, item: str, target: Decimal, given: Mapping[str, Any]
) -> dict[int, Decimal]:
    """Cumulative values that never fall: made up by the item's light, or as listed."""
    quantum = quantum_of(indicator.unit_of_measure)
    june = Decimal(_june_part(item, indicator.name)) / 1000
    published = given.get("published", {})
    if "value" in published:
        june = Decimal(str(published["value"])) / target
    course: dict[int, Decimal] = {}
    before = Decimal(0)
    for month in MONTHS:
        value = rounded(target * _part(item, june, month), quantum)
        listed = given.get("months", {}).get(str(month))
        if listed is not None:
            value = Decimal(str(listed))
        before = course[month] = min(max(value, before), target)
    return course


def _june_part(item: str, name: str) -> int:
    luck = chance("june", item, name).randrange(0, 25)
    if item in AHEAD_ITEMS:
        return AHEAD_PART + luck
    if item in LATE_BY_PERCENT:
        return LATE_PART + luck
    return (SLOW_PART if item in SLOW_BY_PERCENT else PACE_PART) + luck


def _part(item: str, june: Decimal, month: int) -> Decimal:
    """The part of the target reached by a month. Slow items slip in June, after a fair start."""
    if item in SLOW_BY_PERCENT and month < JUNE:
        return Decimal(month) / 12 - Decimal("0.025")
    return min(june * month / JUNE, Decimal(1))


def _value(
    indicator: Indicator,
    target: Decimal,
    month: int,
    values: Mapping[int, Decimal],
    given: Mapping[str, Any],
) -> Value:
    published = given.get("published") if month == JUNE else None
    if published is not None:
        value = Decimal(str(published["value"])) if "value" in published else values[month]
        if "started" in published:
            started: Decimal | None = Decimal(str(published["started"]))
        else:
            started = _started(indicator, target, month, value, given)
        return Value(value, started, _source(indicator, published, target))
    return Value(values[month], _started(indicator, target, month, values[month], given))


def _source(indicator: Indicator, published: Mapping[str, Any], target: Decimal) -> str:
    """The source, saying which half of the row it covers: no made-up figure stands beside it."""
    source = str(published["source"])
    if "value" not in published:
        return f"开工数：{source}；完工数为示例"
    if indicator.tracks_start and "started" not in published and published["value"] != target:
        return f"完成数：{source}；开工数为示例"
    return source


def _started(
    indicator: Indicator, target: Decimal, month: int, value: Decimal, given: Mapping[str, Any]
) -> Decimal | None:
    """What is begun runs ahead of what is finished, and never past the target."""
    if not indicator.tracks_start:
        return None
    listed = given.get("started", {}).get(str(month))
    if listed is not None:
        return Decimal(str(listed))
    part = Decimal(min(25 + 11 * month, 100)) / 100
    quantum = quantum_of(indicator.unit_of_measure)
    return max(value, rounded(value + (target - value) * part, quantum))


def _parts(indicator: Indicator, city: dict[int, Value], shares: list[IndicatorShare]) -> Series:
    """The parts of the counties, which add up to the city's figure in every month."""
    quantum = quantum_of(indicator.unit_of_measure)
    totals = [city[month].value for month in MONTHS]
    done = cumulative_parts(totals, [share.value for share in shares], quantum)
    series: Series = {(indicator.pk, share.unit_id): {} for share in shares}
    for month, row in zip(MONTHS, done, strict=True):
        begun = _parts_begun(city[month], row, shares, quantum)
        for share, value, started in zip(shares, row, begun, strict=True):
            series[indicator.pk, share.unit_id][month] = Value(value, started)
    return series


def _parts_begun(
    city: Value, done: list[Decimal], shares: list[IndicatorShare], quantum: Decimal
) -> list[Decimal] | list[None]:
    if city.started is None:
        return [None for _ in done]
    room = [share.value - value for share, value in zip(shares, done, strict=True)]
    (more,) = cumulative_parts([city.started - city.value], room, quantum)
    return [value + step for value, step in zip(done, more, strict=True)]
