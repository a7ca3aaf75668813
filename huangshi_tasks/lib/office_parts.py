"""What may not be inside docx, xlsx and pptx, by content type and relationship: parts may be called
anything, but a program runs or fetches them by what these two lists say. Pure.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

import olefile
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

CONTENT_TYPES = "[content_types].xml"
LARGEST_LIST = 2 * 1024 * 1024  # bytes, unpacked, of one list
LARGEST_OBJECT = 20 * 1024 * 1024
MACRO_TYPES = re.compile(r"macroenabled|vbaproject|vbadata|macrosheet|activex", re.IGNORECASE)
MACRO_LINKS = re.compile(
    r"/(vbaProject|wordVbaData|xlMacrosheet|xlIntlMacrosheet|activeXControl\w*|control)$"
)
HYPERLINK = re.compile(r"/hyperlink$")
# Word notes on whose machine a document was written; a drive of the reader's own is asked nothing
LOCAL_TEMPLATE = re.compile(r"(file:///)?[A-Za-z]:[\\/]")
TEMPLATE = re.compile(r"/attachedTemplate$")
PROGRAMS = re.compile(
    r"\.(exe|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|dll|lnk|jar|sh|reg|cpl"
    r"|docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppsm|ppam)$"
)
PROGRAM_HEADS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"L\0\0\0\x01\x14\x02\0")
# a file of any kind wrapped into an OLE object ("package"); what runs in one
OLE_PACKAGES = frozenset({"\x01ole10native", "package"})
OLE_RUNS = frozenset({"macros", "vba", "_vba_project", "_vba_project_cur"})

MACROS, EXTERNAL, PROGRAM = "macros", "external", "program"


def forbidden(archive: zipfile.ZipFile) -> str | None:
    """`MACROS`, `EXTERNAL` (fetched from elsewhere when it is opened), `PROGRAM`; None where there
    is nothing of the kind. Raises what `zipfile` and the XML reader raise of broken files.
    """
    return next(_found(archive), None)


def _found(archive: zipfile.ZipFile) -> Iterator[str]:
    for part in archive.infolist():
        name = part.filename.lower()
        if name == CONTENT_TYPES:
            yield from _of_types(_list(archive, part))
        elif name.endswith(".rels"):
            yield from _of_links(_list(archive, part))
        elif PROGRAMS.search(name):
            yield PROGRAM
        elif "/embeddings/" in f"/{name}" or name.endswith(".bin"):
            yield from _of_object(archive, part)


def _list(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Whole, and no longer than such a list is. Raises ValueError."""
    with archive.open(part) as opened:
        content = opened.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        raise ValueError(part.filename)
    return content


def _elements(content: bytes) -> Iterator[dict[str, str]]:
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, RecursionError) as error:
        raise ValueError(str(error)) from error
    yield from (each.attrib for each in root)


def _of_types(content: bytes) -> Iterator[str]:
    for entry in _elements(content):
        if MACRO_TYPES.search(entry.get("ContentType", "")):
            yield MACROS


def _of_links(content: bytes) -> Iterator[str]:
    for entry in _elements(content):
        kind, target = entry.get("Type", ""), entry.get("Target", "")
        if MACRO_LINKS.search(kind):
            yield MACROS
        is_external = entry.get("TargetMode", "").lower() == "external"
        is_local = TEMPLATE.search(kind) and LOCAL_TEMPLATE.match(target)
        if is_external and not HYPERLINK.search(kind) and not is_local:
            yield EXTERNAL


def _of_object(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[str]:
    """An object put into the document: by its head, and of an OLE object by its streams."""
    with archive.open(part) as opened:
        head = opened.read(16)
        if head.startswith(PROGRAM_HEADS):
            yield PROGRAM
        if not head.startswith(olefile.MAGIC):
            return
        content = head + opened.read(LARGEST_OBJECT)
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            streams = {piece.lower() for path in ole.listdir(storages=True) for piece in path}
    except Exception as error:  # a crafted directory raises whatever it likes
        raise ValueError(part.filename) from error
    if streams & OLE_PACKAGES:
        yield PROGRAM
    if streams & OLE_RUNS:
        yield MACROS
