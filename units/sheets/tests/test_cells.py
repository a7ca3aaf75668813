"""Workbooks as other programs write them: read as they are seen, or refused by what they are."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from units.sheets import cells, formats, package
from units.sheets.book import open_book
from units.sheets.columns import Column, Table, text_field
from units.sheets.marking import LIST_NAME, marked
from units.sheets.package import Unreadable
from units.sheets.reading import Line, read_table
from units.sheets.results import Mistake
from units.sheets.tests.filled import changed_part, made_strict

TABLE = Table(
    "示例",
    "示例",
    (
        Column("name", "名称", 20, text_field(200)),
        Column("note", "备注", 20, text_field(200)),
    ),
)
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
HEAD = b'<row r="1"><c r="A1" t="inlineStr"><is><t>\xe5\x90\x8d\xe7\xa7\xb0</t></is></c>'
HEAD += b'<c r="B1" t="inlineStr"><is><t>\xe5\xa4\x87\xe6\xb3\xa8</t></is></c></row>'


def rows(*values: list[Any], formats_of: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "示例"
    for each in [["名称", "备注"], *values]:
        page.append(each)
    for place, code in (formats_of or {}).items():
        page[place].number_format = code
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_cells(xml: str, after: str = "") -> bytes:
    """A workbook whose rows under the head are written by hand."""
    written = HEAD + xml.encode() + b"</sheetData>" + after.encode()

    def change(old: bytes) -> bytes:
        start, end = old.index(b"<sheetData>"), old.index(b"</sheetData>")
        return old[: start + 11] + written + old[end + 12 :]

    return changed_part(rows(), SHEET, change)


def lines_of(content: bytes) -> list[Line]:
    return read_table(open_book(content), TABLE).lines


def said(content: bytes) -> list[tuple[str, str]]:
    """Text and problem of the first cell of every row."""
    return [
        (line.text("name"), line.mistakes[0].sentence if line.mistakes else "")
        for line in lines_of(content)
    ]


FORMULAS = {
    '<c r="A2" t="str"><f>B2&amp;"甲"</f><v>乙甲</v></c>': ("乙甲", ""),
    '<c r="A2"><f>1+1</f><v>2</v></c>': ("2", ""),
    '<c r="A2"><f>1+1</f></c>': ("=1+1", cells.NO_RESULT),
    '<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>': ("#DIV/0!", cells.FAULTY),
    '<c r="A2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>': (
        '=_xlfn.DISPIMG("ID_1",1)',
        cells.PICTURE,
    ),
    '<c r="A2" t="inlineStr"><is><t>=DISPIMG("ID_1",1)</t></is></c>': (
        '=DISPIMG("ID_1",1)',
        cells.PICTURE,
    ),
    '<c r="A2" t="e" vm="1"><v>#VALUE!</v></c>': ("#VALUE!", cells.PICTURE),
    '<c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>': ("=1+1", ""),
    '<c r="A2" t="inlineStr"><is><t>\u200b\ufeff甲\u200b </t></is></c>': ("甲", ""),
    '<c r="A2" t="inlineStr"><is><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>乙</t></r></is></c>': (
        "甲乙",
        "",
    ),
    '<c r="A2" t="d"><v>2022-07-31T00:00:00</v></c>': ("2022-07-31", ""),
    '<c r="A2" t="b"><v>1</v></c>': ("是", ""),
}


@pytest.mark.parametrize("xml", FORMULAS)
def test_a_formula_gives_its_kept_result_and_a_picture_a_sentence(xml: str) -> None:
    assert said(with_cells(f'<row r="2">{xml}</row>')) == [FORMULAS[xml]]


def test_a_percentage_is_read_as_it_is_seen() -> None:
    assert said(rows([0.9], formats_of={"A2": "0%"})) == [("90%", "")]


def test_a_strict_workbook_reads_like_all_others_and_is_marked_too() -> None:
    strict = made_strict(rows(["甲", 1], [0.9], formats_of={"A3": "0%"}))
    assert b"purl.oclc.org" in zipfile.ZipFile(BytesIO(strict)).read("xl/workbook.xml")
    assert said(strict) == [("甲", ""), ("90%", "")]
    answer = load_workbook(
        BytesIO(marked(open_book(strict), [Mistake("示例", 2, "A", "名称", "甲", "不对。")]))
    )
    assert answer["示例"]["A2"].comment.text == "不对。"


DAMAGE = {
    "empty fill": (STYLES, lambda old: old.replace(b"<fills", b"<fills><fill/></fills><fills")),
    "odd colour": (STYLES, lambda old: old.replace(b"<font>", b'<font><color rgb="red"/>', 1)),
    "odd properties": ("docProps/core.xml", lambda _: b"<cp:coreProperties><dcterms:created>x"),
    "no theme": ("xl/theme/theme1.xml", lambda _: b"<a:theme"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_in_looks_and_properties_keeps_no_figure_out(name: str) -> None:
    part, change = DAMAGE[name]
    content = changed_part(rows([0.9, "甲"], formats_of={"A2": "0%"}), part, change)
    assert said(content) == [("90%", "")]
    answer = load_workbook(BytesIO(marked(open_book(content), [])))
    assert LIST_NAME in answer.sheetnames


def test_where_the_formats_are_lost_a_figure_says_so_and_text_is_read() -> None:
    content = changed_part(
        rows([0.9, "甲"], ["乙", 5], formats_of={"A2": "0%"}), STYLES, lambda old: old[:300]
    )
    first, second = lines_of(content)
    assert [each.sentence for each in first.mistakes] == [formats.UNKNOWN]
    assert (second.text("name"), second.text("note"), second.mistakes) == ("乙", "5", [])


def merged(*areas: str) -> bytes:
    listed = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    xml = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>甲{row}</t></is></c></row>'
        for row in (2, 5)
    )
    return with_cells(xml, f"<mergeCells>{listed}</mergeCells>")


def test_merged_cells_below_the_head_are_refused_by_rows_and_column() -> None:
    sentence = "第2至4行“名称”（A2:A4）是合并单元格，看不出每行每栏的内容，请取消合并，逐格填写。"
    lines = lines_of(merged("A2:A4"))
    assert [line.row for line in lines] == [2, 3, 4, 5]
    assert [m.sentence for line in lines for m in line.mistakes] == [sentence] * 3
    [wide, _] = lines_of(merged("A2:B2"))
    assert "第2行“名称”“备注”（A2:B2）是合并单元格" in wide.mistakes[0].sentence


@pytest.mark.parametrize("area", ["A7:B9", "B2:D2", "C2:D9", "A1:A1"])
def test_a_merge_that_hides_nothing_is_legal(area: str) -> None:
    assert said(merged(area)) == [("甲2", ""), ("甲5", "")]


def test_a_blank_merge_over_a_filled_row_hides_what_belongs_to_it() -> None:
    [line, _] = lines_of(merged("B2:B3"))
    assert [each.head for each in line.mistakes] == ["备注"]


def test_a_merged_title_has_the_column_whose_cell_is_filled() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for each in (["备注", "名称", None], ["一", None, "甲"], ["二", "乙"], ["三", "丙", "丁"]):
        page.append(each)
    page.merge_cells("B1:C1")
    stream = BytesIO()
    book.save(stream)
    found = said(stream.getvalue())
    assert [text for text, _ in found] == ["甲", "乙", "丙"]
    assert [bool(problem) for _, problem in found] == [False, False, True]


def ole(stream: str) -> bytes:
    return package.OLE + b"\0" * 512 + stream.encode("utf-16-le")


def zipped(*names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in names:
            target.writestr(name, b"x")
    return stream.getvalue()


CAUSES = {
    "csv in UTF-8": ("名称,备注\n甲,1".encode(), package.PLAIN_TEXT),
    "csv of Excel": ("名称,备注\r\n甲,1".encode("gb18030"), package.PLAIN_TEXT),
    "a page called xls": (b"\xef\xbb\xbf<html><table>", package.WEB_PAGE),
    "XML of 2003": (b'<?xml version="1.0"?><Workbook>', package.WEB_PAGE),
    "xls or et": (ole("Workbook"), package.OLD_XLS),
    "doc": (ole("WordDocument"), package.DOCUMENT),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), package.DOCUMENT),
    "xlsb": (zipped("[Content_Types].xml", "xl/workbook.bin"), package.BINARY),
    "ods": (zipped("mimetype", "content.xml"), package.OPEN_DOCUMENT),
    "pdf": (b"%PDF-1.4\x00\x80", package.NOT_XLSX),
    "other zip": (zipped("a.txt"), package.NOT_XLSX),
    "cut short": (rows(["甲"])[:-200], package.CUT_SHORT),
}


@pytest.mark.parametrize("name", CAUSES)
def test_a_refusal_names_what_the_file_is(name: str) -> None:
    content, sentence = CAUSES[name]
    with pytest.raises(Unreadable) as refused:
        open_book(content)
    assert str(refused.value) == sentence


def styled_blanks() -> Iterator[str]:
    for row in range(3, 2_500):
        yield f'<row r="{row}">' + "".join(f'<c r="{c}{row}" s="1"/>' for c in "ABCDEFGHIJ" * 10)


def test_cells_without_value_count_toward_no_limit() -> None:
    first = '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c></row>'
    blanks = "".join(f"{each}</row>" for each in styled_blanks())
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    content = with_cells(first + blanks + far)
    assert said(content) == [("甲", "")]
    alone = load_workbook(BytesIO(marked(open_book(content), [])))
    assert alone.sheetnames == [LIST_NAME], "too heavy to be written again"


@pytest.mark.parametrize("part", [SHEET, "docProps/app.xml", "xl/drawings/drawing9.xml"])
def test_a_part_nested_too_deep_is_refused(part: str) -> None:
    deep = b"<a>" * 500_000
    with pytest.raises(Unreadable, match="层次过深"):
        open_book(changed_part(rows(), part, lambda _: deep))
