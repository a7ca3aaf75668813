"""Files as programs write them, as small as they can be: for tests of what may come in."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import cache

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5


def zipped(*names: str) -> bytes:
    """A zip file with these parts; with `[Content_Types].xml` it is an Office document."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return packed.getvalue()


def open_xml(main: str, *more: str) -> bytes:
    return zipped("[Content_Types].xml", "_rels/.rels", main, *more)


OFD_ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1" DocType="OFD">'
    "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)


@cache  # an archive knows the second in which it was made
def ofd(root: str = OFD_ROOT, name: str = "OFD.xml", more: tuple[str, ...] = ()) -> bytes:
    """A paper as 电子公文 systems write it (GB/T 33190)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, root)
        for part in ("Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml", *more):
            archive.writestr(part, "<x/>")
    return packed.getvalue()


def ole(*names: str, storage: str = "", inside: str = "") -> bytes:
    """A compound file with empty streams `names`, and `storage` that holds the stream `inside`."""
    entries = [("Root Entry", ROOT, 1)] + [(name, STREAM, FREE) for name in names]
    if storage:
        entries.append((storage, STORAGE, len(entries) + 1))
    siblings = len(entries)
    if storage:
        entries.append((inside, STREAM, FREE))
    directory = b"".join(
        _entry(name, kind, child, i + 1 if 0 < i < siblings - 1 else FREE)
        for i, (name, kind, child) in enumerate(entries)
    )
    sectors = -(-len(directory) // 512)
    directory = directory.ljust(sectors * 512, b"\0")
    fat = [FAT, *range(2, sectors + 1), END]
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return _header() + table + directory


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108)


def _entry(name: str, kind: int, child: int, right: int) -> bytes:
    spelled = (name + "\0").encode("utf-16-le")
    row = spelled.ljust(64, b"\0") + struct.pack("<HBB", len(spelled), kind, 1)
    return row + struct.pack("<III", FREE, right, child) + b"\0" * 36 + struct.pack("<IQ", END, 0)


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), *, place: bool = False) -> bytes:
    """An image; with `place` it says in its EXIF where and with what it was taken."""
    out = io.BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x010F] = "SecretCamera"
        exif[0x0112] = 6  # lies on its side
        exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, "navy").save(out, form, **({"exif": exif} if place else {}))
    return out.getvalue()
