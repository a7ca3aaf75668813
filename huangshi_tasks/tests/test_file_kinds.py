"""What comes in as a file: judged by what is in it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huangshi_tasks.lib.file_kinds import (
    ACCEPT,
    BROKEN,
    CONTENT_TYPES,
    EMPTY,
    ENCRYPTED,
    LIMIT,
    MACROS,
    OLE_MAGIC,
    PROGRAM,
    TOO_LARGE,
    WRONG_KIND,
    FileKind,
    Unacceptable,
    kind_of,
)
from tests.office_files import OFD_ROOT, PDF, ofd, ole, open_xml, picture, zipped

CENTRAL = b"PK\x01\x02\x14\x03\x14\x00"  # before the flags and the way of packing
PNG, JPG = picture("PNG"), picture("JPEG")


def kind(content: bytes) -> str:
    return kind_of(io.BytesIO(content), len(content)).kind


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PDF, "pdf"),
        (PDF + b"\r\n" * 200, "pdf"),
        (PNG, "png"),
        (JPG, "jpg"),
        (JPG + b"appended by a telephone", "jpg"),
        (picture("GIF"), "gif"),
        (picture("BMP"), "bmp"),
        (picture("WEBP"), "webp"),
        (picture("TIFF"), "tif"),
        (ofd(), "ofd"),
        (ofd(more=("Doc_0/Signs/Sign_0/SignedValue.dat", "Doc_0/Attachs/xl/workbook.xml")), "ofd"),
        (open_xml("word/document.xml"), "docx"),
        (open_xml("xl/workbook.xml"), "xlsx"),
        (open_xml("ppt/presentation.xml"), "pptx"),
        (open_xml("word/document.xml", "word/embeddings/list.xlsx"), "docx"),
        (ole("WordDocument"), "doc"),
        (ole("Workbook"), "xls"),
        (ole("Book"), "xls"),
        (ole("PowerPoint Document", "Current User"), "ppt"),
        (ole("WordDocument", storage="ObjectPool", inside="Workbook"), "doc"),
    ],
)
def test_the_kind_is_what_is_in_the_file(content: bytes, found: str) -> None:
    assert kind(content) == found


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", EMPTY),
        (b"MZ\x90\x00" + b"\x00" * 64, WRONG_KIND),
        (b"#!/bin/sh\nrm -rf /\n", WRONG_KIND),
        (zipped("word/document.xml"), WRONG_KIND),
        (zipped("[Content_Types].xml", "evil.exe"), PROGRAM),
        (zipped("META-INF/MANIFEST.MF", "Main.class"), WRONG_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", WRONG_KIND),
        (b"<!doctype html><!-- %PDF-1.4 %%EOF -->", WRONG_KIND),
        (b"x", WRONG_KIND),
        (ole("Installer"), WRONG_KIND),
        (ole("__properties_version1.0"), WRONG_KIND),
        (open_xml("word/document.xml", "word/vbaProject.bin"), MACROS),
        (open_xml("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), MACROS),
        (open_xml("word/document.xml", "word/activeX/activeX1.xml"), MACROS),
        (ole("WordDocument", storage="Macros", inside="PROJECT"), MACROS),
        (ole("Workbook", storage="_VBA_PROJECT_CUR", inside="dir"), MACROS),
        (ole("EncryptedPackage", "EncryptionInfo"), ENCRYPTED),
        (PDF.removesuffix(b"%%EOF\n"), BROKEN),
        (PNG[:40], BROKEN),
        (b"\xff\xd8\xff\x00" + b"\x00" * 64, BROKEN),
        (OLE_MAGIC + b"\0" * 40, BROKEN),
        (open_xml("word/document.xml")[:60], BROKEN),
    ],
)
def test_anything_else_is_refused_whatever_it_calls_itself(content: bytes, sentence: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        kind(content)
    assert str(refused.value) == sentence


def test_exactly_20_megabytes_are_accepted_and_one_byte_more_is_not() -> None:
    whole = PDF[:9] + b"0" * (LIMIT - len(PDF)) + PDF[9:]
    assert kind(whole) == "pdf"
    with pytest.raises(Unacceptable, match=TOO_LARGE[:6]):
        kind(PDF[:9] + b"0" + whole[9:])


@given(
    st.sampled_from([b"", b"PK\x03\x04", OLE_MAGIC, b"%PDF-", b"\x89PNG\r\n\x1a\n"]),
    st.binary(max_size=600),
)
def test_no_content_whatever_raises_anything_else(head: bytes, content: bytes) -> None:
    try:
        assert kind(head + content) in CONTENT_TYPES
    except Unacceptable:
        return


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [
        ("doc", "总结.wps", "总结.wps"),
        ("docx", "总结.WPS", "总结.WPS"),
        ("xls", "清单.et", "清单.et"),
        ("jpg", "现场.jpeg", "现场.jpeg"),
        ("pdf", "报告.exe", "报告.exe.pdf"),
        ("docx", "没有后缀", "没有后缀.docx"),
    ],
)
def test_a_name_gets_the_ending_of_its_content(kind: str, name: str, kept: str) -> None:
    assert FileKind(kind).name_for(name) == kept


def test_the_file_window_offers_every_kind_that_is_accepted() -> None:
    assert {f".{kind}" for kind in CONTENT_TYPES} <= set(ACCEPT.split(","))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (ofd(root="<x/>"), WRONG_KIND),
        (ofd(name="Doc_0/OFD.xml"), WRONG_KIND),
        (ofd(root="<!--" + " " * 50_000_000 + "-->" + OFD_ROOT), WRONG_KIND),  # not unpacked
        (zipped("OFD.xml"), WRONG_KIND),
        (ofd()[:-30], BROKEN),
        (ofd().replace(CENTRAL + b"\x00\x00", CENTRAL + b"\x01\x00"), ENCRYPTED),
        (ofd().replace(CENTRAL + b"\x00\x00\x08", CENTRAL + b"\x00\x00\x63"), BROKEN),
    ],
)
def test_what_only_looks_like_ofd_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Unacceptable) as problem:
        kind(content)
    assert str(problem.value) == sentence


def test_ofd_is_known_by_content_and_may_be_a_stamped_sheet() -> None:
    found = kind_of(io.BytesIO(ofd()), len(ofd()))
    assert found.content_type == "application/ofd"
    assert found.is_scan
    assert not found.is_image
    assert found.name_for("公文.OFD") == "公文.OFD"
    assert found.name_for("公文.zip") == "公文.zip.ofd"
    assert ".ofd" in ACCEPT
