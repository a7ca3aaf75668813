"""The style han_paren: （一） under 一、."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.han_paren import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """一、稳定增长
（一）完成投资420亿元。（市发展改革委牵头）
（二）新增融资100亿元。（市金融局牵头）
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "完成投资420亿元。", "市发展改革委"),
        (2, "新增融资100亿元。", "市金融局"),
    ]
