"""Each paragraph by itself: what it starts, what it says of roles, before anything is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tasks.reader import decisions as decided
from tasks.reader.directory import Directory
from tasks.reader.headings import is_section_title
from tasks.reader.layout.blocks import Block, Paragraph, Table
from tasks.reader.letter import is_address, is_annex, is_annex_list, is_date_line, is_letter
from tasks.reader.markers import BULLET, HAN, RANK, Marker, marker_of
from tasks.reader.passages import BLANK, Passage
from tasks.reader.roles.carriers import Carrier, find_carriers, starts_with_label
from tasks.reader.roles.grammar import Roles, has_unit_words, read_roles

HEADING, ITEM, SUB, ROLE, SECTION, PLAIN, LETTER, TABLE = (
    "heading", "item", "sub", "role", "section", "plain", "letter", "table",
)  # fmt: skip
_FORCED = {
    decided.HEADING: HEADING, decided.THEME: HEADING, decided.ITEM: ITEM, decided.SUB_ITEM: SUB,
    decided.ROLE: ROLE, decided.LETTER: LETTER, decided.PLAN: LETTER, decided.UNUSED: LETTER,
}  # fmt: skip


@dataclass(slots=True)
class Entry:
    """`body` is the text behind the marker; `carriers` are found in `body`."""

    kind: str
    whole: Passage
    body: Passage
    marker: Marker | None = None
    carriers: list[Carrier] = field(default_factory=list)
    table: Table | None = None
    pieces: tuple[Passage, ...] = ()
    forced: str | None = None
    is_split: bool = False  # its paragraph was cut where numbers were glued
    after_gap: bool = False

    @property
    def text(self) -> str:
        return self.whole.text

    @property
    def rank(self) -> int:
        return RANK[self.marker.kind] if self.marker is not None else 99

    def has_units(self) -> bool:
        """Whether it says who answers."""
        return any(has_unit_words(each.inner.text) for each in self.carriers)

    @property
    def is_landmark(self) -> bool:
        """A title, an annex, a signature: what comes after is another part of the source."""
        return self.kind == SECTION or (
            self.kind in (PLAIN, LETTER)
            and len(self.text) < 60
            and (is_annex(self.text) or is_date_line(self.text))
        )


def entries(
    found: Sequence[Block], item_marker: str | None, directory: Directory, lines: Mapping[int, str]
) -> list[Entry]:
    """`item_marker`: what numbers the items of this style; None where none does. `lines`: what a
    person said a line is.
    """
    out = []
    for each in found:
        if isinstance(each, Table):
            out.append(Entry(TABLE, Passage(), Passage(), table=each))
        else:
            out.append(_entry(each, item_marker, directory, lines))
    return out


def _entry(
    paragraph: Paragraph, item_marker: str | None, directory: Directory, lines: Mapping[int, str]
) -> Entry:
    whole = paragraph.whole
    marker = marker_of(whole.text)
    body = whole[marker.end :].strip(BLANK) if marker is not None else whole
    entry = Entry(
        PLAIN, whole, body, marker, find_carriers(body, directory),
        pieces=paragraph.pieces, is_split=paragraph.is_cut, after_gap=paragraph.after_gap,
    )  # fmt: skip
    entry.forced = lines.get(whole.line) if not paragraph.is_cut else None
    entry.kind = _FORCED.get(entry.forced or "") or _kind(entry, item_marker)
    return entry


def _kind(entry: Entry, item_marker: str | None) -> str:
    marker, text = entry.marker, entry.text
    if _is_role_line(entry):
        return ROLE
    if not entry.has_units():
        title = entry.body.text if marker is not None and marker.kind == HAN else text
        if is_section_title(title):
            return SECTION
        if marker is None and _is_letter_line(text):
            return LETTER
    if marker is None:
        return PLAIN
    if item_marker is None:
        if marker.kind == BULLET or entry.carriers:
            return ITEM if entry.carriers else PLAIN
        return HEADING
    if marker.kind == item_marker:
        return ITEM
    return HEADING if marker.kind != BULLET and RANK[marker.kind] < RANK[item_marker] else SUB


def _is_letter_line(text: str) -> bool:
    return is_address(text) or is_annex_list(text) or (len(text) < 400 and is_letter(text))


def _is_role_line(entry: Entry) -> bool:
    """Nothing but roles, with or without a bullet before them."""
    if entry.marker is not None and entry.marker.kind != BULLET:
        return False
    if not entry.carriers:
        return False
    if starts_with_label(entry.body.text):
        return True
    first = entry.carriers[0]
    return first.start == 0 and first.end >= len(entry.body.text.rstrip(f"{BLANK}。"))


def roles_of(carriers: Sequence[Carrier], directory: Directory) -> Roles:
    """What several carriers of one paragraph say together."""
    roles = Roles()
    for each in carriers:
        roles.add(read_roles(each.inner, directory))
    return roles
