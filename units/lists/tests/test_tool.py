"""What an address can ask of a list, and that nothing it says can fail."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.http import QueryDict

from units.lists.tool import Column, ListTool


class Row(NamedTuple):
    name: str
    number: int | None


ROWS = [Row("b", 2), Row("a", None), Row("c", 1)]
COLUMNS = (
    Column("name", "名称", lambda row: row.name, stays=True),
    Column("number", "数量", lambda row: row.number),
    Column("note", "备注"),
)


def tool(query: str = "") -> ListTool[Row]:
    return ListTool(QueryDict(query), COLUMNS, size=50)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "bac"),
        ("sort=name", "abc"),
        ("sort=-name", "cba"),
        ("sort=number", "cba"),
        ("sort=-number", "bca"),
        ("sort=note", "bac"),
        ("sort=nothing", "bac"),
    ],
)
def test_rows_are_sorted_and_what_has_no_value_stands_last(query: str, names: str) -> None:
    assert "".join(row.name for row in tool(query).ordered(ROWS)) == names


def test_a_head_sorts_then_turns_then_lets_go_and_keeps_the_rest_of_the_address() -> None:
    assert tool("q=x&page=3").heads[0].url == "?q=x&sort=name"
    assert tool("q=x&sort=name").heads[0].url == "?q=x&sort=-name"
    assert tool("q=x&sort=-name").heads[0].url == "?q=x"
    assert [head.order for head in tool("sort=-name").heads] == ["descending", "", ""]
    assert tool().heads[2].url == ""


def test_columns_are_left_out_but_never_those_that_stay() -> None:
    assert tool().css == ""
    assert tool("show=number").css == "hc-3"
    assert tool("show=none").css == "hc-2 hc-3"
    assert tool("show=none").choices == [("number", "数量", False), ("note", "备注", False)]


def test_a_page_has_as_many_rows_as_were_asked_for() -> None:
    rows = [Row(str(number), number) for number in range(120)]
    assert len(tool("per=20").page(rows)) == 20
    assert len(tool("per=7").page(rows)) == 50
    assert tool("per=20&page=99").page(rows).number == 6
    assert tool("per=20").page(rows).paginator.count == 120


def test_the_form_of_the_filters_sends_along_what_is_the_lists_own() -> None:
    assert tool("q=x&sort=name&show=a&show=b&per=20&page=2").own_query == (
        "sort=name&show=a&show=b&per=20"
    )
    assert ("q", "x") in tool("q=x&page=2&show=a").kept
