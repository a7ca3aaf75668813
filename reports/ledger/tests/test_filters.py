"""Filters of the ledger: choices, counts, keyword."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from django.http import QueryDict

from reports.ledger.asked import OUTLOOK, PROBLEM, rows_asked
from reports.ledger.facets import ASKING, SHORT
from reports.ledger.filters import LedgerFilter
from reports.ledger.rows import load_rows
from reports.tests.factories import freeze, make_post
from reports.tests.random_year import designate, make_random_year
from tasks.models import Plan, Task
from tests.cast import Cast, make_responsibility, make_task
from units.actors import Actor
from units.models import UnitAlias

pytestmark = pytest.mark.django_db
TODAY = date(2022, 8, 3)


def filtered(plan: Plan, actor: Actor, query: str = "") -> LedgerFilter:
    rows = load_rows(plan, actor, TODAY)
    return LedgerFilter(QueryDict(query), plan=plan, actor=actor, rows=rows)


def numbers(plan: Plan, actor: Actor, query: str) -> list[int]:
    return [row.task.number for row in filtered(plan, actor, query).matching_rows()]


@pytest.mark.parametrize("who", ["office", "reporter", "supporter", "leader"])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_count_equals_the_rows_after_the_click(
    plan: Plan, cast: Cast, who: str, seed: int
) -> None:
    make_random_year(plan, cast, seed)
    actor: Actor = getattr(cast, who)
    rows = load_rows(plan, actor, TODAY)
    rng = Random(seed)

    def narrowed(chosen: dict[str, str]) -> LedgerFilter:
        query = QueryDict(mutable=True)
        query.update(chosen)
        return LedgerFilter(query, plan=plan, actor=actor, rows=rows)

    compared = 0
    for _ in range(12):
        chosen: dict[str, str] = {}
        for name, facet in narrowed({}).facets().items():
            if facet.shown and rng.random() < 0.3:
                chosen[name] = rng.choice(facet.shown).value
        if rng.random() < 0.3:
            chosen["q"] = rng.choice(["300", "市财政局", "泊位"])
        for name, facet in narrowed(chosen).facets().items():
            without = {key: value for key, value in chosen.items() if key != name}
            assert facet.all_count == len(narrowed(without).matching_rows())
            for option in facet.options:
                clicked = narrowed({**chosen, name: option.value})
                assert clicked.qs.count() == len(clicked.matching_rows()) == option.count
                compared += option.count > 0
    assert compared > 50  # the year is not so narrow that only zeros were compared


def test_role_is_asked_of_the_chosen_unit_and_else_of_the_own_one(plan: Plan, cast: Cast) -> None:
    led, supported = make_task(plan, 1), make_task(plan, 2)
    make_responsibility(led, cast.lead, is_primary=True)
    make_responsibility(led, cast.support, "support")
    make_responsibility(supported, cast.support, is_primary=True)
    make_responsibility(supported, cast.lead, "support")
    assert numbers(plan, cast.reporter, "role=support") == [2]
    assert numbers(plan, cast.reporter, f"role=support&unit={cast.support.pk}") == [1]
    assert numbers(plan, cast.office, "role=support") == [1, 2]


def test_light_groups_are_those_of_the_bulletin(plan: Plan, cast: Cast) -> None:
    for number, light in enumerate(["done", "ahead", "on_pace", "slow", "late", "suspended"], 1):
        freeze(make_task(plan, number), light)
    make_task(plan, 7)
    assert numbers(plan, cast.office, "light=reached") == [2, 3]
    assert numbers(plan, cast.office, "light=behind") == [4, 5]
    assert numbers(plan, cast.office, "light=no_data") == [7]


def test_the_post_in_charge_filters(plan: Plan, cast: Cast) -> None:
    post = make_post("示例副市长", cast.lead)
    make_responsibility(make_task(plan, 1), cast.lead, is_primary=True)
    make_responsibility(make_task(plan, 2), cast.co_lead, is_primary=True)
    assert numbers(plan, cast.office, f"leader={post.pk}") == [1]


@pytest.mark.parametrize(
    "query",
    ["unit=999", "unit=abc", "area=9", "light=red", "kind=%00", "q=%00", "q=" + "长" * 101],
)
def test_what_is_not_offered_finds_nothing(plan: Plan, cast: Cast, query: str) -> None:
    make_responsibility(make_task(plan), cast.lead, is_primary=True)
    filters = filtered(plan, cast.office, query)
    assert filters.matching_rows() == []
    assert filters.qs.count() == 0
    assert filters.invalid_labels


def test_choices_name_only_units_of_items_the_actor_sees(plan: Plan, cast: Cast) -> None:
    make_responsibility(make_task(plan, 1), cast.lead, is_primary=True)
    make_responsibility(make_task(plan, 2), cast.co_lead, is_primary=True)
    offered = [option.label for option in filtered(plan, cast.reporter).facets()["unit"].options]
    assert offered == ["市住建局"]
    assert filtered(plan, cast.reporter, f"unit={cast.co_lead.pk}").matching_rows() == []


@pytest.mark.parametrize("who", ["leader", "observer"])
def test_where_a_filing_stands_is_no_filter_for_readers(plan: Plan, cast: Cast, who: str) -> None:
    make_task(plan)
    assert "filing" not in filtered(plan, getattr(cast, who)).facets()


@pytest.fixture
def searched(plan: Plan, cast: Cast) -> Task:
    """Item 17, which also speaks of 300 km, and item 3, which speaks of 170."""
    task = make_task(plan, 17, text="改造道路300公里(含桥梁),完成投资1.5亿元。")
    cast.lead.pinyin = "szjj"
    cast.lead.save()
    designate(task, cast.support, "support")
    make_responsibility(task, cast.lead, is_primary=True)
    UnitAlias.objects.create(unit=cast.lead, name="市住房和城乡建设局")
    make_task(plan, 3, text="新建泊位170个。", short_title="泊位")
    return task


@pytest.mark.parametrize(
    "words",
    [
        "17",
        "300",
        "1.5亿元",
        "第17项",
        "桥梁",
        "公里（含桥梁），",
        "道路改造17",
        "市住建局",
        "城乡建设局",
        "zjj",
        "ZJJ",
        "市财政局",
        "道路 财政局",
    ],
)
def test_a_keyword_finds(plan: Plan, cast: Cast, searched: Task, words: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = words
    assert numbers(plan, cast.office, query.urlencode()) == [17]


@pytest.mark.parametrize("words", ["70", "30", "5", "不存在", "道路 泊位", "xyz"])
def test_a_keyword_does_not_find(plan: Plan, cast: Cast, searched: Task, words: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = words
    assert numbers(plan, cast.office, query.urlencode()) == []


def test_a_row_does_not_answer_what_was_not_asked(plan: Plan, cast: Cast, searched: Task) -> None:
    row = load_rows(plan, cast.office, TODAY)[0]
    for name in ("is_short", "has_problem"):
        with pytest.raises(LookupError):
            getattr(row, name)
    asked = rows_asked(plan, cast.office, TODAY, {OUTLOOK: SHORT, PROBLEM: ASKING})[0]
    assert (asked.is_short, asked.has_problem) == (False, False)
