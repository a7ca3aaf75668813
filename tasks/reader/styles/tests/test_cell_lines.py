"""The style cell_lines: a cell a line."""

from __future__ import annotations

from tasks.reader.read import read
from tasks.reader.sources.text import from_text
from tasks.reader.styles.cell_lines import STYLE
from tasks.reader.tests.labelled import NOBODY

TEXT = """序号
民生实事
责任单位
完成时限
1
新建天桥2座。
县住建局
9月底前
2
新建农贸市场1个。
县商务局
12月底前
"""


def test_it_is_proposed_and_reads_its_items() -> None:
    reading = read(from_text(TEXT), NOBODY)
    assert reading.style == STYLE.name
    assert [(each.number, each.text, each.designations[0].name) for each in reading.items] == [
        (1, "新建天桥2座。", "县住建局"),
        (2, "新建农贸市场1个。", "县商务局"),
    ]
