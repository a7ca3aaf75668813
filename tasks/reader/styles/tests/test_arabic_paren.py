"""The style arabic_paren: （1） under 1., each with units of its own."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.arabic_paren import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """一、攻坚
1、污染防治
（1）淘汰锅炉40台。牵头单位：县生态环境局。
（2）完成造林2万亩。牵头单位：县林业局。
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "淘汰锅炉40台。", "县生态环境局"),
        (2, "完成造林2万亩。", "县林业局"),
    ]
