"""The style blank_columns: a row a line, its cells parted by blanks."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.blank_columns import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """序号 工作任务 牵头单位
1 收入增长8%以上. 财政局
2 产值增长4%, 增加值率提升0.5个百分点. 经信委
3 高新技术产值增长10%. 科技局
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "收入增长8%以上.", "财政局"),
        (2, "产值增长4%, 增加值率提升0.5个百分点.", "经信委"),
        (3, "高新技术产值增长10%.", "科技局"),
    ]
