from decimal import Decimal

import pytest

from progress.lights.facts import IndicatorFact
from progress.lights.measures import indicator_percent
from progress.lights.phrases import against_target, direct_sentences, gap_words


def rate(actual: str | None, target: str | None = "65", **fields: object) -> IndicatorFact:
    return IndicatorFact(
        name="城镇化率",
        target=Decimal(target) if target is not None else None,
        actual=Decimal(actual) if actual is not None else None,
        kind="rate",
        unit_of_measure="%",
        **fields,  # type: ignore[arg-type]  # each test names its own
    )


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (rate("65.5"), "高于目标0.5个百分点"),
        (rate("64"), "低于目标1个百分点"),
        (rate("65"), "达到目标"),
        (rate(None), "暂无数据"),
        (rate("64", None), "为64%（无目标值）"),
        (rate("64", baseline=Decimal(62)), "低于目标1个百分点，比上年底提高2个百分点"),
        (rate("64", baseline=Decimal("64.5")), "低于目标1个百分点，比上年底下降0.5个百分点"),
        (rate("2.8", "3", comparator="le"), "控制在目标以内"),
        (rate("3.2", "3", comparator="le"), "高于目标0.2个百分点"),
        (rate("66", comparator="between", upper=Decimal(67)), "在目标区间内"),
        (rate("68", comparator="between", upper=Decimal(67)), "高于目标上限1个百分点"),
        (rate("64", comparator="between", upper=Decimal(67)), "低于目标1个百分点"),
    ],
)
def test_a_rate_is_said_against_its_target(fact: IndicatorFact, words: str) -> None:
    assert against_target(fact) == words


def test_only_rates_and_ceilings_are_said_directly() -> None:
    roads = IndicatorFact("道路", Decimal(300), Decimal(100))
    assert direct_sentences([roads, rate("65")]) == ["城镇化率达到目标"]


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        ("8.0", "高于序时进度8个百分点"),
        ("-6.9", "低于序时进度6.9个百分点"),
        ("0.0", "与序时进度持平"),
    ],
)
def test_a_gap_is_said_in_points(gap: str, words: str) -> None:
    assert gap_words(Decimal(gap)) == words


def test_one_indicator_is_shown_uncapped() -> None:
    assert indicator_percent(IndicatorFact("路", Decimal(300), Decimal(360))) == 120
    assert indicator_percent(IndicatorFact("路", Decimal(300))) == 0
    assert indicator_percent(rate("65")) is None
