"""Percentages of the text against what value and target give. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from huangshi_tasks.lib.text import number
from progress.quality.facts import Contradiction, Facts, Measure
from progress.quality.figures import doubt
from progress.quality.reading import Told, measure_of
from progress.quality.roles import Role

_OF_THE_WHOLE = re.compile("形象进度|总体进度|总进度|工程进度|完成率|总工程量|整体进度")


def checks(told: list[Told], facts: Facts) -> Iterator[Contradiction]:
    """Every percentage of a target that the figures do not give."""
    for each in told:
        if not each.amount.is_share or each.whose:
            continue
        measure = measure_of(each, facts)
        if measure is None:
            yield from _of_the_item(each, facts)
        elif not measure.is_rate and measure.unit not in ("%", "％"):
            yield from _of_a_measure(each, measure)


def _of_a_measure(told: Told, measure: Measure) -> Iterator[Contradiction]:
    is_begun = told.role == Role.START_SHARE
    value = measure.started if is_begun else measure.value
    if told.role not in (Role.SHARE, Role.START_SHARE) or value is None or not measure.target:
        return
    real = value / measure.target * 100
    if _holds(told, real):
        return
    verb = "开工率" if is_begun else "完成率"
    place = measure.place + ("started" if is_begun else "value")
    yield doubt(told, "percent", f"{measure.name}{verb}为{number(real, 1)}%", place)


def _of_the_item(told: Told, facts: Facts) -> Iterator[Contradiction]:
    """Of a single building: 形象进度 is what was typed."""
    if facts.measures or facts.percent is None or not _OF_THE_WHOLE.search(told.before):
        return
    if not _holds(told, facts.percent):
        yield doubt(told, "percent", f"本事项完成率为{number(facts.percent, 1)}%", "")


def _holds(told: Told, real: Decimal) -> bool:
    """Cut or rounded, and one in the last digit: people divide by hand."""
    amount = told.amount
    return amount.allows(real) or (not amount.fuzz and abs(amount.value - real) <= amount.quantum)
