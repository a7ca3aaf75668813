"""What runs, or is fetched from elsewhere, is found whatever its part is called."""

from __future__ import annotations

import io
import zipfile

import pytest

from huangshi_tasks.lib.file_kinds import (
    BROKEN,
    EXTERNAL,
    MACROS,
    PROGRAM,
    Unacceptable,
    kind_of,
)
from tests.office_files import ole

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


def types(*kinds: str) -> str:
    parts = "".join(f'<Override PartName="/p{n}" ContentType="{k}"/>' for n, k in enumerate(kinds))
    return f'<Types xmlns="{TYPES}">{parts}</Types>'


def links(*entries: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"{mode}/>'
        for n, (kind, target, mode) in enumerate(entries)
    )
    return f'<Relationships xmlns="{LINKS}">{inside}</Relationships>'


def document(more: dict[str, str | bytes] | None = None, kinds: str = types(MAIN)) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("word/document.xml", "<x/>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return packed.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Unacceptable) as problem:
        kind_of(io.BytesIO(content), len(content))
    return str(problem.value)


EXTERNALLY = ' TargetMode="External"'
RELS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    "kinds",
    [
        types(MACRO_MAIN),
        types(MAIN, "application/vnd.ms-office.vbaProject"),
        types(MAIN, "application/vnd.ms-excel.macrosheet+xml"),
        types(MAIN, "application/vnd.ms-office.activeX+xml"),
        types(MAIN, "APPLICATION/VND.MS-OFFICE.VBAPROJECT"),
    ],
)
def test_macros_are_found_by_content_type(kinds: str) -> None:
    assert refused(document({"word/x.bin": b"renamed"}, kinds)) == MACROS


@pytest.mark.parametrize(
    "kind", [f"{MICROSOFT}/vbaProject", f"{MICROSOFT}/xlMacrosheet", f"{OFFICE}/control"]
)
def test_macros_are_found_by_relationship(kind: str) -> None:
    assert refused(document({RELS: links((kind, "harmless.xml", ""))})) == MACROS


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://10.0.0.66/evil.dotm"),
        ("attachedTemplate", "file://10.0.0.66/share/evil.dotm"),
        ("attachedTemplate", "\\\\10.0.0.66\\share\\evil.dotm"),
        ("image", "http://10.0.0.66/pixel.png"),
        ("oleObject", "http://10.0.0.66/x.doc"),
        ("externalLinkPath", "file:///\\\\10.0.0.66\\x.xlsx"),
        ("frame", "http://10.0.0.66/"),
    ],
)
def test_what_is_fetched_from_elsewhere_is_refused(kind: str, target: str) -> None:
    entry = (f"{OFFICE}/{kind}", target, EXTERNALLY)
    assert refused(document({"word/_rels/settings.xml.rels": links(entry)})) == EXTERNAL


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("hyperlink", "https://www.example.gov.cn/", EXTERNALLY),
        ("attachedTemplate", "file:///C:\\Users\\x\\Normal.dotm", EXTERNALLY),
        ("image", "media/image1.png", ""),
    ],
)
def test_what_every_document_has_is_accepted(kind: str, target: str, mode: str) -> None:
    content = document({RELS: links((f"{OFFICE}/{kind}", target, mode))})
    assert kind_of(io.BytesIO(content), len(content)).kind == "docx"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/embeddings/setup.exe", b"x"),
        ("word/embeddings/start.BAT", b"x"),
        ("word/embeddings/list.xlsm", b"PK"),
        ("word/embeddings/note.dat", b"MZ\x90\x00"),
        ("word/media/picture.bin", b"MZ\x90\x00"),
        ("word/embeddings/oleObject1.bin", ole("\x01Ole10Native")),
        ("word/embeddings/oleObject1.bin", ole("Package")),
    ],
)
def test_programs_and_packages_inside_are_refused(name: str, content: bytes) -> None:
    assert refused(document({name: content})) == PROGRAM


def test_an_object_with_macros_is_refused() -> None:
    inside = ole("WordDocument", storage="Macros", inside="PROJECT")
    assert refused(document({"word/embeddings/oleObject1.bin": inside})) == MACROS


def test_a_table_or_an_equation_inside_is_accepted() -> None:
    inside: dict[str, str | bytes] = {
        "word/embeddings/oleObject1.bin": ole("Equation Native"),
        "word/embeddings/list.xlsx": b"PK\x03\x04",
        "xl/printerSettings/printerSettings1.bin": b"printer",
    }
    content = document(inside)
    assert kind_of(io.BytesIO(content), len(content)).kind == "docx"


@pytest.mark.parametrize(
    "content",
    [
        "<a><b></a>",
        "not xml",
        '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        "<x>" * 200_000,
        f"<x>{' ' * (3 * 1024 * 1024)}</x>",
    ],
)
def test_a_list_that_is_none_is_no_document(content: str) -> None:
    assert refused(document({RELS: content})) == BROKEN
