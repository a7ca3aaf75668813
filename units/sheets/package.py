"""The look inside an xlsx before anything reads it: an archive of XML that may claim anything.

A file of 5 KB can claim 17 billion cells, by one merged range or by unpacking to gigabytes. Pure.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils import range_boundaries

FILE_LIMIT = 5 * 1024 * 1024
UNPACKED_LIMIT = 40 * 1024 * 1024
PARTS_LIMIT = 500
CELLS_LIMIT = 200_000
ROWS_LIMIT, COLUMNS_LIMIT = 20_000, 500

EMPTY = "文件是空的，请重新选择。"
TOO_LARGE = "文件超过5MB，请删除图片和多余的工作表后上传。"
NOT_XLSX = "只能上传Excel工作簿（.xlsx，按文件内容判断，改扩展名无效），请用下载的表格填写后上传。"
OLD_XLS = "这是旧版Excel文件（.xls），请另存为“Excel工作簿（.xlsx）”后上传。"
ENCRYPTED = "文件设了打开密码，请取消密码后上传。"
MACROS = "文件含有宏，请另存为不含宏的“Excel工作簿（.xlsx）”后上传。"
BROKEN = "文件不完整或已损坏，请用Excel打开并重新保存后上传。"
TOO_MUCH = "表格内容过大，请删除多余的工作表、空行和空列后上传。"

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WIDE_REFERENCES = {"mergeCell", "hyperlink", "comment"}  # openpyxl makes every cell of these


class Unreadable(ValueError):  # noqa: N818  # an answer, not a fault
    """Why a workbook is refused; `str()` is a whole Chinese sentence."""


def check_package(content: bytes) -> None:
    """Raise `Unreadable` unless `content` is a plain xlsx that is safe to read."""
    if not content:
        raise Unreadable(EMPTY)
    if len(content) > FILE_LIMIT:
        raise Unreadable(TOO_LARGE)
    if content.startswith(OLE):  # an encrypted xlsx is packed like an old xls
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable(ENCRYPTED if is_locked else OLD_XLS)
    if not content.startswith(ZIP):
        raise Unreadable(NOT_XLSX)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_parts(package)
    except (zipfile.BadZipFile, DefusedXmlException, ParseError, NotImplementedError):
        raise Unreadable(BROKEN) from None
    except (RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(BROKEN) from None


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise Unreadable(TOO_MUCH)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(ENCRYPTED)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise Unreadable(NOT_XLSX)
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types or any("vbaProject" in name for name in names):
        raise Unreadable(MACROS)
    count = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            count += _cells_of(package, part.filename)
        if count > CELLS_LIMIT:
            raise Unreadable(TOO_MUCH)


def _cells_of(package: zipfile.ZipFile, name: str) -> int:
    """How many cells a part would make; refuses declarations of entities by reading it."""
    count = 0
    with package.open(name) as part:
        for element in _elements(part):
            tag = element.tag.rsplit("}", 1)[-1]
            if tag == "c":
                count += 1
                _refuse_far(element.get("r", "A1"))
            elif tag in WIDE_REFERENCES:
                count += _area(element.get("ref", "A1"))
            if count > CELLS_LIMIT:
                break
    return count


def _elements(part: Any) -> Iterator[Element]:
    """Every element of a part, in constant memory."""
    parents: list[Element] = []
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            parents.append(element)
            continue
        parents.pop()
        yield cast(Element, element)
        if parents:
            parents[-1].remove(element)


def _refuse_far(reference: str) -> None:
    """A value in row 1,048,576 makes a million rows of everything that walks the sheet."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference)
    if found is None:
        raise Unreadable(BROKEN)
    letters, row = found[1], int(found[2])
    is_far = len(letters) > 2 or row > ROWS_LIMIT
    if is_far or cast(int, range_boundaries(reference)[0]) > COLUMNS_LIMIT:
        raise Unreadable(TOO_MUCH)


def _area(reference: str) -> int:
    first_column, first_row, last_column, last_row = range_boundaries(reference)
    if None in (first_column, first_row, last_column, last_row):
        return CELLS_LIMIT + 1  # whole rows or columns
    width = cast(int, last_column) - cast(int, first_column) + 1
    return width * (cast(int, last_row) - cast(int, first_row) + 1)
