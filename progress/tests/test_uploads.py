"""What comes in as a file: judged by what is in it."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from progress.uploads import (
    BROKEN,
    EMPTY,
    LIMIT,
    TOO_LARGE,
    WRONG_KIND,
    Unacceptable,
    content_type_of,
    printable_name,
)

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 64 + b"\xff\xd9"


def file_of(content: bytes, name: str = "报送单.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PDF, "application/pdf"),
        (PDF + b"\r\n" * 200, "application/pdf"),
        (PNG, "image/png"),
        (JPG, "image/jpeg"),
        (JPG + b"appended by a telephone", "image/jpeg"),
    ],
)
def test_the_type_is_what_is_in_the_file(content: bytes, found: str) -> None:
    assert content_type_of(file_of(content, "什么都可以.txt")) == found


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", EMPTY),
        (b"MZ\x90\x00" + b"\x00" * 64, WRONG_KIND),
        (zipped(), WRONG_KIND),
        (b"<svg onload=alert(1)>", WRONG_KIND),
        (b"<html><!-- %PDF-1.4 %%EOF --></html>", WRONG_KIND),
        (b"GIF89a" + b"\x00" * 64, WRONG_KIND),
        (b"x", WRONG_KIND),
        (PDF.removesuffix(b"%%EOF\n"), BROKEN),
        (PNG[:40], BROKEN),
        (b"\xff\xd8\xff\x00" + b"\x00" * 64, BROKEN),
    ],
)
def test_anything_else_is_refused_whatever_it_calls_itself(content: bytes, sentence: str) -> None:
    with pytest.raises(Unacceptable, match=sentence[:6]):
        content_type_of(file_of(content))


def test_exactly_20_megabytes_are_accepted_and_one_byte_more_is_not() -> None:
    whole = PDF[:9] + b"0" * (LIMIT - len(PDF)) + PDF[9:]
    assert content_type_of(file_of(whole)) == "application/pdf"
    with pytest.raises(Unacceptable, match=TOO_LARGE[:6]):
        content_type_of(file_of(PDF[:9] + b"0" + whole[9:]))


@given(st.binary(max_size=300))
def test_no_content_whatever_raises_anything_else(content: bytes) -> None:
    try:
        assert content_type_of(file_of(content)) in {"application/pdf", "image/png", "image/jpeg"}
    except Unacceptable:
        return


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("报送单.pdf", "报送单.pdf"),
        ("C:\\文件\\报送单.pdf", "报送单.pdf"),
        ("../../etc/passwd", "passwd"),
        ("报送\u202efdp.exe", "报送fdp.exe"),
        ("换\r\n行.pdf", "换行.pdf"),
        ("", "未命名"),
    ],
)
def test_a_name_is_for_people_only(name: str, printed: str) -> None:
    assert printable_name(name) == printed


@given(st.text())
def test_a_printed_name_has_no_folder_and_fits_its_column(name: str) -> None:
    printed = printable_name(name)
    assert 0 < len(printed) <= 200
    assert "/" not in printed
