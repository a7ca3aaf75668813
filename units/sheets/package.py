"""What a file that was sent as a workbook is: opened where it is an xlsx, else refused by the name
of what it is. Pure.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

FILE_LIMIT = 5 * 1024 * 1024
UNPACKED_LIMIT = 40 * 1024 * 1024
PARTS_LIMIT = 500
LOOKED_AT = 4096

_SAVE_AS = "请用Excel或WPS打开，另存为“Excel工作簿（.xlsx）”后上传。"
EMPTY = "文件是空的，请重新选择。"
TOO_LARGE = "文件超过5MB，请删除图片和多余的工作表后上传。"
NOT_XLSX = "只能上传Excel工作簿（.xlsx，按文件内容判断，改扩展名无效），请用下载的表格填写后上传。"
OLD_XLS = f"这是旧版表格文件（.xls或WPS的.et），{_SAVE_AS}"
BINARY = f"这是二进制工作簿（.xlsb），{_SAVE_AS}"
OPEN_DOCUMENT = f"这是OpenDocument文件（.ods等），{_SAVE_AS}"
PLAIN_TEXT = f"这是文本文件（如CSV），改扩展名不会变成Excel文件，{_SAVE_AS}"
WEB_PAGE = f"这是网页或XML格式的文件（有的系统导出的表格其实是网页），{_SAVE_AS}"
DOCUMENT = "这是Word文档或演示文稿，不是表格，请用下载的表格填写后上传。"
ENCRYPTED = "文件设了打开密码，请取消密码后上传。"
MACROS = "文件含有宏，请另存为不含宏的“Excel工作簿（.xlsx）”后上传。"
CUT_SHORT = "文件不完整，可能没有保存完或没有传完，请用Excel打开并重新保存后上传。"
BROKEN = "文件内部已损坏，请用Excel打开并重新保存后上传。"
PART_BROKEN = "文件中的{}已损坏，请用Excel打开并重新保存后上传。"
UNSAFE = "文件内部结构异常（声明了实体或层次过深），请用Excel打开并重新保存后上传。"
NO_SHEET = "工作簿里没有工作表，请用下载的表格填写后上传。"
TOO_MUCH = "表格内容过大，请删除图片和多余的工作表后上传。"

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)
_WEB = re.compile(rb"<(?:html|table|!doctype html|body|meta|\?xml|workbook)", re.IGNORECASE)
_OLE_BOOK = [name.encode("utf-16-le") for name in ("Workbook", "Book")]


class Unreadable(ValueError):  # noqa: N818  # an answer, not a fault
    """Why a workbook is refused; `str()` is a whole Chinese sentence."""


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive that `content` is. Raises `Unreadable` unless it is a plain xlsx of fair size."""
    if not content:
        raise Unreadable(EMPTY)
    if len(content) > FILE_LIMIT:
        raise Unreadable(TOO_LARGE)
    if not content.startswith(ZIP):
        raise Unreadable(_what_else(content))
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except _DAMAGED:
        raise Unreadable(CUT_SHORT) from None
    _check(package)
    return package


def part_of(package: zipfile.ZipFile, name: str, called: str) -> bytes:
    """The bytes of a part that is needed; `called` names it in the refusal."""
    try:
        return package.read(name)
    except (*_DAMAGED, KeyError, zlib.error):
        raise Unreadable(PART_BROKEN.format(called)) from None


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise Unreadable(TOO_MUCH)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(ENCRYPTED)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise Unreadable(_what_package(names))
    types = part_of(package, "[Content_Types].xml", "目录")
    if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in names):
        raise Unreadable(MACROS)


def _what_package(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return BINARY
    if "content.xml" in names and "mimetype" in names:
        return OPEN_DOCUMENT
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return DOCUMENT
    return NOT_XLSX


def _what_else(content: bytes) -> str:
    """What is no archive: old binary files, web pages and text under the wrong ending."""
    if content.startswith(OLE):  # an encrypted xlsx is packed like an old xls
        if "EncryptedPackage".encode("utf-16-le") in content:
            return ENCRYPTED
        return OLD_XLS if any(name in content for name in _OLE_BOOK) else DOCUMENT
    head = content[:LOOKED_AT]
    if _WEB.search(head) and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return WEB_PAGE
    return PLAIN_TEXT if _is_text(head) else NOT_XLSX


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return head.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-8", "gb18030"):
        try:
            head[:-4].decode(encoding) if len(head) == LOOKED_AT else head.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(sign >= 32 or sign in b"\t\r\n" for sign in head)
    return False
