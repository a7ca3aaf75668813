"""Every kind of file is read or answered by one sentence; nothing makes the reader fail or wait."""

from __future__ import annotations

import random
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tasks.reader.read import read
from tasks.reader.sources import pdf, word
from tasks.reader.sources.lines import Source, Unreadable
from tasks.reader.sources.opening import MOST_BYTES, open_bytes, open_file
from tasks.reader.sources.text import from_text
from tasks.reader.tests.labelled import DATA, NOBODY, entries, labels

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def utf16(words: str) -> bytes:
    return words.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b" \r\n\t", "空文件"),
        (OLE + utf16("WordDocument"), "另存为Word文档（.docx）"),
        (OLE + utf16("Workbook"), "另存为Excel工作簿（.xlsx）"),
        (OLE + utf16("EncryptedPackage"), "取消密码"),
        (b"{\\rtf1 text}", "RTF"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"<!DOCTYPE html><html><body>1</body></html>", "网页"),
        (packed({"OFD.xml": b"<a/>"}), "OFD"),
        (packed({"ppt/presentation.xml": b"<a/>"}), "不是能读的格式"),
        (packed({"word/document.xml": b"<a"}), "损坏"),
        (packed({"word/document.xml": b"<a/>"}), "损坏"),
        (b"PK\x03\x04 broken", "损坏"),
        (b"%PDF-1.7 broken", "损坏"),
        (b"\x81" * 400 + b"\0" * 400, "不是能读的格式"),
        (b"x" * (MOST_BYTES + 1), "超过20MB"),
        ("一" .encode() * 700_000, "超过2MB"),
        (("责任单位\n" * 90_000).encode(), "不像一份责任分解"),
    ],
    ids=range(18),
)  # fmt: skip
def test_what_cannot_be_read_is_answered_by_one_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as refusal:
        open_bytes(content, "示例")
    assert str(refusal.value).endswith("。")


@pytest.mark.parametrize("name", [n for n, each in labels().items() if "refused" in each])
def test_old_formats_and_scans_are_told_what_to_do(name: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        open_file(DATA / name)
    assert any(word in str(refusal.value) for word in labels()[name]["refused"])


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="没有文件"):
        open_file(tmp_path / "无.docx")
    with pytest.raises(Unreadable, match="不是可以读取的文件"):
        open_file(tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
    assert len(bomb) < 100_000
    with pytest.raises(Unreadable, match="过大"):
        open_bytes(bomb, "示例.docx")


def test_entities_of_xml_are_refused() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    with pytest.raises(Unreadable, match="损坏"):
        open_bytes(packed({"word/document.xml": laughs}), "示例.docx")


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(Unreadable, match="页"):
        open_file(DATA / "c4_text.pdf")


def saved(document: Document) -> Source:  # type: ignore[valid-type]  # a function in its stubs
    out = BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return open_bytes(out.getvalue(), "示例.docx")


def numbered(document: Document, text: str, level: int) -> None:  # type: ignore[valid-type]
    """A paragraph with an automatic number of the template's numbered list."""
    paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
    number = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", 77)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        number.append(child)
    paragraph._p.get_or_add_pPr().append(number)


def with_list(document: Document) -> None:  # type: ignore[valid-type]
    """一、 and 1. as Word counts them."""
    part = document.part.numbering_part.element  # type: ignore[attr-defined]
    kind = OxmlElement("w:abstractNum")
    kind.set(qn("w:abstractNumId"), "77")
    for level, shape, text in ((0, "chineseCounting", "%1、"), (1, "decimal", "%2.")):
        entry = OxmlElement("w:lvl")
        entry.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", shape), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            entry.append(child)
        kind.append(entry)
    part.insert(0, kind)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "77")
    number.append(link)
    part.append(number)


def test_automatic_numbers_of_word_are_read_as_they_are_printed() -> None:
    document = Document()
    with_list(document)
    numbered(document, "发展工业", 0)
    numbered(document, "新建厂房3万平方米。（责任单位：县工信局）", 1)
    numbered(document, "培育企业12家。（责任单位：县科技局、县工信局）", 1)
    numbered(document, "改善民生", 0)
    numbered(document, "新增学位900个。（责任单位：县教育局）", 1)
    source = saved(document)
    assert [line.text[:3] for line in source.lines] == ["一、发", "1.新", "2.培", "二、改", "1.新"]
    reading = read(source, NOBODY)
    assert [(each.number, each.area) for each in reading.items] == [(1, 1), (2, 1), (1, 2)]


