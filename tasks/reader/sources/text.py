"""Plain text: UTF-8, UTF-16 with mark, GB18030 (what WPS saves as 纯文本), or pasted."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO

from tasks.reader.sources.lines import Cell, Line, Source, Unreadable, bounded

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BROKEN_TABLE = (
    "这个CSV文件的引号不成对或有一格过长，请用Excel或WPS打开，另存为Excel工作簿（.xlsx）后再导入。"
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a]")


def from_text(text: str) -> Source:
    """Pasted text. Raises `Unreadable`."""
    lines = re.split(r"\r\n|\r|\n", text)
    return bounded(Source("txt", tuple(Line(n, each) for n, each in enumerate(lines, start=1))))


def from_bytes(raw: bytes, name: str) -> Source:
    """A text file; one of values between commas is a table. Raises `Unreadable`."""
    text = decoded(raw, name)
    return from_table(text) if name.lower().endswith(".csv") else from_text(text)


def from_table(text: str) -> Source:
    """The cells of a .csv, parted by commas, semicolons or tabs, whichever its first rows have
    most of. Raises `Unreadable`.
    """
    top = "".join(text.splitlines(keepends=True)[:5])
    sign = max(",;\t", key=top.count)
    lines: list[Line] = []
    try:
        for row, cells in enumerate(csv.reader(StringIO(text), delimiter=sign)):
            for column, words in enumerate(cells):
                if words.strip():
                    lines.append(Line(len(lines) + 1, words, Cell(0, row, column)))
    except csv.Error:
        raise Unreadable(BROKEN_TABLE) from None
    return bounded(Source("txt", tuple(lines)))


def decoded(raw: bytes, name: str) -> str:
    """The text of a file. Raises `Unreadable` for what is no text."""
    encodings = ("utf-16",) if raw.startswith(_WIDE) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_NOT_TEXT.findall(text)) * 20 <= len(text):
            return text
    raise Unreadable(
        f"“{name}”不是能读的格式，请用Word或WPS打开，另存为Word文档（.docx）、文字版PDF或UTF-8编码的纯文本后再导入。"
    )
