"""Reading the text file of a notice."""

from __future__ import annotations

import codecs
from pathlib import Path

MOST_BYTES = 2_000_000  # forty times the notice of 2022
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):  # noqa: N818  # an answer, not a fault
    """`str()` is a whole Chinese sentence."""


def read_source(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 with mark, or GB18030 (what WPS saves as 纯文本).

    Raises `Unreadable` when there is no such file, it is too large, empty, or not text.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f"没有文件“{path.name}”。") from None
    except (OSError, ValueError):
        raise Unreadable(f"“{path.name}”不是可以读取的文件。") from None
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"“{path.name}”超过2MB，不像一份通知的正文。")
    text = _decoded(raw, path.name)
    if not text.strip():
        raise Unreadable(f"“{path.name}”是空文件。")
    return text


def _decoded(raw: bytes, name: str) -> str:
    encodings = ("utf-16",) if raw.startswith(_WIDE) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"“{name}”不是纯文本文件，请另存为 UTF-8 编码的纯文本后再导入。")
