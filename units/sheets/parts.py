"""The parts of a workbook, streamed: XML without entities, no deeper than any Excel writes. Pure.

Names are local ones, so strict workbooks (ISO namespaces) read like all others. Nothing is kept of
a part but what its reader keeps.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

MOST_DEEP = 100
MOST_ELEMENTS = 2_000_000  # of all parts; a million blank cells with a look are one each
TOO_MUCH = "表格内容过大，请删除多余的工作表、空行和空列后上传。"


class Malformed(ValueError):  # noqa: N818  # an answer, not a fault
    """A part is no XML, or not what it should be."""


class Unsafe(ValueError):  # noqa: N818
    """A part declares entities, or is nested deeper than any program writes."""


class TooMuch(ValueError):  # noqa: N818
    """More than any table of ours has; `str()` is a whole Chinese sentence."""


@dataclass
class Budget:
    """What may still be heard of a package."""

    elements: int = MOST_ELEMENTS


class PartReader:
    """Hears the elements of one part in order. This one keeps nothing."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; attributes under their names as written."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, written: str) -> None:
        """Text between tags; may come in pieces."""


def stream(content: bytes, reader: PartReader, budget: Budget) -> None:
    """Let `reader` hear all of a part. Raises `Malformed`, `Unsafe`, `TooMuch`, and what the reader
    raises.
    """
    parser = expat.ParserCreate()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        budget.elements -= 1
        if depth > MOST_DEEP:
            raise Unsafe
        if budget.elements < 0:
            raise TooMuch(TOO_MUCH)
        reader.start(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(name.rpartition(":")[2])

    def doctype(*_: object) -> None:
        raise Unsafe

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)  # whole: pieces are read again and again while a tag is open
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise Malformed from error


@dataclass(frozen=True)
class Link:
    """What a part points to: the name of the other part, and the last word of the kind of link."""

    target: str
    kind: str


class LinkReader(PartReader):
    """The relations of a part, by their id."""

    def __init__(self, of: str) -> None:
        self.folder, self.links = posixpath.dirname(of), dict[str, Link]()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", self.folder, attributes.get("Target", ""))
            kind = attributes.get("Type", "").rpartition("/")[2]
            place = posixpath.normpath(target).lstrip("/")
            self.links[attributes.get("Id", "")] = Link(place, kind)


def links_beside(part: str) -> str:
    """The name of the part that says what `part` points to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
