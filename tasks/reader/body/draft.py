"""What one style makes of a source, while it is read from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.reader.letter import says_reporting
from tasks.reader.markers import Marker
from tasks.reader.parsed import KEY_TASK, PRACTICAL_PROJECT
from tasks.reader.passages import BLANK, Passage
from tasks.reader.reading import TableRead
from tasks.reader.roles.grammar import UNIT_FIELDS, Roles

LETTER, REQUIREMENT, REPORTING, HEADLINE, FURNITURE = (
    "letter", "requirement", "reporting", "headline", "furniture",
)  # fmt: skip


def demanded(text: str) -> str:
    """What is asked of everybody: 报送要求 where it says when to report, else 工作要求."""
    return REPORTING if says_reporting(text) else REQUIREMENT


@dataclass(slots=True)
class DraftArea:
    ordinal: int
    printed: int | None
    title: str
    line: int
    kind: str = ""  # of its marker
    themes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class DraftPart:
    """An item or a sub-item: `texts` in order, `roles` as printed, `labels` what is consumed."""

    number: int | None
    printed: str
    texts: list[Passage] = field(default_factory=list)
    roles: Roles = field(default_factory=Roles)
    carriers: list[Passage] = field(default_factory=list)
    is_open: bool = False  # its bracket lacks the end

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.texts).strip(BLANK)

    @property
    def line(self) -> int:
        first = next((each for each in (*self.texts, *self.carriers) if each.parts), None)
        return first.line if first is not None else 1

    def has_units(self) -> bool:
        return self.roles.has_units()


@dataclass(slots=True)
class DraftItem(DraftPart):
    kind: str = KEY_TASK
    area: DraftArea | None = None
    theme: str | None = None
    subs: list[DraftPart] = field(default_factory=list)
    heading_roles: Roles | None = None
    is_of_rows: bool = False  # each of `texts` is a row of a table, a sentence for itself

    def answers(self) -> bool:
        """Whether it, or a part of it, says who answers."""
        return self.has_units() or any(each.has_units() for each in self.subs)


@dataclass(slots=True)
class Remark:
    """Something odd at a place: `kind` of the doubt, its sentence, and the item it is about."""

    kind: str
    sentence: str
    passage: Passage
    item: DraftItem | None = None
    text: str | None = None
    is_small: bool = False


@dataclass(slots=True)
class Draft:
    """`area`, `theme`: where the next item falls; `claims`: passage → what it was read as."""

    kind: str = KEY_TASK
    area: DraftArea | None = None
    theme: str | None = None
    deeper: str | None = None  # a heading below the theme
    heading_roles: Roles | None = None
    areas: list[DraftArea] = field(default_factory=list)
    items: list[DraftItem] = field(default_factory=list)
    claims: list[tuple[Passage, str]] = field(default_factory=list)
    paragraphs: list[tuple[str, Passage]] = field(default_factory=list)
    unused: list[tuple[Passage, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    sections: list[Passage] = field(default_factory=list)
    tables: list[TableRead] = field(default_factory=list)
    unread_tables: list[TableRead] = field(default_factory=list)
    orphans: int = 0  # roles that found no item

    def claim(self, passage: Passage, kind: str) -> None:
        if passage.parts:
            self.claims.append((passage, kind))

    def remark(self, kind: str, sentence: str, passage: Passage, **more: object) -> None:
        self.remarks.append(Remark(kind, sentence, passage, **more))  # type: ignore[arg-type]  # names of fields

    def open_section(self, title: Passage) -> None:
        """A list with a title of its own: what kind it is, and no area yet."""
        self.claim(title, "heading")
        self.sections.append(title)
        self.kind = kind_of(title.text, self.kind)
        self.close_area()

    def close_area(self) -> None:
        self.area = self.theme = self.deeper = self.heading_roles = None

    def open_area(self, title: str, place: Passage, marker: Marker | None) -> None:
        printed = marker.number if marker is not None else None
        taken = {each.ordinal for each in self.areas}
        ordinal = printed if printed else max(taken, default=0) + 1
        if ordinal in taken:
            self.remark("area_twice", f"第{ordinal}方面的序号重复", place, is_small=True)
            ordinal = max(taken) + 1
        kind = marker.kind if marker is not None else ""
        self.area = DraftArea(ordinal, printed, title, place.line, kind)
        self.areas.append(self.area)
        self.theme = self.deeper = self.heading_roles = None

    def open_theme(self, title: str) -> None:
        """A theme that comes again in the same chapter is the same theme."""
        self.theme, self.deeper = title, None
        self._add_theme()

    def open_deeper(self, title: str) -> None:
        """A third level of headings follows the theme."""
        self.deeper = title
        self._add_theme()

    @property
    def whole_theme(self) -> str | None:
        if self.theme is None:
            return self.deeper
        return f"{self.theme} · {self.deeper}" if self.deeper else self.theme

    def _add_theme(self) -> None:
        theme = self.whole_theme
        if self.area is not None and theme is not None and theme not in self.area.themes:
            self.area.themes.append(theme)

    def add_item(self, number: int | None, printed: str) -> DraftItem:
        item = DraftItem(number, printed, kind=self.kind, area=self.area)
        item.theme = self.whole_theme if self.area is not None else None
        item.heading_roles = self.heading_roles
        self.items.append(item)
        return item

    def paragraph(self, kind: str, passage: Passage) -> None:
        self.paragraphs.append((kind, passage))
        self.claim(passage, "letter" if kind == LETTER else "plan")

    def leave(self, passage: Passage, reason: str) -> None:
        """Read and not used; `reason` '' needs nobody to look."""
        self.unused.append((passage, reason))


def kind_of(title: str, before: str = KEY_TASK) -> str:
    """Key tasks or practical projects, by the title of a list."""
    if "实事" in title and not any(word in title for word in ("重点工作", "重点任务", "和")):
        return PRACTICAL_PROJECT
    return KEY_TASK if any(word in title for word in ("工作", "任务", "目标")) else before


def has_unit_fields(roles: Roles) -> bool:
    return any(each.field in UNIT_FIELDS for each in roles.assigned)
