"""The style unnumbered: no numbers: indentation and lines of roles."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.unnumbered import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """2022年重点工作责任清单
    实现产值120亿元。
        责任单位  县工信局
    改造危房320户。
        责任单位  县住建局
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "实现产值120亿元。", "县工信局"),
        (2, "改造危房320户。", "县住建局"),
    ]
