"""Whatever comes in: lights are total, capped, and never worse for more work done."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from progress.lights.facts import TaskFacts
from progress.lights.light import IndicatorFact, MilestoneFact, light_for
from progress.lights.rules import OUTCOMES
from progress.states import Light

FIGURES = st.decimals(-(10**9), 10**13, places=4)

INDICATORS = st.builds(
    IndicatorFact,
    name=st.just("指标"),
    target=st.none() | FIGURES,
    actual=st.none() | FIGURES,
    kind=st.sampled_from(["cumulative", "rate"]),
    comparator=st.sampled_from(["ge", "le", "eq", "about", "between"]),
    direction=st.sampled_from(["up", "down"]),
    upper=st.none() | FIGURES,
    baseline=st.none() | FIGURES,
    planned=st.none() | FIGURES,
    unit_of_measure=st.sampled_from(["%", "个", ""]),
    weight=st.integers(1, 9).map(Decimal),
)

DAYS = st.dates(date(2021, 12, 1), date(2023, 2, 28))

MILESTONES = st.builds(
    MilestoneFact,
    name=st.just("节点"),
    due_on=DAYS,
    weight=st.integers(0, 9).map(Decimal),
    done_on=st.none() | DAYS,
)

FACTS = st.builds(
    TaskFacts,
    tracking=st.sampled_from(["quantitative", "milestone", "qualitative", "ongoing"]),
    data_as_of=DAYS,
    deadline=DAYS,
    year=st.just(2022),
    indicators=st.lists(INDICATORS, max_size=4).map(tuple),
    milestones=st.lists(MILESTONES, max_size=4).map(tuple),
    has_accepted=st.booleans(),
    proposed_light=st.sampled_from(["", *Light]),
    previous_gap=st.none() | st.decimals(-100, 100, places=1),
    planned_start=st.none() | DAYS,
    claimed_on=st.none() | DAYS,
    closed_outcome=st.sampled_from(["", *OUTCOMES]),
    is_suspended=st.booleans(),
    counts_steps=st.booleans(),
    steps_weight=st.integers(1, 9).map(Decimal),
)


@given(FACTS)
def test_every_task_gets_one_light_with_a_reason_and_capped_figures(facts: TaskFacts) -> None:
    judgement = light_for(facts)
    assert judgement.light in Light
    assert judgement.reason_in_words
    assert judgement.percent is None or 0 <= judgement.percent <= 100
    assert judgement.expected is None or 0 <= judgement.expected <= 100
    if judgement.gap is not None and judgement.expected is not None:
        assert judgement.gap == (judgement.percent or 0) - judgement.expected


@given(FACTS)
def test_what_was_opened_before_is_judged_by_numbers_else_by_steps(facts: TaskFacts) -> None:
    """The formula of before, written apart; weights of rows mean nothing to it."""
    before = replace(facts, counts_steps=False)
    judged = light_for(before)
    assert judged == light_for(replace(before, steps_weight=Decimal(7)))
    if facts.tracking in {"qualitative", "ongoing"}:
        assert judged.percent is None
    elif any(fact.counts for fact in facts.indicators):
        assert judged.percent == light_for(replace(before, milestones=())).percent
    else:
        assert judged.percent == light_for(replace(facts, counts_steps=True)).percent
    assert judged.lowest is None


@given(FACTS)
def test_the_lowest_row_is_never_above_the_mean(facts: TaskFacts) -> None:
    judged = light_for(replace(facts, counts_steps=True))
    if judged.lowest is not None:
        assert judged.percent is not None
        assert judged.lowest.percent <= judged.percent


@given(FACTS)
def test_only_an_approved_closure_is_done(facts: TaskFacts) -> None:
    if light_for(facts).light == Light.DONE:
        assert facts.closed_outcome in {"done", "mostly_done"}


RANK = {Light.NOT_STARTED: 0, Light.LATE: 0, Light.SLOW: 1, Light.ON_PACE: 2, Light.AHEAD: 3}


@given(
    st.decimals(0, 299, places=2),
    st.decimals(0, 299, places=2),
    st.none() | st.decimals(1, 300, places=1),
    st.none() | st.decimals(-100, 100, places=1),
)
def test_more_done_is_never_a_worse_light(
    one: Decimal, other: Decimal, planned: Decimal | None, previous_gap: Decimal | None
) -> None:
    low, high = sorted([one, other])
    worse, better = (
        light_for(
            TaskFacts(
                "quantitative",
                date(2022, 6, 30),
                date(2022, 12, 31),
                2022,
                indicators=(IndicatorFact("路", Decimal(300), value, planned=planned),),
                previous_gap=previous_gap,
                planned_start=date(2022, 3, 31),
            )
        )
        for value in (low, high)
    )
    assert worse.percent is not None
    assert better.percent is not None
    assert worse.percent <= better.percent
    assert RANK[worse.light] <= RANK[better.light]
