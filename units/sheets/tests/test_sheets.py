"""The engine by itself: what is opened, what is refused, what is marked."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from units.sheets import cells, package, parts
from units.sheets.book import open_book
from units.sheets.columns import Column, Table, text_field
from units.sheets.marking import marked
from units.sheets.package import Unreadable
from units.sheets.reading import read_table
from units.sheets.results import Mistake
from units.sheets.tests.filled import changed_part
from units.sheets.writing import Filled, Row, write_book

TABLE = Table(
    "示例",
    "示例",
    (
        Column("name", "名称", 20, text_field(10, is_required=True, label="名称")),
        Column("note", "备注", 20, text_field(10)),
    ),
)


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes], content: bytes = b"") -> bytes:
    return changed_part(content or plain_book(), name, change)


def plain_book() -> bytes:
    return write_book([Filled(TABLE, [Row({"name": "甲"})], spare=2)])


END = b"</sheetData>"
SHEET = "xl/worksheets/sheet1.xml"


def in_sheet(before: bytes, xml: bytes) -> bytes:
    def change(old: bytes) -> bytes:
        assert before in old
        return old.replace(before, xml + before)

    return with_part(SHEET, change)


def far_cell() -> bytes:
    return in_sheet(END, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def wide_merge() -> bytes:
    plain = saved(Workbook())
    merge = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return with_part(
        SHEET, lambda old: old.replace(b"</sheetData>", b"</sheetData>" + merge), plain
    )


def wide_link() -> bytes:
    plain = saved(Workbook())
    link = b'<hyperlinks><hyperlink ref="A:XFD" location="A1"/></hyperlinks>'
    return with_part(SHEET, lambda old: old.replace(END, END + link), plain)


def entities() -> bytes:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    return with_part("xl/theme/theme1.xml", lambda _: bomb)


def other_zip() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("a.txt", b"a")
    return stream.getvalue()


REFUSED = {
    "empty": (b"", package.EMPTY),
    "cut short": (plain_book()[:900], package.CUT_SHORT),
    "xls": (package.OLE + b"\0" * 512 + "Workbook".encode("utf-16-le"), package.OLD_XLS),
    "encrypted": (package.OLE + "EncryptedPackage".encode("utf-16-le"), package.ENCRYPTED),
    "macros": (with_part("xl/vbaProject.bin", lambda _: b"x"), package.MACROS),
    "a far cell": (far_cell(), cells.TOO_FAR.format("示例", "XFD1048576")),
    "a merge of everything": (wide_merge(), parts.TOO_MUCH),
    "entities": (entities(), package.UNSAFE),
    "unpacks to more": (with_part("xl/a.xml", lambda _: b" " * 41 * 2**20), package.TOO_MUCH),
    "no xml": (with_part(SHEET, lambda _: b"<a>"), package.PART_BROKEN.format("工作表“示例”")),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_plain_workbook_is_refused_with_what_to_do(name: str) -> None:
    content, sentence = REFUSED[name]
    with pytest.raises(Unreadable) as refused:
        open_book(content)
    assert str(refused.value) == sentence


def test_a_workbook_without_sheets_is_refused_not_a_crash() -> None:
    with pytest.raises(Unreadable, match="工作簿里没有工作表"):
        open_book(with_part("xl/workbook.xml", lambda _: b"<a/>"))


def test_heads_are_found_below_other_rows_and_with_other_spelling() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["某某单位"])
    page.append(["备注 ", "序号", "名 称＊"])
    page.append(["一", 1, "甲"])
    page.append([None, None, None])
    page.append(["=1+1", 2, "乙"])
    lines = read_table(open_book(saved(book)), TABLE).lines
    assert [(line.row, line.values.get("name")) for line in lines] == [(3, "甲"), (5, "乙")]
    assert [m.sentence for m in lines[1].mistakes] == [
        "单元格是没有结果的公式，请改为直接填写内容。"
    ]


@pytest.mark.parametrize(
    ("heads", "sentence"),
    [
        (["名称"], "没有找到表头“备注”"),
        (["一", "二"], "没有找到表头“名称”、“备注”"),
        (["名称", "备注", "名称"], "表头“名称”出现两次"),
    ],
)
def test_heads_that_are_missing_or_doubled_are_named(heads: list[str], sentence: str) -> None:
    book = Workbook()
    book.worksheets[0].append(heads)
    [mistake] = read_table(open_book(saved(book)), TABLE).mistakes
    assert mistake.sentence.startswith(sentence)
    assert mistake.row == 0


def test_text_stays_text_and_comes_back_as_it_was() -> None:
    odd = ["=SUM(A1)", "+1", "@a", "𠮷㙍", "😀", "甲\n乙", "_x0041_", "007"]
    content = write_book([Filled(TABLE, [Row({"name": each}) for each in odd])])
    lines = read_table(open_book(content), TABLE).lines
    assert [line.values["name"] for line in lines] == odd
    page = load_workbook(BytesIO(content))["示例"]
    assert {cell.data_type for row in page["A3:A10"] for cell in row} == {"s"}


def test_line_ends_of_windows_are_line_ends() -> None:
    book = Workbook()
    book.worksheets[0].append(["名称", "备注"])
    book.worksheets[0].append(["甲_x000D_\n乙", "_x005F_x000D_"])
    [line] = read_table(open_book(saved(book)), TABLE).lines
    assert (line.text("name"), line.text("note")) == ("甲\n乙", "_x000D_")


def test_the_error_workbook_marks_comments_and_lists_and_reads_as_before() -> None:
    content = plain_book()
    mistake = Mistake("示例", 3, "A", "名称", "=甲", "不超过10字。")
    once = marked(open_book(content), [mistake])
    twice = marked(open_book(once), [mistake])
    for each in (once, twice):
        book = load_workbook(BytesIO(each))
        assert book["示例"]["A3"].comment.text == "不超过10字。"
        assert book["示例"]["A3"].fill.fgColor.rgb.endswith("F9DDDA")
        assert book["示例"]["B3"].comment is None
        listed = [[cell.value for cell in row] for row in book["错误清单"].iter_rows(min_row=2)]
        assert listed == [["示例", 3, "A", "名称", "=甲", "不超过10字。"]]
        assert book["错误清单"]["E2"].data_type == "s"
        assert read_table(open_book(each), TABLE).lines[0].values["name"] == "甲"
