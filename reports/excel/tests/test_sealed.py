"""A workbook that is kept and sealed for somebody is the one that would be written for them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from huangshi_tasks.lib.clock import SHANGHAI
from reports.excel.book import A3_ACROSS, Column, Sheet
from reports.excel.writing import AUTHORED, parts_of, sealed, write

NOW = datetime(2022, 8, 3, 9, 30, tzinfo=SHANGHAI)
AUTHOR, MARK = "示例 <督查室>", "示例 & 甲 8月3日9:30"


def sheet(name: str) -> Sheet:
    return Sheet(
        name=name,
        title="示例台账",
        facts=("填报单位：示例局", "数据截至：2022年6月30日", "导出日期：2022年8月3日"),
        columns=(Column("序号", 6), Column("任务内容", 40)),
        rows=[[1, "改造 & 新建"], [2, "<oddFooter>&C"]],
        fixed=0,
        paper=A3_ACROSS,
        empty="暂无内容。",
    )


@pytest.mark.parametrize("mark", ["", MARK])
def test_what_is_sealed_is_what_would_be_written(mark: str) -> None:
    parts = parts_of(sheet("甲"), sheet("乙"))
    made = sealed(parts, author=AUTHOR, now=NOW, mark=mark)
    written = write(sheet("甲"), sheet("乙"), author=AUTHOR, now=NOW, mark=mark)
    with ZipFile(BytesIO(made)) as one, ZipFile(BytesIO(written)) as other:
        assert set(one.namelist()) == set(other.namelist())
        for name in set(one.namelist()) - {AUTHORED}:
            assert one.read(name) == other.read(name), name
    books = [load_workbook(BytesIO(each)) for each in (made, written)]
    said = [(b.properties.creator, b.properties.created) for b in books]
    assert said[0] == said[1]
    assert books[0].properties.modified is not None
    foot = books[0].worksheets[1].oddFooter
    assert foot is not None
    assert foot.left.text == (mark.replace("&", "&&") or None)


def test_the_same_sheets_give_the_same_parts() -> None:
    assert parts_of(sheet("甲")) == parts_of(sheet("甲"))
