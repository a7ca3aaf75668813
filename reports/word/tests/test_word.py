"""The Word engine: geometry of GB/T 9704-2012, the same bytes, text that XML cannot hold."""

from __future__ import annotations

import re
import subprocess
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.word.blocks import Column, Heading, Masthead, Paper, Paragraph, Sheet, Table, Title
from reports.word.writing import title_lines, write
from tests.servers import Missing, find_program

DAY = date(2022, 8, 3)
TABLE = Table([Column("序号", 1), Column("事项", 3)], [["1", "改造道路"], ["2", "𠮷㙍😀"]])


def paper(*blocks: object) -> Paper:
    return Paper("标题", "督查室", DAY, list(blocks))  # type: ignore[arg-type]


def reopened(*blocks: object) -> docx.document.Document:
    return docx.Document(BytesIO(write(paper(*blocks))))


def mm(*lengths: int | None) -> list[float]:
    """Word counts in twentieths of a point: to the tenth of a mm."""
    return [round((length or 0) / Mm(1), 1) for length in lengths]


def test_the_page_is_that_of_the_standard() -> None:
    section = reopened(Paragraph("正文")).sections[0]
    assert mm(section.page_width, section.page_height) == [210, 297]
    margins = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert mm(*margins) == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_the_type_is_that_of_the_standard() -> None:
    document = reopened(
        Masthead("重点工作督查通报", "2022年第1期", "督查室", "2022年8月3日"),
        Title("关于进展情况的通报"),
        Heading("一、总体情况"),
        Heading("（一）滞后事项", 2),
        Paragraph("正文"),
    )
    fonts = {}
    for line in document.paragraphs:
        for run in line.runs:
            names: Any = run._r.get_or_add_rPr().rFonts
            fonts[run.text] = (names.get(qn("w:eastAsia")), run.font.size)
    assert fonts["关于进展情况的通报"] == ("方正小标宋简体", Pt(22))
    assert fonts["一、总体情况"] == ("黑体", Pt(16))
    assert fonts["（一）滞后事项"] == ("楷体_GB2312", Pt(16))
    assert fonts["正文"] == ("仿宋_GB2312", Pt(16))
    body = document.paragraphs[-1]
    assert abs(body.paragraph_format.first_line_indent - Pt(31.5)) <= Pt(0.1)  # two characters


def test_fonts_are_named_with_what_stands_in_and_none_is_shipped() -> None:
    with zipfile.ZipFile(BytesIO(write(paper(Paragraph("正文"))))) as parts:
        table = parts.read("word/fontTable.xml").decode()
        assert not [name for name in parts.namelist() if "fonts/" in name or "thumbnail" in name]
    names = set(re.findall(r'<w:font w:name="([^"]+)"><w:altName w:val="[^"]+"', table))
    assert names == {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"}


def test_the_page_number_stands_between_dashes_outside() -> None:
    section = reopened(Paragraph("正文")).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]
        assert re.sub(r"\s", "", line.text) == "——"
        assert "PAGE" in line._p.xml
        assert str(line.alignment).lower().startswith(side)


def test_the_head_of_a_table_repeats_and_rows_stay_whole() -> None:
    table = reopened(Sheet(is_wide=True), TABLE).tables[0]
    assert table.rows[0]._tr.get_or_add_trPr().find(qn("w:tblHeader")) is not None
    assert all(row._tr.get_or_add_trPr().find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [[cell.text for cell in row.cells] for row in table.rows][2] == ["2", "𠮷㙍😀"]


def test_a_wide_sheet_is_a4_across() -> None:
    wide = reopened(Paragraph("正文"), Sheet(is_wide=True), TABLE).sections[1]
    assert mm(wide.page_width, wide.page_height) == [297, 210]


def test_the_same_paper_is_the_same_bytes() -> None:
    blocks = (Title("标题"), Paragraph("正文"), Sheet(is_wide=True), TABLE)
    assert write(paper(*blocks)) == write(paper(*blocks))
    assert write(paper(*blocks)) != write(paper(*blocks, Paragraph("又一段")))


def test_what_xml_cannot_hold_is_marked_and_nothing_breaks() -> None:
    text = reopened(Paragraph("甲\x00乙\x0b丙\ud800丁\ufffe\n戊=1+1")).paragraphs[0].text
    assert text == "甲\ufffd乙\ufffd丙\ufffd丁\ufffd 戊=1+1"


def test_a_title_breaks_where_the_sense_allows() -> None:
    title = "关于2022年1—6月市政府重点工作和十件实事进展情况的通报"
    assert title_lines(title, 20) == title.replace("和", "和|").split("|")
    assert title_lines("短标题", 20) == ["短标题"]
    assert title_lines("没" * 30, 20) == ["没" * 30]  # left to the program


@pytest.mark.slow
def test_a_page_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    """Measured in the PDF that LibreOffice makes of it."""
    try:
        programs = [find_program(name, name) for name in ("soffice", "pdftotext")]
    except Missing as missing:
        pytest.skip(str(missing))
    text = "一二三四五六七八九十" * 84
    (tmp_path / "a.docx").write_bytes(write(paper(Paragraph(text, is_flush=True))))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [programs[0], profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*map(str, command), str(tmp_path / "a.docx")], check=True, timeout=120)
    command = [programs[1], "-f", "1", "-l", "1", "-layout", tmp_path / "a.pdf", "-"]
    page = subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=60)
    lines = [line.strip() for line in page.stdout.decode().splitlines() if "一" in line]
    assert [len(line) for line in lines] == [28] * 22
