"""How measures read in Chinese: 高于序时进度8个百分点, 低于目标0.5个百分点. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from huangshi_tasks.lib.text import number
from progress.lights.facts import BETWEEN, RATE, IndicatorFact

PERCENT_SIGNS = frozenset({"%", "％", ""})


def gap_words(gap: Decimal) -> str:
    """The gap to the expected progress: 低于序时进度6.9个百分点."""
    if gap == 0:
        return "与序时进度持平"
    return f"{'高于' if gap > 0 else '低于'}序时进度{number(abs(gap))}个百分点"


def direct_sentences(indicators: Iterable[IndicatorFact]) -> list[str]:
    """One clause for each rate and ceiling, held against the target and never against time."""
    return [
        f"{fact.name}{against_target(fact)}"
        for fact in indicators
        if fact.kind == RATE or fact.is_ceiling
    ]


def against_target(fact: IndicatorFact) -> str:
    """A figure held directly against its target, and against last year's end where known."""
    if fact.actual is None:
        return "暂无数据"
    if fact.target is None:
        return f"为{number(fact.actual)}{fact.unit_of_measure}（无目标值）"
    return _difference(fact, fact.actual, fact.target) + _since_baseline(fact, fact.actual)


def _difference(fact: IndicatorFact, actual: Decimal, target: Decimal) -> str:
    if fact.comparator == BETWEEN and fact.upper is not None:
        if target <= actual <= fact.upper:
            return "在目标区间内"
        if actual > fact.upper:
            return f"高于目标上限{_amount(fact, actual - fact.upper)}"
    if fact.is_ceiling and actual <= target:
        return "控制在目标以内"
    if actual == target:
        return "达到目标"
    return f"{'高于' if actual > target else '低于'}目标{_amount(fact, abs(actual - target))}"


def _since_baseline(fact: IndicatorFact, actual: Decimal) -> str:
    if fact.baseline is None or fact.baseline == actual:
        return ""
    verb = "提高" if actual > fact.baseline else "下降"
    return f"，比上年底{verb}{_amount(fact, abs(actual - fact.baseline))}"


def _amount(fact: IndicatorFact, difference: Decimal) -> str:
    if fact.kind == RATE and fact.unit_of_measure in PERCENT_SIGNS:
        return f"{number(difference)}个百分点"
    return f"{number(difference)}{fact.unit_of_measure}"
