"""Which reader a file needs, by what is in it; its name is only shown."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from tasks.reader.sources import pdf, text, word, workbook
from tasks.reader.sources.lines import Source, Unreadable

MOST_BYTES = 20 * 1024 * 1024
MOST_TEXT_BYTES = 2_000_000
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK = [name.encode("utf-16-le") for name in ("Workbook", "Book")]
_WORD = "WordDocument".encode("utf-16-le")
_SLIDES = "PowerPoint Document".encode("utf-16-le")

OLD_DOC = (
    "是旧版Word或WPS文字文件（.doc、.wps），请用Word或WPS打开，另存为Word文档（.docx）后再导入。"
)
OLD_XLS = "是旧版表格文件（.xls、.et），请用Excel或WPS打开，另存为Excel工作簿（.xlsx）后再导入。"
OFD = "是OFD版式文件，读不出文字，请导入Word文档（.docx）或文字版PDF，或者粘贴文字。"
WEB = "是网页文件，请在浏览器中打开，复制其中的文字后粘贴，或另存为纯文本后再导入。"
RTF = "是RTF文件，请用Word或WPS打开，另存为Word文档（.docx）后再导入。"
PICTURE = "是图片，没有可以读的文字，请导入Word文档，或用文字识别软件转换后粘贴文字。"
OTHER = (
    "不是能读的格式，请另存为Word文档（.docx）、Excel工作簿（.xlsx）、文字版PDF或纯文本后再导入。"
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def open_file(path: Path) -> Source:
    """What a file says. Raises `Unreadable`."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f"没有文件“{path.name}”。") from None
    except (OSError, ValueError):
        raise Unreadable(f"“{path.name}”不是可以读取的文件。") from None
    return open_bytes(raw, path.name)


def open_bytes(raw: bytes, name: str) -> Source:
    """What an uploaded file says. Raises `Unreadable`."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"“{name}”超过20MB，请删去图片，只保留通知正文和分解表后再导入。")
    if not raw.strip():
        raise Unreadable(f"“{name}”是空文件，请重新选择。")
    if PDF in raw[:1024]:
        return pdf.from_pdf(raw)
    if raw.startswith(ZIP):
        return _packed(raw, name)
    if sentence := _old(raw):
        raise Unreadable(f"“{name}”{sentence}")
    if len(raw) > MOST_TEXT_BYTES:
        raise Unreadable(f"“{name}”超过2MB，不像一份通知的正文，请只保留通知正文和分解表后再导入。")
    return text.from_bytes(raw, name)


def _packed(raw: bytes, name: str) -> Source:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Unreadable(word.BROKEN) from None
    if "word/document.xml" in names:
        return word.from_word(raw)
    if any(each.startswith("xl/") for each in names):
        return workbook.from_workbook(raw)
    raise Unreadable(f"“{name}”{OFD if 'OFD.xml' in names else OTHER}")


def _old(raw: bytes) -> str:
    """The sentence for formats that are known and not read; nothing for what may be text."""
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if raw.startswith(OLE):
        if _ENCRYPTED in raw:
            return "有密码，打不开，请取消密码后再导入。"
        if _WORD in raw or not any(each in raw for each in _BOOK):
            return OTHER if _SLIDES in raw else OLD_DOC
        return OLD_XLS
    if head.startswith(b"{\\rtf"):
        return RTF
    if raw.startswith(_PICTURES):
        return PICTURE
    is_markup = head[:1] == b"<" and any(
        each in head.lower() for each in (b"<html", b"<!doctype", b"<?xml", b"<table", b"<body")
    )
    return WEB if is_markup else ""
