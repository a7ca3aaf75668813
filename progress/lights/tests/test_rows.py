"""An item is judged by all its rows: each cumulative number is one, the steps together are one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from progress.lights.facts import IndicatorFact, MilestoneFact, TaskFacts
from progress.lights.light import light_for
from progress.states import Light

JUNE, OCTOBER = date(2022, 6, 30), date(2022, 10, 31)
BUSES = IndicatorFact("公交路线", Decimal(10), Decimal(6), planned=Decimal(5))
RATE = IndicatorFact("普及率", Decimal(91), Decimal(90), kind="rate", unit_of_measure="%")
RAILS = MilestoneFact("轨道铺设", date(2022, 6, 20), done_on=date(2022, 6, 18))
TRAM = MilestoneFact("有轨电车通车", date(2022, 12, 20), Decimal(3))


def mixed(*milestones: MilestoneFact, **fields: object) -> TaskFacts:
    base = TaskFacts(
        *("quantitative", JUNE, date(2022, 12, 31), 2022),
        indicators=(BUSES,),
        milestones=milestones,
        counts_steps=True,
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # each test names its own


def test_the_steps_together_are_one_row_beside_each_number() -> None:
    judged = light_for(mixed(RAILS, TRAM))
    assert judged.percent == Decimal("42.5")  # 60 of the buses, 25 of the tram
    assert judged.expected == Decimal("37.5")  # 50 and 25
    assert judged.basis == "按计划值和节点"
    assert judged.lowest_in_words == "最低一项：节点25%"


def test_a_number_without_a_plan_is_expected_by_time_and_the_basis_says_so() -> None:
    judged = light_for(mixed(RAILS, TRAM, indicators=(replace(BUSES, planned=None),)))
    assert (judged.expected, judged.basis) == (Decimal("37.5"), "部分按时间折算")


def test_the_action_plan_may_weigh_the_rows() -> None:
    facts = mixed(RAILS, TRAM, indicators=(replace(BUSES, weight=Decimal(3)),))
    assert light_for(facts).percent == Decimal("51.3")  # (3 × 60 + 25) / 4
    assert light_for(replace(facts, steps_weight=Decimal(3))).percent == Decimal("42.5")


def test_a_rate_is_no_row_and_steps_beside_it_are_judged_as_before() -> None:
    facts = mixed(RAILS, TRAM, indicators=(RATE,))
    judged, before = light_for(facts), light_for(replace(facts, counts_steps=False))
    assert (judged.percent, judged.basis) == (before.percent, before.basis)
    assert judged.lowest_in_words == ""


def test_rows_that_stand_alike_name_no_lowest() -> None:
    assert light_for(mixed()).lowest is None
    assert (
        light_for(
            mixed(replace(RAILS, done_on=None), indicators=(replace(BUSES, actual=None),))
        ).lowest
        is None
    )


def test_an_overdue_step_stands_whatever_the_percent() -> None:
    done = replace(BUSES, actual=Decimal(10))
    overdue = replace(RAILS, done_on=None, due_on=date(2022, 6, 10))
    slow = light_for(mixed(overdue, TRAM, indicators=(done,) * 9))
    assert slow.percent == Decimal(90)
    assert (slow.light, "逾期" in slow.reason_in_words) == (Light.SLOW, True)
    late = light_for(mixed(overdue, TRAM, indicators=(done,) * 9, data_as_of=OCTOBER))
    assert late.light == Light.LATE
    all_numbers = light_for(mixed(overdue, indicators=(done,), counts_steps=False))
    assert (all_numbers.percent, all_numbers.light) == (Decimal(100), Light.SLOW)


def test_an_item_is_not_finished_by_its_numbers_alone() -> None:
    done = replace(BUSES, actual=Decimal(10))
    assert light_for(mixed(RAILS, TRAM, indicators=(done,))).percent == Decimal("62.5")
