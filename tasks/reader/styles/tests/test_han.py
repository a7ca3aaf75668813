"""The style han: 一、 with lines of roles below, and nothing wider."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.han import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """一、新建幼儿园12所
责任单位：市教育局
二、建设社区食堂30个
责任单位：市民政局
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "新建幼儿园12所", "市教育局"),
        (2, "建设社区食堂30个", "市民政局"),
    ]
