"""Filters of rows in memory: each choice says how many rows it would leave, and leaves them."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.http import QueryDict

from units.lists.narrowing import Facet, Narrowed
from units.lists.tool import Column, ListTool, ids_of


class Row(NamedTuple):
    unit: str
    state: str


FACETS = (
    Facet("unit", "单位", lambda row: row.unit, lambda row: f"单位{row.unit}"),
    Facet("state", "状态", lambda row: row.state, lambda row: row.state, ("new", "old")),
)
ROWS = [Row("a", "old"), Row("b", "new"), Row("a", "new"), Row("a", "new"), Row("c", "old")]


def narrowed(query: str, rows: list[Row]) -> Narrowed[Row]:
    return Narrowed(QueryDict(query), rows, FACETS, lambda row: f"{row.unit}局 {row.state}")


@pytest.mark.parametrize(
    "query", ["", "unit=a", "state=new", "unit=b&state=old", "q=A局", "unit=zz"]
)
@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], []])
def test_each_choice_leaves_as_many_rows_as_it_says(rows: list[Row], query: str) -> None:
    for each in narrowed(query, rows).filters:
        for choice in each.choices:
            data = QueryDict(query, mutable=True)
            data[each.name] = choice.value
            assert len(narrowed(data.urlencode(), rows).rows) == choice.number
        data = QueryDict(query, mutable=True)
        data.pop(each.name, None)
        assert len(narrowed(data.urlencode(), rows).rows) == each.every


def test_conditions_are_said_and_an_unknown_one_finds_nothing() -> None:
    rows = [Row("a", "new"), Row("b", "old")]
    assert narrowed("unit=a&q=Ａ局", rows).in_words == "单位：单位a；关键词“Ａ局”"
    unknown = narrowed("unit=9", rows)
    assert (unknown.rows, unknown.in_words) == ([], "单位：无此条件")


@pytest.mark.parametrize(
    ("query", "ids"),
    [("row=1,2", {1, 2}), ("row=1&row=3", {1, 3}), ("row=x,²,-1,7", {7}), ("", set())],
)
def test_chosen_ids_are_read_joined_and_repeated(query: str, ids: set[int]) -> None:
    assert ids_of(QueryDict(query), "row") == ids


def test_headings_count_all_rows_and_go_when_rows_are_sorted() -> None:
    rows = [Row("a", "new")] * 25 + [Row("b", "old")] * 2
    columns = (Column("unit", "单位", lambda row: row.unit),)
    tool = ListTool[Row](QueryDict("per=20"), columns)
    page = tool.page(tool.ordered(rows))
    assert tool.groups(rows, lambda row: row.unit, page) == [("a", 25, rows[:20])]
    tool = ListTool[Row](QueryDict("per=20&sort=-unit"), columns)
    page = tool.page(tool.ordered(rows))
    assert [(name, count) for name, count, _ in tool.groups(rows, str, page)] == [("", 27)]
