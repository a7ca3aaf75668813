"""The style things: 第一件实事."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.things import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """2024年十件民生实事
第一件实事：新建学校4所。
责任单位：市教育局
第二件实事：改造棚户区1100套。
责任单位：市住建局
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "新建学校4所。", "市教育局"),
        (2, "改造棚户区1100套。", "市住建局"),
    ]
