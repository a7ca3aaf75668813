"""The style table: a table of | or tabs."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.table import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """序号 | 牵头单位 | 重点任务
1 | 市科技局 | 投入强度达到3.5%。
2 | 市财政局 | 收入增长5%左右。
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "投入强度达到3.5%。", "市科技局"),
        (2, "收入增长5%左右。", "市财政局"),
    ]
