"""Cells and sheets, read back from the file."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.excel import book
from reports.excel.book import A4_UPRIGHT, Column, Group, Row, Sheet, sheet_name, sheet_names
from reports.excel.cells import (
    CUT,
    LONGEST_TEXT,
    Cell,
    Formula,
    Value,
    lines_of,
    safe_text,
    with_unit,
)
from reports.excel.writing import write

NOW = datetime(2022, 8, 3, 2, 0, tzinfo=UTC)
COLUMNS = (Column("序号", 6, "center"), Column("内容", 30), Column("数", 10, "center"))


def written(*rows: Row, name: str = "台账", facts: tuple[str, ...] = ("左", "中", "右")) -> bytes:
    sheet = Sheet(name, "标题", facts, COLUMNS, rows, fixed=2)
    return write(sheet, author="督查室", now=NOW)


def page(*rows: Row, **options: Any) -> Any:
    return load_workbook(BytesIO(written(*rows, **options))).worksheets[0]


def cell(value: Value | Cell) -> Any:
    return page([1, value, None]).cell(4, 2)


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "#N/A", "#REF!", "2022-08-03", "1e5"]
)
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    back = cell(text)
    assert (back.value, back.data_type) == (text, "s")


def test_text_that_looks_like_a_formula_stays_text_when_edited() -> None:
    assert cell("=1+1").quotePrefix
    assert not cell("道路").quotePrefix


@pytest.mark.parametrize(
    "text", ["😀进展", "𠮷田㐀龦㙍", "第一行\n第二行", " 前后 ", "a&b<c>'\"", "𝟙"]
)
def test_rare_characters_come_back_as_they_were(text: str) -> None:
    assert cell(text).value == text


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced(sign: str) -> None:
    assert cell(f"前{sign}后").value == "前\ufffd后"


def test_line_ends_of_windows_become_plain() -> None:
    assert cell("一\r\n二\r三").value == "一\n二\n三"


def test_a_text_that_excel_would_decode_is_escaped() -> None:
    with zipfile.ZipFile(BytesIO(written([1, "_x0041_", None]))) as archive:
        assert "_x005F_x0041_" in archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("sign", ["字", "😀"])
def test_an_over_long_text_is_cut_and_says_so(sign: str) -> None:
    text = cell(sign * 40000).value
    assert text.endswith(CUT)
    assert len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert safe_text("字" * LONGEST_TEXT) == "字" * LONGEST_TEXT


@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_written_and_opened(text: str) -> None:
    back = cell(text)
    assert back.data_type in ("s", "n")
    assert back.value is None or isinstance(back.value, str)


def test_figures_stay_figures_with_their_unit() -> None:
    back = cell(with_unit(Decimal("1163.9800"), "公里"))
    assert (back.value, back.data_type) == (1163.98, "n")
    assert back.number_format == '#,##0.00"公里"'
    assert cell(with_unit(Decimal("300.0000"), '"%')).number_format == '#,##0"%"'


def test_a_figure_that_is_none_is_written_as_text() -> None:
    assert cell(Decimal("NaN")).value == "NaN"


def test_moments_are_huangshi_wall_clock_and_days_are_days() -> None:
    assert cell(NOW).value == datetime(2022, 8, 3, 10, 0)  # noqa: DTZ001  # cells know no zones
    back = cell(date(2022, 6, 30))
    assert back.is_date
    assert back.value.date() == date(2022, 6, 30)


def test_the_head_stands_on_every_printed_page_of_a3_across() -> None:
    sheet = page([1, "a", 2], [2, "b", 3])
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == "'台账'!$A$1:$C$5"
    assert sheet.freeze_panes == "C4"
    assert sheet.oddFooter.center.text == "第&P页，共&N页"


def test_title_and_groups_go_across_and_facts_share_the_width() -> None:
    sheet = page(Group("一、方面"), [1, "a", 2])
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert merged == {"A1:C1", "A4:C4"}
    assert [sheet.cell(2, place).value for place in (1, 2, 3)] == ["左", "中", "右"]
    assert sheet["A4"].value == "一、方面"


def test_fonts_are_named_and_tones_colour_the_cell() -> None:
    sheet = page([1, Cell("滞后", tone="late"), 2])
    assert sheet["A1"].font.name == "黑体"
    assert sheet["A4"].font.name == "仿宋"
    assert sheet["B4"].fill.fgColor.rgb.endswith("F9DDDA")
    assert sheet["B4"].value == "滞后"


def test_rows_are_tall_enough_for_their_longest_text_and_never_too_tall_for_excel() -> None:
    sheet = page([1, "字", 2], [2, "字" * 100, 2], [3, "字" * 9000, 2])
    low, tall, tallest = (sheet.row_dimensions[row].height for row in (4, 5, 6))
    assert low < tall < tallest == 409


def test_a_chinese_character_is_two_wide() -> None:
    assert lines_of("字" * 14, 30) == 1
    assert lines_of("字" * 15, 30) == 2
    assert lines_of("一\n\n二", 30) == 3
    assert lines_of(12, 1) == 1


def test_a_sheet_name_keeps_only_what_excel_allows() -> None:
    assert page([1, "", 2], name="台账[2022]:*?/\\").title == "台账2022"


def test_the_author_is_in_the_properties() -> None:
    book = load_workbook(BytesIO(written([1, "a", 2])))
    assert book.properties.creator == "督查室"


LONG_NAME = (
    "市新型工业化和现代服务业融合发展暨重大项目建设推进工作领导小组办公室"
    "（示例单位）黄石市人民政府驻外联络处工作专班一二三四"
)


def test_a_name_of_sixty_characters_is_cut_to_what_excel_takes() -> None:
    assert len(LONG_NAME) == 60
    assert page([1, "", 2], name=LONG_NAME).title == LONG_NAME[:31]
    assert len(sheet_name("😀" * 60).encode("utf-16-le")) // 2 <= 31


@pytest.mark.parametrize("name", ["", "'", "[]:*?/\\", "\x00\x07", "   "])
def test_a_page_without_a_name_gets_one(name: str) -> None:
    assert sheet_name(name) == "表"


def test_names_that_excel_would_take_for_the_same_are_told_apart() -> None:
    names = sheet_names(["A厅", "a厅", LONG_NAME, LONG_NAME])
    assert names == ["A厅", "a厅（2）", LONG_NAME[:31], f"{LONG_NAME[:28]}（2）"]


def test_a_formula_of_ours_is_one_and_counts_over_another_page() -> None:
    listed = Sheet("甲's", "标题", (), COLUMNS, [[1, "=1+1", 2]])
    formula = Formula(f"=COUNTIF({listed.column_range('序号')},1)")
    cover = Sheet("汇总", "标题", (), COLUMNS[:1], [[formula]])
    book = load_workbook(BytesIO(write(cover, listed, author="督查室", now=NOW)))
    assert book.sheetnames == ["汇总", "甲's"]
    assert (book["汇总"]["A4"].data_type, book["汇总"]["A4"].value) == (
        "f",
        "=COUNTIF('甲''s'!$A$4:$A$1048576,1)",
    )
    assert book["甲's"]["B4"].data_type == "s"
    assert book.calculation.fullCalcOnLoad


def test_a_page_without_rows_says_so() -> None:
    assert page()["A4"].value == "没有符合条件的内容。"


def test_paper_and_notes_are_those_asked_for() -> None:
    asked = Sheet("单", "标题", ("左",), COLUMNS, [[1, "a", 2]], paper=A4_UPRIGHT, notes=["注。"])
    sheet = load_workbook(BytesIO(write(asked, author="督查室", now=NOW))).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet["A5"].value == "注。"
    assert sheet.print_area == "'单'!$A$1:$C$5"


def test_columns_are_chosen_and_those_that_are_counted_stay() -> None:
    columns = (Column("序号", 6, stays=True), Column("内容", 30), Column("备注", 10))
    whole = Sheet("单", "标题", (), columns, [Group("一"), [1, "a", "b"]], fixed=2)
    chosen = book.keep(whole, {2})
    assert [column.title for column in chosen.columns] == ["序号", "备注"]
    assert list(chosen.rows) == [Group("一"), [1, "b"]]
    assert chosen.fixed == 1


def test_a_head_from_top_to_bottom_is_turned() -> None:
    upright = Sheet("单", "标题", (), (Column("市住建局", 4, is_upright=True),), [["○"]])
    sheet = load_workbook(BytesIO(write(upright, author="督查室", now=NOW))).worksheets[0]
    assert sheet["A3"].alignment.text_rotation == 255
