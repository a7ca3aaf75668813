"""Whoever answers for an item through its 分项 follows them, beside the supports of its own."""

from __future__ import annotations

from tasks.desk.stored import follows_parts, with_parts
from tasks.reader.finish.designating import of_parts
from tasks.reader.parsed import ParsedDesignation, ParsedItem, ParsedSubItem


def named(role: str, *names: str) -> tuple[ParsedDesignation, ...]:
    return tuple(
        ParsedDesignation(role, order, name, name, "unit") for order, name in enumerate(names, 1)
    )


def item(
    designations: tuple[ParsedDesignation, ...], parts: tuple[ParsedSubItem, ...] = ()
) -> ParsedItem:
    return ParsedItem(
        kind="key_task",
        number=1,
        area=None,
        theme=None,
        text="示例",
        designations=designations,
        indicators=(),
        line=1,
        short_title="示例",
        tracking="narrative",
        cycle="monthly",
        sub_items=parts,
    )


FIRST = ParsedSubItem("（1）", "建桥", named("lead", "甲局") + named("support", "乙局"))
SECOND = ParsedSubItem("（2）", "修路", named("lead", "丙局"))
OWN = named("support", "丁局")


def test_without_a_part_its_units_are_named_no_longer_and_the_own_support_stays() -> None:
    whole = item(of_parts((FIRST, SECOND), OWN), (FIRST, SECOND))
    assert follows_parts(whole)
    left = with_parts(whole, (SECOND,))
    assert (left.names("lead"), left.names("support")) == (["丙局"], ["丁局"])
    assert with_parts(left, (FIRST, SECOND)).names("support") == ["丁局", "乙局"]


def test_who_names_its_own_lead_keeps_it() -> None:
    whole = item(named("lead", "戊局"), (FIRST,))
    assert not follows_parts(whole)
    assert with_parts(whole, (SECOND,)).names("lead") == ["戊局"]


def test_without_any_part_left_somebody_still_answers() -> None:
    whole = item(of_parts((FIRST,), OWN), (FIRST,))
    assert with_parts(whole, ()).names("lead") == ["甲局"]
