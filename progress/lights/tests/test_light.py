from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from progress.lights.facts import TaskFacts, Thresholds
from progress.lights.light import IndicatorFact, MilestoneFact, judged_in_words, light_for
from progress.lights.rules import OUTCOMES
from progress.models import Outcome
from progress.states import Light

JUNE = date(2022, 6, 30)

JULY = date(2022, 7, 31)


def road(actual: str | None, **fields: object) -> IndicatorFact:
    figure = Decimal(actual) if actual is not None else None
    return IndicatorFact("四好农村路", Decimal(300), figure, **fields)  # type: ignore[arg-type]  # each test names its own


def rate(actual: str, **fields: object) -> IndicatorFact:
    return IndicatorFact(
        "城镇化率",
        Decimal(65),
        Decimal(actual),
        kind="rate",
        unit_of_measure="%",
        **fields,  # type: ignore[arg-type]  # each test names its own
    )


def task(*indicators: IndicatorFact, **fields: object) -> TaskFacts:
    base = TaskFacts("quantitative", JUNE, date(2022, 12, 31), 2022, indicators=indicators)
    return replace(base, **fields)  # type: ignore[arg-type]  # each test names its own


def words(**fields: object) -> TaskFacts:
    return task(tracking="qualitative", **fields)


def test_the_light_says_why_in_words() -> None:
    judgement = light_for(task(road("129.3")))
    assert judgement.light == Light.SLOW
    assert judgement.reason_in_words == "完成率43.1%，低于序时进度6.9个百分点（按时间折算）"
    assert (judgement.percent, judgement.expected) == (Decimal("43.1"), Decimal("50.0"))
    assert (judgement.gap, judgement.basis) == (Decimal("-6.9"), "按时间折算")


@pytest.mark.parametrize(
    ("actual", "light"),
    [
        ("180", Light.AHEAD),  # gap +10
        ("179.7", Light.ON_PACE),
        ("135", Light.ON_PACE),  # gap −5
        ("134.7", Light.SLOW),
        ("105", Light.SLOW),  # gap −15
        ("104.7", Light.LATE),
    ],
)
def test_lights_change_exactly_at_the_thresholds(actual: str, light: Light) -> None:
    assert light_for(task(road(actual))).light == light


def test_thresholds_are_the_plans() -> None:
    strict = Thresholds(ahead=Decimal(1), on_pace=Decimal(0), slow=Decimal(-1))
    assert light_for(task(road("144")), strict).light == Light.LATE
    assert light_for(task(road("153")), strict).light == Light.AHEAD


def test_two_periods_running_below_are_late_and_one_is_not() -> None:
    slow = task(road("129.3"))
    assert light_for(replace(slow, previous_gap=Decimal("-5.1"))).light == Light.LATE
    assert light_for(replace(slow, previous_gap=Decimal("-5.0"))).light == Light.SLOW
    caught_up = task(road("150"), previous_gap=Decimal("-20"))
    assert light_for(caught_up).light == Light.ON_PACE


def test_a_hundred_percent_is_on_pace_until_the_closure_is_approved() -> None:
    full = task(road("310"))
    assert light_for(full).light == Light.ON_PACE
    assert light_for(full).reason_in_words == "完成率100%，待办结销号"
    assert light_for(replace(full, closed_outcome="done")).light == Light.DONE


@pytest.mark.parametrize(
    ("outcome", "light"),
    [
        (Outcome.DONE, Light.DONE),
        (Outcome.MOSTLY_DONE, Light.DONE),
        (Outcome.NOT_DONE, Light.LATE),
        (Outcome.CARRIED_OVER, Light.SLOW),
        (Outcome.ONGOING, Light.ON_PACE),
    ],
)
def test_every_outcome_of_the_year_has_its_light(outcome: Outcome, light: Light) -> None:
    closed = task(road("200"), closed_outcome=outcome, deadline=date(2022, 5, 31))
    assert light_for(closed).light == light


