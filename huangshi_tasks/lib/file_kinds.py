"""What a file is, by what is in it; its name is never believed. Pure.

Accepted are PDF, OFD (GB/T 33190: a zip with OFD.xml at its root), images, Office (docx xlsx pptx
doc xls ppt) and WPS (wps et dps, which are OLE files with the same streams, or zip files like
docx). Anything that can run is refused: programs, web pages and SVG by not being on the list,
macros, programs and what is fetched from elsewhere by looking for them inside (`office_parts`).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

import filetype
import olefile

from huangshi_tasks.lib import office_parts
from huangshi_tasks.lib.office_parts import CONTENT_TYPES as CONTENT_LIST

LIMIT = 20 * 1024 * 1024
HEAD = 8192
TAIL = 2048  # Acrobat looks for the end of a PDF in the last 1,024 bytes
MOST_PARTS = 10_000  # parts of one zip; a long book with pictures has a few hundred

EMPTY = "文件是空的，请重新选择。"
TOO_LARGE = "文件超过20MB，请压缩或拆分后上传。"
BROKEN = "文件不完整或已损坏，请重新生成后上传。"
WRONG_KIND = "只能上传PDF、OFD、Office或WPS文档、图片（按内容判断，改扩展名无效），请转换后上传。"
MACROS = "文件含有宏或可运行的内容，请另存为不含宏的文档后上传。"
EXTERNAL = "文件打开时会读取外部的文件或模板，请断开链接（数据、模板、图片改为嵌入）后上传。"
PROGRAM = "文件里嵌有程序或打包的文件，请删除后上传，需要报送的附件请单独上传。"
ENCRYPTED = "文件设有打开密码，无法检查，请取消密码后上传。"

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
# kind by content → content type
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "tif": "image/tiff",
    "docx": f"{_OPEN_XML}wordprocessingml.document",
    "xlsx": f"{_OPEN_XML}spreadsheetml.sheet",
    "pptx": f"{_OPEN_XML}presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
TEXT = "txt"  # beside these; never told by its content: whoever could read it says so
IMAGES = frozenset({"jpg", "png", "gif", "bmp", "webp", "tif"})
# Endings under which a program writes that kind; WPS has its own for each.
ENDINGS = {
    "jpg": frozenset({"jpg", "jpeg", "jfif"}),
    "tif": frozenset({"tif", "tiff"}),
    "doc": frozenset({"doc", "wps"}),
    "xls": frozenset({"xls", "et"}),
    "ppt": frozenset({"ppt", "dps"}),
    "docx": frozenset({"docx", "wps"}),
    "xlsx": frozenset({"xlsx", "et"}),
    "pptx": frozenset({"pptx", "dps"}),
}
# for the attribute `accept`: what the file window of the browser offers first
ACCEPT = (
    ".pdf,.ofd,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.wps,.et,.dps"
    ",.jpg,.jpeg,.png,.gif,.bmp,.webp,.tif,.tiff"
)
_ZIP_MAIN = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
_OFD_ROOT = "ofd.xml"
_OFD_NAMESPACE = b"http://www.ofdspec.org"
_ZIP_RUNS = ("vbaproject", "/activex/", "/macrosheets/", "vbadata")
_OLE_MAIN = {
    "worddocument": "doc",
    "workbook": "xls",
    "book": "xls",
    "powerpoint document": "ppt",
}
_OLE_RUNS = frozenset({"macros", "vba", "_vba_project", "_vba_project_cur", "jsaproject.bin"})
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


_FORBIDDEN = {
    office_parts.MACROS: MACROS,
    office_parts.EXTERNAL: EXTERNAL,
    office_parts.PROGRAM: PROGRAM,
}


class Unacceptable(ValueError):  # noqa: N818  # an answer, not a fault
    """Why a file is refused; `str()` is a whole Chinese sentence."""


@dataclass(frozen=True)
class FileKind:
    """`kind` is a key of `CONTENT_TYPES` and the ending of the stored name."""

    kind: str

    @property
    def content_type(self) -> str:
        return "text/plain" if self.kind == TEXT else CONTENT_TYPES[self.kind]

    @property
    def is_image(self) -> bool:
        return self.kind in IMAGES

    @property
    def is_scan(self) -> bool:
        """What comes out of a scanner, a camera or a seal."""
        return self.is_image or self.kind in ("pdf", "ofd")

    def name_for(self, name: str) -> str:
        """`name` with an ending that programs open as this kind; added where it has another."""
        ending = name.rpartition(".")[2].lower()
        fits = ending in ENDINGS.get(self.kind, frozenset({self.kind}))
        return name if fits else f"{name}.{self.kind}"


def kind_of(opened: IO[bytes] | Any, size: int) -> FileKind:
    """The kind of the seekable `opened`, which is left at its beginning. Raises `Unacceptable`."""
    if not size:
        raise Unacceptable(EMPTY)
    if size > LIMIT:
        raise Unacceptable(TOO_LARGE)
    opened.seek(0)
    head = opened.read(HEAD)
    opened.seek(max(0, size - TAIL))
    tail = opened.read(TAIL)
    try:
        kind = _kind(opened, head, tail)
    finally:
        opened.seek(0)
    return FileKind(kind)


def _kind(opened: IO[bytes], head: bytes, tail: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(opened)
    if head.startswith(OLE_MAGIC):
        return _kind_of_ole(opened)
    guess = filetype.guess(head)
    kind = {"apng": "png"}.get(guess.extension, guess.extension) if guess is not None else ""
    if kind not in IMAGES | {"pdf"}:
        raise Unacceptable(WRONG_KIND)
    if not _is_whole(kind, head, tail):
        raise Unacceptable(BROKEN)
    return str(kind)


def _is_whole(kind: str, head: bytes, tail: bytes) -> bool:
    """Whether the parts are there without which no program opens the file: a scan cut short by the
    network is told at once. Phones append to JPG, so its end says nothing; its first marker does.
    """
    if kind == "pdf":
        return b"%PDF-" in head[:1024] and b"%%EOF" in tail
    if kind == "png":
        return head[12:16] == b"IHDR" and b"IEND" in tail
    return kind != "jpg" or head[3:4] >= b"\xc0"


def _kind_of_zip(opened: IO[bytes]) -> str:
    """The lists of parts are read, objects put into a document, and of an OFD the head of its
    root.
    """
    try:
        with zipfile.ZipFile(opened) as archive:
            names = [each.filename.lower() for each in archive.infolist()]
            is_ofd = len(names) <= MOST_PARTS and _is_ofd(archive)
            is_office = CONTENT_LIST in names and len(names) <= MOST_PARTS
            found = office_parts.forbidden(archive) if is_office else None
    except Unacceptable:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError):
        raise Unacceptable(BROKEN) from None
    if is_ofd:
        return "ofd"
    if not is_office:
        raise Unacceptable(WRONG_KIND)
    if found is not None:
        raise Unacceptable(_FORBIDDEN[found])
    if any(sign in f"/{name}" for name in names for sign in _ZIP_RUNS):
        raise Unacceptable(MACROS)
    return _first(names, _ZIP_MAIN)


def _is_ofd(archive: zipfile.ZipFile) -> bool:
    """By what its root says, of which no more than the head is unpacked."""
    root = next((each for each in archive.infolist() if each.filename.lower() == _OFD_ROOT), None)
    if root is None:
        return False
    if root.flag_bits & 1:
        raise Unacceptable(ENCRYPTED)
    with archive.open(root) as part:
        return _OFD_NAMESPACE in part.read(HEAD)


def _kind_of_ole(opened: IO[bytes]) -> str:
    """By its streams: an installer (MSI) or a mail (MSG) is an OLE file too."""
    opened.seek(0)
    try:
        with olefile.OleFileIO(opened) as ole:
            paths = [[part.lower() for part in path] for path in ole.listdir(storages=True)]
    except Exception:  # a crafted directory raises whatever it likes
        raise Unacceptable(BROKEN) from None
    if ["encryptedpackage"] in paths:
        raise Unacceptable(ENCRYPTED)
    if any(_OLE_RUNS.intersection(path) for path in paths):
        raise Unacceptable(MACROS)
    # what stands deeper belongs to a document put into this one
    return _first([path[0] for path in paths if len(path) == 1], _OLE_MAIN)


def _first(names: Iterable[str], kinds: dict[str, str]) -> str:
    found = {kinds[name] for name in names if name in kinds}
    if len(found) != 1:
        raise Unacceptable(WRONG_KIND)
    return found.pop()
