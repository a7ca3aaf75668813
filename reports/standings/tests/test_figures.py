"""单位推进情况: the arithmetic for any numbers, what is counted, and that it stays frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.models import TaskPeriod
from reports.models import Standing, StandingState
from reports.standings import acts
from reports.standings.figures import counts_of
from reports.standings.pages import line_of
from reports.standings.points import DEFAULTS, LEAST_ITEMS, Counted, Weights, placed
from reports.standings.tests.standings import (
    JUNE,
    NOW,
    approval_on,
    approve,
    draft_of,
    finalize_until,
    group_units,
)
from reports.standings.weights import set_weights, weights_of, written
from reports.stats.facts import KINDS, facts_of, leads_of
from reports.stats.filing_lines import filing_lines
from reports.tests.factories import freeze
from reports.tests.random_year import make_random_year
from tasks.models import Plan, PlanRule
from tests.cast import Cast, at, make_item, make_responsibility, make_task
from units.errors import NotNow, Refused
from units.models import LogEntry, Unit

counts = st.fixed_dictionaries({kind: st.integers(0, 40) for kind in KINDS})
weights = st.fixed_dictionaries(
    {kind: st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10) for kind in KINDS}
)
units = st.lists(
    st.builds(Counted, st.just(0), st.sampled_from(["甲", "乙", ""]), st.integers(0, 30), counts),
    max_size=12,
).map(lambda drawn: [Counted(pk, u.group, u.items, u.counts) for pk, u in enumerate(drawn)])


@given(units, weights)
def test_only_a_group_and_three_items_are_ranked(drawn: list[Counted], by: Weights) -> None:
    for each in drawn:
        place = placed(drawn, by)[each.unit]
        assert (place.rank is not None) == (bool(each.group) and each.items >= LEAST_ITEMS)
        assert (place.rank is None) == (place.score is None) == bool(place.reason)
        assert place.points == sum(by[kind] * count for kind, count in each.counts.items())
        assert place.score is None or 0 <= place.score <= 100


@given(units, weights)
def test_the_same_score_has_the_same_rank_and_the_next_is_left_out(
    drawn: list[Counted], by: Weights
) -> None:
    places = placed(drawn, by)
    for group in ("甲", "乙"):
        own = [places[each.unit] for each in drawn if each.group == group]
        ranked = sorted((p.rank or 0, -(p.score or 0)) for p in own if p.rank is not None)
        best_first = sorted(score for _, score in ranked)
        assert ranked == [(best_first.index(score) + 1, score) for _, score in ranked]


@given(units, weights, st.sampled_from(sorted(KINDS)))
def test_one_more_fact_never_helps(drawn: list[Counted], by: Weights, kind: str) -> None:
    before = placed(drawn, by)
    for each in drawn:
        more: Mapping[str, int] = {**each.counts, kind: each.counts[kind] + 1}
        worse = Counted(each.unit, each.group, each.items, more)
        after = placed([worse if one is each else one for one in drawn], by)[each.unit]
        if after.score is not None and after.rank is not None:
            assert after.score <= (before[each.unit].score or 0)
            assert after.rank >= (before[each.unit].rank or 0)


@given(units, weights, st.integers(0, 1000))
def test_the_order_of_the_directory_changes_nothing(
    drawn: list[Counted], by: Weights, seed: int
) -> None:
    shuffled = Random(seed).sample(drawn, len(drawn))
    assert placed(shuffled, by) == placed(drawn, by)


def test_an_example_by_hand() -> None:
    """16 items: 4 behind, 2 late, 4 returned cost 120, a score of 92.50."""
    mine = Counted(1, "甲", 16, {"behind": 4, "late": 2, "returned": 4})
    other = Counted(2, "甲", 4, {"behind": 1, "late": 1})
    last = Counted(3, "甲", 3, {"behind": 3})
    places = placed([mine, other, last], DEFAULTS)
    found = [(int(p.points), str(p.score), p.rank or 0) for p in places.values()]
    assert found == [(120, "92.50", 1), (30, "92.50", 1), (60, "80.00", 3)]


@pytest.mark.django_db
def test_every_number_is_the_facts_of_the_finalized_periods(plan: Plan, cast: Cast) -> None:
    make_random_year(plan, cast, 5)
    group_units()
    made = draft_of(plan, cast)
    fresh = finalize_until(plan)
    facts = facts_of(fresh, JUNE, filing_lines(fresh, NOW))
    leads = leads_of(fresh, JUNE)
    assert facts
    assert sum(len(line["facts"]) for line in made.figures["units"]) == len(facts)
    for line in made.figures["units"]:
        own = [fact.kind for fact in facts if fact.unit.pk == line["unit"]]
        assert counts_of(line) == {kind: own.count(kind) for kind in KINDS}
        assert len(line["items"]) == sum(each.unit_id == line["unit"] for each in leads)
        assert Decimal(line["points"]) == sum(Decimal(fact["points"]) for fact in line["facts"])


@pytest.mark.django_db
def test_what_is_not_finalized_does_not_count(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast)
    freeze(task, "on_pace", percent=60)
    freeze(task, "late", code="2022-07", percent=10)
    made = draft_of(plan, cast)
    line = line_of(made, cast.lead.pk)
    assert line is not None
    assert counts_of(line)["behind"] == 0
    with pytest.raises(NotNow, match="尚未定稿"):
        acts.draft(plan=made.plan, day=date(2022, 7, 31), actor=cast.office, now=NOW)


@pytest.mark.django_db
def test_what_is_approved_never_changes_and_the_next_edition_does(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast)
    frozen = freeze(task, "late", percent=10)
    approved = approve(draft_of(plan, cast), cast)
    before = Standing.objects.get(pk=approved.pk).figures
    TaskPeriod.objects.filter(pk=frozen.pk).update(light="on_pace", reason="已更正。")
    Unit.objects.filter(pk=cast.lead.pk).update(name="市住建局（更名）")
    with pytest.raises(NotNow, match="已批准"):
        acts.refresh(standing=approved, actor=cast.office, now=at("2022-08-04"))
    assert Standing.objects.get(pk=approved.pk).figures == before
    freeze(task, "on_pace", code="2022-07", percent=60)
    july = draft_of(plan, cast, date(2022, 7, 31))
    line = line_of(july, cast.lead.pk)
    assert line is not None
    assert (counts_of(line)["behind"], line["name"]) == (0, "市住建局（更名）")
    assert acts.days_to_draft(july.plan)[0] < JUNE


@pytest.mark.django_db
def test_a_draft_reckoned_anew_says_whether_anything_changed(plan: Plan, cast: Cast) -> None:
    frozen = freeze(make_item(plan, cast), "late", percent=10)
    made = draft_of(plan, cast)
    made.plan = finalize_until(plan)
    same, changed = acts.refresh(standing=made, actor=cast.office, now=at("2022-08-03", "11:00:00"))
    assert not changed
    assert same.made_at > made.made_at
    TaskPeriod.objects.filter(pk=frozen.pk).update(light="on_pace")
    assert acts.refresh(standing=made, actor=cast.office, now=at("2022-08-03", "12:00:00"))[1]


@pytest.mark.django_db
def test_only_what_was_on_the_page_is_approved(plan: Plan, cast: Cast) -> None:
    made = draft_of(plan, cast)
    stale: dict[str, Any] = {"standing": made, "actor": cast.office, "now": NOW}
    with pytest.raises(NotNow, match="重新计算过"):
        acts.approve(approval=approval_on(cast), shown="", **stale)
    with pytest.raises(NotNow, match="早于"):
        acts.approve(
            approval=approval_on(cast, date(2022, 8, 2)), shown=made.made_at.isoformat(), **stale
        )
    assert Standing.objects.get(pk=made.pk).state == StandingState.DRAFT


@pytest.mark.django_db
def test_a_day_has_one_edition_until_it_is_taken_back(plan: Plan, cast: Cast) -> None:
    first = draft_of(plan, cast)
    with pytest.raises(NotNow, match="已经拟定"):
        draft_of(plan, cast)
    acts.drop(standing=first, reason="示例", actor=cast.office, now=NOW)
    second = approve(draft_of(plan, cast), cast)
    acts.revoke(standing=second, reason="示例", actor=cast.office, now=NOW)
    draft_of(plan, cast)
    assert not Standing.objects.visible_to(cast.leader).exists()
    acts_logged = set(LogEntry.objects.filter(action__startswith="standing.").values_list("action"))
    assert {name for (name,) in acts_logged} == {
        f"standing.{act}" for act in ("draft", "drop", "approve", "revoke")
    }


@pytest.mark.django_db
def test_new_weights_hold_from_the_next_day_once_something_was_approved(
    plan: Plan, cast: Cast
) -> None:
    first = dict(DEFAULTS) | {"late": Decimal("7.5")}
    then = dict(DEFAULTS) | {"late": Decimal(1)}
    set_weights(plan=plan, weights=first, actor=cast.office, now=NOW)
    assert weights_of(plan, JUNE) == first
    made = draft_of(plan, cast)
    assert made.figures["weights"] == written(first)
    approve(made, cast)
    for _ in range(2):
        set_weights(plan=plan, weights=then, actor=cast.office, now=NOW)
    assert weights_of(plan, NOW.date()) == first
    assert weights_of(plan, date(2022, 8, 4)) == then
    assert PlanRule.objects.filter(key="standing").count() == 2
    with pytest.raises(Refused):
        set_weights(plan=plan, weights=then, actor=cast.leader, now=NOW)


@pytest.mark.django_db
def test_who_leads_too_little_is_listed_with_the_reason(plan: Plan, cast: Cast) -> None:
    group_units()
    for number in (1, 2, 3):
        task = make_task(plan, number)
        make_responsibility(task, cast.lead, is_primary=True)
        if number < LEAST_ITEMS:
            make_responsibility(task, cast.co_lead)
    Unit.objects.filter(pk=cast.county.pk).update(rank_group="")
    make_responsibility(task, cast.county)
    figures = draft_of(plan, cast).figures
    found = {line["name"]: (line["rank"], line["reason"]) for line in figures["units"]}
    assert found == {
        "市住建局": (1, ""),
        "市城管委": (None, "牵头（责任）事项不足3项"),
        "大冶市政府": (None, "党群机关和中央、省属等单位不参加排名"),
    }