def test_every_outcome_is_stated() -> None:
    assert set(OUTCOMES) == set(Outcome.values)


def test_almost_finished_does_not_print_as_finished() -> None:
    assert light_for(task(road("299.99"))).percent == Decimal("99.9")


def test_one_indicator_above_its_target_does_not_pay_for_another() -> None:
    judgement = light_for(task(road("600"), road("0")))
    assert judgement.percent == Decimal("50.0")


def test_a_blank_never_filled_counts_nothing() -> None:
    assert light_for(task(road("300"), road(None))).percent == Decimal("50.0")


def test_planned_values_come_before_milestones_and_milestones_before_time() -> None:
    steps = (MilestoneFact("开工", date(2022, 3, 31), Decimal(3)), MilestoneFact("完工", JULY))
    planned = light_for(task(road("90", planned=Decimal(90)), milestones=steps))
    assert (planned.expected, planned.basis) == (Decimal("30.0"), "按计划值")
    stepped = light_for(task(road("90"), milestones=steps))
    assert (stepped.expected, stepped.basis) == (Decimal("75.0"), "按节点")
    timed = light_for(task(road("90")))
    assert (timed.expected, timed.basis) == (Decimal("50.0"), "按时间折算")


def test_an_indicator_without_a_planned_value_is_expected_by_time_and_said_so() -> None:
    judgement = light_for(task(road("90", planned=Decimal(90)), road("150")))
    assert (judgement.expected, judgement.basis) == (Decimal("40.0"), "部分按时间折算")


def test_milestones_count_by_weight() -> None:
    steps = (
        MilestoneFact("立项", date(2022, 3, 31), Decimal(3), done_on=date(2022, 3, 20)),
        MilestoneFact("完工", date(2022, 11, 30), Decimal(1)),
    )
    judgement = light_for(task(tracking="milestone", milestones=steps))
    assert (judgement.percent, judgement.expected) == (Decimal("75.0"), Decimal("75.0"))


def test_a_step_done_after_the_date_is_not_done_at_the_date() -> None:
    steps = (MilestoneFact("立项", date(2022, 5, 31), done_on=date(2022, 7, 2)),)
    assert light_for(task(tracking="milestone", milestones=steps)).percent == 0
    later = task(tracking="milestone", milestones=steps, data_as_of=JULY)
    assert light_for(later).percent == 100


def test_an_overdue_step_is_slow_and_a_month_later_late() -> None:
    open_step = (MilestoneFact("批复", date(2022, 6, 15)),)
    slow = words(milestones=open_step, proposed_light="on_pace")
    assert light_for(slow).light == Light.SLOW
    assert "节点“批复”逾期（应于6月15日完成）" in light_for(slow).reason_in_words
    a_day_short = replace(slow, data_as_of=date(2022, 7, 14))
    assert light_for(a_day_short).light == Light.SLOW
    assert light_for(replace(slow, data_as_of=date(2022, 7, 15))).light == Light.LATE


def test_an_overdue_step_does_not_improve_what_is_late() -> None:
    steps = (MilestoneFact("批复", date(2022, 6, 15)),)
    assert light_for(task(road("0.3"), milestones=steps)).light == Light.LATE


@pytest.mark.parametrize("light", ["ahead", "on_pace", "slow", "late", "not_started"])
def test_items_in_words_take_the_light_that_was_accepted(light: str) -> None:
    judgement = light_for(words(proposed_light=light))
    assert judgement.light == light
    assert judgement.percent is judgement.expected is judgement.gap is None


def test_a_unit_cannot_make_its_item_done_by_saying_so() -> None:
    judgement = light_for(words(proposed_light="done"))
    assert judgement.light == Light.ON_PACE
    assert "待办结销号" in judgement.reason_in_words


def test_nothing_accepted_yet_is_no_data() -> None:
    assert light_for(task(road("300"), has_accepted=False)).light == Light.NO_DATA


