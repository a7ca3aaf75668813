"""The style arabic: 1. under 一、, with roles in brackets."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.arabic import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """一、工业
1.新建厂房3万平方米。（牵头单位：县工信局；配合单位：县财政局）
2.培育企业12家。（牵头单位：县科技局）
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "新建厂房3万平方米。", "县工信局"),
        (2, "培育企业12家。", "县科技局"),
    ]


def test_one_item_without_a_unit_makes_no_item_of_its_heading() -> None:
    text = TEXT.replace("2.", "2.出台培育方案。\n3.") + "4.修建公路3条。（牵头单位：县交通局）\n"
    reading = read(from_text(text), NOBODY)
    assert reading.style == STYLE.name
    assert [each.number for each in reading.items] == [1, 2, 3, 4]
