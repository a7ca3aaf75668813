"""Running text to headings, items and their parts, for one style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.reader import decisions as decided
from tasks.reader.body import draft as drafts
from tasks.reader.body.bounds import body_flags
from tasks.reader.body.draft import Draft, DraftItem, DraftPart
from tasks.reader.body.entries import (
    HEADING,
    ITEM,
    LETTER,
    PLAIN,
    ROLE,
    SECTION,
    SUB,
    TABLE,
    Entry,
    roles_of,
)
from tasks.reader.body.rows import is_note, is_of_items, read_table
from tasks.reader.directory import Directory
from tasks.reader.headings import looks_like_theme, shared_formula, split_heading, without_stop
from tasks.reader.layout.blocks import Table
from tasks.reader.letter import is_furniture, is_requirement, says_reporting
from tasks.reader.markers import HAN, HAN_PAREN, PART, marker_of
from tasks.reader.passages import BLANK, Passage
from tasks.reader.roles.carriers import find_carriers

_LONG_HEADING = 60
_STOP = "。.．"


@dataclass(slots=True)
class _Open:
    """The item and part that are being read, and which of them the last line of roles went to."""

    item: DraftItem | None = None
    sub: DraftPart | None = None
    target: DraftPart | None = None


class Flow:
    """Reads the entries of one style into a draft."""

    def __init__(
        self,
        found: Sequence[Entry],
        directory: Directory,
        columns: Mapping[str, Mapping[int, str]],
        options: Mapping[str, Mapping[str, str]] | None = None,
        *,
        reads_text: bool = True,
        numbers: bool = True,
    ) -> None:
        self.numbers = numbers
        self.found, self.directory = found, directory
        self.columns, self.options = columns, options or {}
        self.reads_text = reads_text
        self.draft = Draft()
        self.open = _Open()
        self.sheets: int | None = None  # of key tasks, once counted
        self.numbered_theme: str | None = None  # below it a theme without number is a third level
        self._settle_headings()
        self.flags = body_flags(found)
        self.formula = shared_formula(
            [
                each.body.text
                for each, is_body in zip(found, self.flags, strict=True)
                if is_body and each.kind == HEADING and each.marker and each.marker.kind == HAN
            ]
        )

    def read(self) -> Draft:
        for place, each in enumerate(self.found):
            if each.forced in (decided.LETTER, decided.PLAN, decided.UNUSED):
                self._forced_out(each)
            elif self.flags[place] and each.kind != LETTER:
                self._body(place, each)
            else:
                self._letter(each)
            if each.kind != ROLE:
                self.open.target = None
        for item in self.draft.items:
            _lift_roles(item)
        return self.draft

    def _forced_out(self, each: Entry) -> None:
        if each.forced == decided.UNUSED:
            self.draft.leave(each.whole, "")
        else:
            is_letter = each.forced == decided.LETTER
            kind = drafts.LETTER if is_letter else drafts.demanded(each.text)
            self.draft.paragraph(kind, each.whole)

    # what a heading is

    def _settle_headings(self) -> None:
        """Nothing is a heading silently that says who answers and has no items below it."""
        for place, each in enumerate(self.found):
            if each.kind == PLAIN and not self.numbers and self._is_led(place):
                each.kind = ITEM
            if each.kind == HEADING and each.forced is None and not self._has_items(place):
                following = self.found[place + 1] if place + 1 < len(self.found) else None
                has_line = following is not None and following.kind == ROLE
                if each.has_units() or has_line:
                    each.kind = ITEM

    def _is_led(self, place: int) -> bool:
        """Whether a line of roles stands right below."""
        return place + 1 < len(self.found) and self.found[place + 1].kind == ROLE

    def _has_items(self, place: int) -> bool:
        rank = self.found[place].rank
        for each in self.found[place + 1 :]:
            if each.kind in (SECTION, LETTER, TABLE):
                return each.kind == TABLE
            if each.kind == HEADING and each.rank <= rank:
                return False
            if each.kind in (ITEM, SUB):
                return True
        return False

    # the letter

    def _letter(self, each: Entry) -> None:
        if each.kind == TABLE and each.table is not None:
            self._table(each.table)
            return
        text = each.text
        if each.kind == SECTION:
            self.draft.sections.append(each.whole)
        if is_furniture(text):
            self.draft.leave(each.whole, "")
            self.draft.claim(each.whole, "furniture")
        elif says_reporting(text):
            self.draft.paragraph(drafts.REPORTING, each.whole)
        elif each.marker is not None and each.kind in (HEADING, ITEM, SUB):
            self.draft.paragraph(drafts.REQUIREMENT, each.whole)
        else:
            self.draft.paragraph(drafts.LETTER, each.whole)

    def _table(self, table: Table) -> None:
        read_table(
            table,
            self.draft,
            self.directory,
            self.columns,
            self.options,
            has_sheets=bool(table.sheet) and self._has_sheets(),
        )

    def _has_sheets(self) -> bool:
        """Whether key tasks stand on several sheets."""
        if self.sheets is None:
            tables = [each.table for each in self.found if each.table is not None]
            self.sheets = sum(
                bool(each.sheet)
                and is_of_items(each, self.directory, self.columns.get(each.key, {}))
                for each in tables
            )
        return self.sheets > 1

    # the plan

    def _body(self, place: int, each: Entry) -> None:
        if each.kind == TABLE and each.table is not None:
            self.open = _Open()
            self._table(each.table)
        elif not self.reads_text and each.kind in (ITEM, SUB, ROLE):
            self._letter(each)
        elif each.kind == SECTION:
            self.open = _Open()
            self.draft.open_section(each.whole)
        elif each.kind == HEADING:
            self._heading(place, each)
        elif each.kind == ITEM:
            self._item(each)
        elif each.kind == SUB:
            self._sub(each)
        elif each.kind == ROLE:
            self._role(each)
        elif each.kind == PLAIN:
            self._plain(place, each)

    def _heading(self, place: int, each: Entry) -> None:
        self.open = _Open()
        start = each.marker.end if each.marker is not None else 0
        self._label(each)
        title, rest = each.body, Passage()
        if each.carriers:
            title, rest = each.body[: each.carriers[0].start], each.body[each.carriers[0].start :]
        if (
            len(title.text) > _LONG_HEADING
            and "。" in title.text[:-1]
            and not self._has_items(place)
        ):
            self.draft.paragraph(drafts.REQUIREMENT, each.whole)
            return
        self.draft.claim(title, "heading")
        is_wide = (
            each.forced == decided.HEADING
            or (each.marker is not None and each.marker.kind in (PART, HAN))
            or self._is_next_chapter(place)
        )
        if is_wide or (
            self.draft.area is None
            and each.forced != decided.THEME
            and not self._is_below_wider(place)
        ):
            self._open_area(each, title, start)
        else:
            self._open_theme(each, title)
        if rest:
            self.draft.heading_roles = roles_of(each.carriers, self.directory)
            self.draft.claim(rest, "label")

    def _is_next_chapter(self, place: int) -> bool:
        """（二） where （一） was a chapter, for nothing wider is numbered."""
        marker = self.found[place].marker
        is_chapter = marker is not None and marker.kind == HAN_PAREN
        is_chapter = is_chapter and self.found[place].forced != decided.THEME
        opened = self.draft.area is not None and self.draft.area.kind == HAN_PAREN
        return is_chapter and opened and not self._is_below_wider(place)

    def _is_below_wider(self, place: int) -> bool:
        """（一） before any 一、 of its list is a theme whose chapter stands elsewhere."""
        rank = self.found[place].rank
        return any(e.kind == HEADING and e.rank < rank for e in self.found)

    def _open_area(self, each: Entry, title: Passage, start: int) -> None:
        pieces = (
            [piece.text for piece in each.pieces] if not each.carriers and not each.is_split else []
        )
        if len(pieces) > 1:
            pieces[0] = pieces[0][start:].lstrip(BLANK)
        else:
            pieces = [title.text.strip(BLANK)]
        heading = split_heading(pieces, self.formula)
        self.draft.open_area(heading.title, each.whole, each.marker)
        if heading.theme is not None:
            self.draft.open_theme(heading.theme)
        if not heading.split and len(title.text) > 12 and each.marker is not None:
            self.draft.remark(
                "glued_heading",
                "标题与小标题连写，未能分开，全部作为标题",
                each.whole,
                is_small=True,
            )

    def _open_theme(self, each: Entry, title: Passage) -> None:
        if self.draft.area is None:
            self.draft.remark("theme_without_area", "小标题不在任何方面之下，未读入", each.whole)
            return
        words = without_stop(title.text)
        kind = each.marker.kind if each.marker is not None else None
        if kind not in (HAN_PAREN, None) and self.draft.theme is not None:
            self.draft.open_deeper(words)
        else:
            self.draft.open_theme(words)
            self.numbered_theme = words if kind is not None else None

    def _label(self, each: Entry) -> None:
        if each.marker is not None:
            self.draft.claim(each.whole[: each.marker.end], "label")

    def _item(self, each: Entry) -> None:
        number = each.marker.number if each.marker is not None else None
        if each.marker is not None and each.marker.kind == "bullet":
            number = None
        printed = each.marker.printed if each.marker is not None else ""
        self._label(each)
        item = self.draft.add_item(number, printed)
        self.open = _Open(item)
        self._fill(item, each.body)

    def _sub(self, each: Entry) -> None:
        item = self.open.item
        if item is None:
            if each.has_units():
                self._item(each)
            else:
                self._left_out(each)
            return
        self._label(each)
        sub = DraftPart(
            each.marker.number if each.marker else None, each.marker.printed if each.marker else ""
        )
        item.subs.append(sub)
        self.open.sub = sub
        self._fill(sub, each.body)

    def _fill(self, part: DraftPart, body: Passage) -> None:
        """The text before the first carrier, the roles, and what is glued behind them."""
        carriers = find_carriers(body, self.directory)
        if not carriers:
            part.texts.append(body)
            return
        text = body[: carriers[0].start].strip(BLANK)
        if text:
            part.texts.append(text)
        for place, carrier in enumerate(carriers):
            part.roles.add(roles_of([carrier], self.directory))
            part.carriers.append(body[carrier.start : carrier.end])
            part.is_open = part.is_open or not carrier.is_closed
            following = carriers[place + 1].start if place + 1 < len(carriers) else len(body)
            rest = body[carrier.end : following]
            words = rest.text.strip(f"{BLANK}{_STOP};；,，")
            if not words:
                self.draft.claim(rest, "label")
            elif place + 1 < len(carriers):
                part.texts.append(rest.strip(BLANK))
                self.draft.remark(
                    "several_brackets",
                    "一项中有几处责任括号，合为一项读入",
                    rest,
                    item=self.open.item,
                    is_small=True,
                )
            else:
                self._behind(rest.strip(BLANK))

    def _behind(self, rest: Passage) -> None:
        """What is glued behind the last bracket: a theme, or something nobody knows."""
        marker = marker_of(rest.text)
        if marker is not None and marker.kind == HAN:
            self.draft.claim(rest, "heading")
            self.open = _Open()
            heading = split_heading([rest.text[marker.end :]], self.formula)
            self.draft.open_area(heading.title, rest, marker)
            if heading.theme:
                self.draft.open_theme(heading.theme)
        elif self.draft.area is not None and looks_like_theme(rest.text):
            self.draft.claim(rest, "heading")
            self._unnumbered_theme(rest)
        else:
            self.draft.leave(rest, "括号之后的内容不像小标题，未读入")

    def _role(self, each: Entry) -> None:
        roles = roles_of(each.carriers, self.directory)
        target = self.open.target or self._target()
        if target is None:
            if self.draft.area is not None and not self._has_items_since_heading():
                self.draft.claim(each.whole, "label")
                self.draft.heading_roles = self.draft.heading_roles or roles_of([], self.directory)
                self.draft.heading_roles.add(roles)
                return
            self.draft.orphans += 1
            self.draft.leave(each.whole, "责任单位上方没有事项，未读入")
            return
        self.open.target = target
        last = each.carriers[-1]
        target.roles.add(roles)
        target.is_open = target.is_open or not last.is_closed
        start = len(each.whole.text) - len(each.body.text)
        target.carriers.append(each.whole[: start + last.end])
        rest = each.body[last.end :]
        if rest.text.strip(f"{BLANK}{_STOP};；"):
            self._behind(rest.strip(BLANK))
        else:
            self.draft.claim(rest, "label")

    def _has_items_since_heading(self) -> bool:
        return any(each.area is self.draft.area for each in self.draft.items)

    def _target(self) -> DraftPart | None:
        """A line of roles belongs to the last part if every part before it has its own."""
        item, sub = self.open.item, self.open.sub
        if item is None or sub is None:
            return item
        earlier = item.subs[:-1]
        if sub.has_units() or not all(each.has_units() for each in earlier):
            return item
        return sub

    def _plain(self, place: int, each: Entry) -> None:
        item, text = self.open.item, each.text
        part: DraftPart | None = self.open.sub or item
        if (each.has_units() or self._is_led(place)) and (part is None or part.has_units()):
            self._item(each)
            return
        if (
            part is not None
            and not part.has_units()
            and (each.carriers or self._roles_follow(place))
        ):
            self._fill(part, each.whole)
            return
        following = self.found[place + 1] if place + 1 < len(self.found) else None
        leads_on = following is not None and following.kind in (ITEM, HEADING, SUB, PLAIN, TABLE)
        if (
            looks_like_theme(text)
            and (leads_on or self.draft.area is None)
            and following is not None
        ):
            self.draft.claim(each.whole, "heading")
            self.open = _Open()
            self._unnumbered_theme(each.whole)
        else:
            self._left_out(each)

    def _unnumbered_theme(self, whole: Passage) -> None:
        title = without_stop(whole.text)
        area = self.draft.area
        if area is None or (area.printed is None and not self._headings_are_numbered()):
            self.draft.open_area(title, whole, None)
        elif self.numbered_theme is not None and self.numbered_theme == self.draft.theme:
            self.draft.open_deeper(title)
        else:
            self.draft.open_theme(title)

    def _headings_are_numbered(self) -> bool:
        return any(
            each.kind == HEADING and each.marker is not None and is_body
            for each, is_body in zip(self.found, self.flags, strict=True)
        )

    def _roles_follow(self, place: int) -> bool:
        """Whether lines of roles come before anything that begins."""
        for each in self.found[place + 1 : place + 8]:
            if each.kind == ROLE:
                return True
            if each.kind != PLAIN:
                return False
            if each.carriers:
                return True
        return False

    def _left_out(self, each: Entry) -> None:
        if is_furniture(each.text):
            self.draft.leave(each.whole, "")
            self.draft.claim(each.whole, "furniture")
        elif is_requirement(each.text) or says_reporting(each.text) or is_note(each.text):
            self.draft.paragraph(drafts.demanded(each.text), each.whole)
        else:
            self.draft.leave(each.whole, "未识别的内容，未读入任何事项")


def _lift_roles(item: DraftItem) -> None:
    """A bracket at the end of the last part is the item's, where no other part has one."""
    if item.has_units() or item.is_of_rows or len(item.subs) < 2:
        return
    *earlier, last = item.subs
    if last.has_units() and not any(each.has_units() for each in earlier):
        item.roles.add(last.roles)
        item.carriers.extend(last.carriers)
        last.roles = roles_of([], Directory({}))
        last.carriers = []