def test_past_the_deadline_without_a_claim_is_late_even_without_any_report() -> None:
    past = task(road("290"), deadline=date(2022, 6, 29))
    assert light_for(past).light == Light.LATE
    assert light_for(replace(past, has_accepted=False)).light == Light.LATE
    on_the_day = replace(past, deadline=JUNE)
    assert light_for(on_the_day).light == Light.AHEAD


def test_a_claim_in_time_stops_the_clock_and_a_late_one_does_not() -> None:
    past = task(road("290"), deadline=date(2022, 5, 31), data_as_of=JULY)
    assert light_for(replace(past, claimed_on=date(2022, 5, 31))).light == Light.ON_PACE
    assert light_for(replace(past, claimed_on=date(2022, 6, 1))).light == Light.LATE


def test_not_started_is_said_by_the_unit_or_follows_from_the_planned_start() -> None:
    assert light_for(words(proposed_light="not_started")).light == Light.NOT_STARTED
    idle = task(road("0"), planned_start=date(2022, 3, 31))
    assert light_for(idle).light == Light.NOT_STARTED
    assert light_for(replace(idle, planned_start=None)).light == Light.LATE
    started = task(road("150"), proposed_light="not_started")
    assert light_for(started).light == Light.ON_PACE


def test_a_suspended_item_is_not_judged() -> None:
    judgement = light_for(task(road("0"), is_suspended=True, deadline=date(2022, 1, 31)))
    assert judgement.light == Light.SUSPENDED


def test_rates_are_held_against_the_target_and_never_against_time() -> None:
    only_rates = task(rate("64.5", baseline=Decimal("63")), proposed_light="on_pace")
    judgement = light_for(only_rates)
    assert judged_in_words(only_rates)
    assert judgement.percent is None
    assert "城镇化率低于目标0.5个百分点，比上年底提高1.5个百分点" in judgement.reason_in_words
    mixed = light_for(task(road("150"), rate("65.2")))
    assert mixed.percent == Decimal("50.0")
    assert mixed.reason_in_words.endswith("；城镇化率高于目标0.2个百分点")


def test_a_ceiling_is_kept_or_broken_and_never_a_part_done() -> None:
    ceiling = IndicatorFact(
        "新增债务", Decimal(50), Decimal(20), comparator="le", unit_of_measure="亿元"
    )
    kept = light_for(task(road("150"), ceiling))
    assert kept.percent == Decimal("50.0")
    assert kept.reason_in_words.endswith("；新增债务控制在目标以内")
    broken = light_for(task(road("150"), replace(ceiling, actual=Decimal(53))))
    assert broken.reason_in_words.endswith("；新增债务高于目标3亿元")


def test_a_figure_that_shall_fall_is_measured_from_last_years_end() -> None:
    falling = IndicatorFact(
        "办理时限", Decimal(3), Decimal(5), comparator="le", direction="down", baseline=Decimal(7)
    )
    assert light_for(task(falling)).percent == Decimal("50.0")


def test_between_is_reached_at_its_lower_end() -> None:
    companies = IndicatorFact(
        "上市企业", Decimal(1), Decimal(1), comparator="between", upper=Decimal(2)
    )
    assert light_for(task(companies)).percent == 100


@pytest.mark.parametrize(("actual", "percent"), [("0", 100), ("5", 100)])
def test_a_target_of_zero_divides_nothing(actual: str, percent: int) -> None:
    zero = IndicatorFact("新增点位", Decimal(0), Decimal(actual))
    assert light_for(task(zero)).percent == percent


def test_an_item_without_numbers_and_steps_is_judged_in_words_and_marked() -> None:
    judgement = light_for(task(tracking="milestone", proposed_light="on_pace"))
    assert judgement.light == Light.ON_PACE
    assert judgement.marks == ("未报办理方案",)
    assert light_for(words(proposed_light="on_pace")).marks == ()


def test_marks_say_what_the_figures_rest_on() -> None:
    facts = task(road("150"), is_missing=True, is_in_review=True, is_corrected=True)
    assert light_for(facts).marks == ("未报送", "待审核", "已更正")
