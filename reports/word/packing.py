"""The same paper is the same bytes: fixed times in the zip, fixed properties in the document."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from reports.word.fonts import font_table
from reports.word.runs import clean

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold
THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def pack(document: Document, *, title: str, author: str, day: date) -> bytes:
    """The file of `document`, stamped with `day` and nothing of the present moment."""
    properties = document.core_properties
    properties.title, properties.author = clean(title)[:255], clean(author)[:255]
    properties.last_modified_by = properties.author
    properties.comments = properties.keywords = properties.subject = ""
    properties.language, properties.revision = "zh-CN", 1
    properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    _leave_out_thumbnail(document)
    _name_fonts(document)
    stream = BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _leave_out_thumbnail(document: Document) -> None:
    """The library's template brings a picture of itself."""
    relations = document.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype == THUMBNAIL]:
        del relations[key]


def _name_fonts(document: Document) -> None:
    relation = document.part.rels
    for each in relation.values():
        if each.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            each.target_part._blob = font_table()


def _without_times(content: bytes) -> bytes:
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as written,
    ):
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type, entry.external_attr, entry.create_system = 8, 0o600 << 16, 3
            written.writestr(entry, given.read(name))
    return stream.getvalue()