def test_a_head_of_two_rows_and_a_merged_column_of_areas_are_read() -> None:
    document = Document()
    table = document.add_table(rows=6, cols=5)
    head = ["领域", "目标任务", "责任分工", "", "完成时限"]
    for column, words in enumerate(head):
        table.cell(0, column).text = words
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(1, 2).text, table.cell(1, 3).text = "牵头单位", "配合单位"
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    rows = [
        ("工业", "技改项目40个。", "县工信局", "县财政局", "11月底"),
        ("", "净增规上企业8家。", "县工信局", "县统计局", "12月底"),
        ("交通", "改建公路60公里。", "县交通局", "县财政局", "10月底"),
        ("", "新建候车亭30个。", "县交通局", "各乡镇", "9月底"),
    ]
    for place, row in enumerate(rows, start=2):
        for column, words in enumerate(row):
            if words:
                table.cell(place, column).text = words
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(4, 0).merge(table.cell(5, 0))
    reading = read(saved(document), NOBODY)
    titles = {area.ordinal: area.title for area in reading.areas}
    found = [
        (titles[e.area or 0], e.text, e.names("lead"), e.names("support"), e.deadline_text)
        for e in reading.items
    ]
    areas = ["工业", "工业", "交通", "交通"]
    assert found == [
        (area, text, [lead], [support], limit)
        for area, (_, text, lead, support, limit) in zip(areas, rows, strict=True)
    ]


def test_text_boxes_are_read_and_what_was_struck_out_is_not() -> None:
    document = Document()
    paragraph = document.add_paragraph("1.新建学校2所。（责任单位：县教育局）")
    for tag, text in (("w:del", "删去的字"), ("w:ins", "")):
        change = OxmlElement(tag)
        run = OxmlElement("w:r")
        word_text = OxmlElement("w:t")
        word_text.text = text
        run.append(word_text)
        change.append(run)
        paragraph._p.append(change)
    box = OxmlElement("w:txbxContent")
    inside = OxmlElement("w:p")
    run, text_of = OxmlElement("w:r"), OxmlElement("w:t")
    text_of.text = "框里的字"
    run.append(text_of)
    inside.append(run)
    box.append(inside)
    holder = OxmlElement("w:r")
    holder.append(box)
    paragraph._p.append(holder)
    assert [line.text for line in saved(document).lines] == [
        "1.新建学校2所。（责任单位：县教育局）",
        "框里的字",
    ]


def test_a_workbook_without_number_column_counts_its_rows() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["任务", "时限", "承办单位", "协办单位"])
    for place in range(1, 4):
        sheet.append([f"完成第{place}期工程。", "6月底", "县水利局", "县财政局、县审计局"])
    out = BytesIO()
    book.save(out)
    items = read(open_bytes(out.getvalue(), "示例.xlsx"), NOBODY).items
    assert [(e.number, e.text, e.names("lead"), e.names("support")) for e in items] == [
        (n, f"完成第{n}期工程。", ["县水利局"], ["县财政局", "县审计局"]) for n in (1, 2, 3)
    ]


def test_running_heads_and_page_numbers_of_a_pdf_are_no_text() -> None:
    source = open_file(DATA / "c4_text.pdf")
    dropped = {source.lines[number - 1].text for number in source.dropped}
    assert any("1" in each for each in dropped)
    assert all(len(each) < 30 for each in dropped)
    assert len(read(source, NOBODY).items) == 14


FILES = ["c1_table.docx", "c2_sheet.xlsx", "c4_text.pdf", "c7_restart_gb18030.txt", "c9_old.doc"]
RAW = {name: (DATA / name).read_bytes() for name in FILES}


def survives(content: bytes) -> None:
    try:
        source = open_bytes(content, "示例")
    except Unreadable:
        return
    entries(read(source, NOBODY))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=12, deadline=None)
@given(source=st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_or_refused(name: str, source: random.Random) -> None:
    content = bytearray(RAW[name])
    for _ in range(source.randrange(1, 12)):
        content[source.randrange(len(content))] = source.randrange(256)
    if source.random() < 0.4:
        content = content[: source.randrange(1, len(content))]
    survives(bytes(content))


@settings(max_examples=12, deadline=None)
@given(source=st.randoms(use_true_random=False))
def test_damaged_parts_of_a_word_file_are_read_or_refused(source: random.Random) -> None:
    with zipfile.ZipFile(BytesIO(RAW["c1_table.docx"])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = bytearray(parts["word/document.xml"])
    for _ in range(source.randrange(1, 6)):
        at = source.randrange(len(body))
        if source.random() < 0.5:
            body[at] = source.randrange(32, 127)
        else:
            del body[at : at + source.randrange(200)]
    survives(packed({**parts, "word/document.xml": bytes(body)}))


def test_a_word_file_in_no_known_encoding_is_refused() -> None:
    with zipfile.ZipFile(BytesIO(RAW["c1_table.docx"])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = "word/document.xml"
    body = re.sub(rb"UTF-8", b"U-F-8", parts[part], count=1)
    with pytest.raises(Unreadable, match="损坏"):
        open_bytes(packed({**parts, part: body}), "示例.docx")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    survives(content)


def test_the_limit_of_characters_is_that_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MOST_PARTS", 2)
    with pytest.raises(Unreadable, match="过大"):
        open_bytes(RAW["c1_table.docx"], "示例.docx")
    assert len(from_text("甲\n乙").lines) == 2
