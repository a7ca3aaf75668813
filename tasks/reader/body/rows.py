"""The rows of a table to items: columns say what a cell is, merged cells hold for their rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tasks.reader.body import draft as drafts
from tasks.reader.body.draft import Draft, DraftItem, DraftPart
from tasks.reader.directory import Directory
from tasks.reader.headings import is_section_title, without_stop
from tasks.reader.layout import columns as layout
from tasks.reader.layout.blocks import Row, Table, TableCell
from tasks.reader.layout.columns import AREA, NUMBER, ROLE_FIELDS, TEXT, THEME, TITLE, Columns
from tasks.reader.letter import is_letter
from tasks.reader.markers import HAN, HAN_PAREN, PART, marker_of
from tasks.reader.parsed import PRACTICAL_PROJECT
from tasks.reader.passages import BLANK, Passage, joined
from tasks.reader.reading import TableRead
from tasks.reader.roles.carriers import find_carriers
from tasks.reader.roles.grammar import read_roles

_BREAK = re.compile(r"[ \t\u3000\xa0]*[\r\n\v]+[ \t\u3000\xa0]*")
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|附注|★|\*)\s*[:：\d]")
_UNNAMED = re.compile(r"\s*(?:(?:Sheet|工作表|表)\s*\d*)?\s*", re.IGNORECASE)
_SAMPLE = 6


def is_note(text: str) -> bool:
    """注：…, 填表说明：… of a table, in its last row or below it."""
    return _NOTE.match(text) is not None


def read_table(
    table: Table,
    draft: Draft,
    directory: Directory,
    decided: Mapping[str, Mapping[int, str]],
    options: Mapping[str, Mapping[str, str]],
    *,
    has_sheets: bool = False,
) -> None:
    """Items of one table into the draft; a table without items is left out, cell by cell.
    `has_sheets`: the items stand on several sheets, whose names are areas.
    """
    chosen = options.get(table.key, {})
    columns = layout.columns_of(table, directory, decided.get(table.key, {}))
    if columns is None or not _has_items(table, columns):
        _leave(table, draft, columns)
        return
    if table.sheet:
        draft.sections.append(Passage(table.sheet))
    kind = draft.kind
    if _says_projects(table, columns):
        draft.kind = PRACTICAL_PROJECT
    if table.sheet and draft.items:
        draft.close_area()
        draft.kind = (
            PRACTICAL_PROJECT if _says_projects(table, columns) else drafts.kind_of(table.sheet)
        )
    draft.kind = chosen.get("kind", draft.kind)
    rows = _Rows(table, columns, draft, directory, has_parts=chosen.get("parts") == "yes")
    if has_sheets and not rows.has_areas() and not _UNNAMED.fullmatch(table.sheet):
        draft.open_area(without_stop(table.sheet), Passage(), None)
    draft.tables.append(
        replace(
            _told(table, columns),
            kind=draft.kind,
            shares_numbers=bool(rows.shared),
            has_parts=rows.has_parts,
        )
    )
    rows.read()
    draft.kind = kind
    draft.close_area()


def _told(table: Table, columns: Columns) -> TableRead:
    body = table.rows[columns.body :]
    sample = tuple(
        tuple(row.cells[at].passage.text if at in row.cells else "" for at in range(table.width))
        for row in body[:_SAMPLE]
    )
    return TableRead(
        table.key, dict(columns.heads), dict(columns.fields), len(body), sample,
        tuple(row.line for row in body),
    )  # fmt: skip


def _says_projects(table: Table, columns: Columns) -> bool:
    titles = [table.sheet, *columns.heads.values()]
    titles += [cell.passage.text for row in table.rows[: columns.head] for cell in row.own()]
    return any("实事" in each and "重点" not in each for each in titles)


def _has_items(table: Table, columns: Columns) -> bool:
    texts = columns.of(TEXT)
    return any(
        _text(row, at) and not _is_across(row, table, columns)
        for row in table.rows[columns.body :]
        for at in texts
    )


def _text(row: Row, at: int) -> str:
    return row.cells[at].passage.text.strip(BLANK) if at in row.cells else ""


def _is_across(row: Row, table: Table, columns: Columns) -> bool:
    """One cell over the whole width, or alone in its row without being an item's text."""
    own = row.own()
    if len(own) != 1:
        return False
    at = next(at for at, cell in row.cells.items() if cell is own[0])
    if own[0].columns >= max(2, table.width - 1):
        return True
    inherited = [c for c in row.cells.values() if not c.is_own and c.passage.text.strip(BLANK)]
    return (
        not inherited
        and at != columns.of(TEXT)[0]
        and at in (0, *columns.of(NUMBER))
        and not own[0].passage.text.strip(BLANK).isdigit()
    )


def _leave(table: Table, draft: Draft, columns: Columns | None) -> None:
    """A form that is to be filled, or a table that nobody mapped."""
    filled = 0
    for row in table.rows:
        for cell in row.own():
            filled += 1
            draft.leave(cell.passage, "")
    if columns is None and filled > 12 and len(table.rows) > 3:
        first = next((cell.passage for row in table.rows for cell in row.own()), Passage())
        draft.remark("table_unread", "表格没有读入，请指定哪一列是事项原文", first, text="")
        draft.unread_tables.append(_told(table, layout.unknown_columns(table)))


def is_of_items(table: Table, directory: Directory, decided: Mapping[int, str]) -> bool:
    """Whether a sheet holds key tasks."""
    columns = layout.columns_of(table, directory, decided)
    return columns is not None and _has_items(table, columns) and not _says_projects(table, columns)


class _Rows:
    """Reads the rows of one mapped table."""

    def __init__(
        self,
        table: Table,
        columns: Columns,
        draft: Draft,
        directory: Directory,
        *,
        has_parts: bool,
    ) -> None:
        self.table, self.columns, self.draft, self.directory = table, columns, draft, directory
        self.has_parts = has_parts
        self.item: DraftItem | None = None
        self.claimed: set[int] = set()
        self.count = 0
        self.part: DraftPart | None = None  # that was read of the present row
        self.heads = {self._plain(words) for words in columns.heads.values()}
        self.role_columns = columns.of(*ROLE_FIELDS)
        self.shared = self._shared()
        self.group = {place: rows for rows in self.shared.values() for place in rows}
        self.of_all: dict[tuple[int, int], bool] = {}  # first row and column → is it merged

    def has_areas(self) -> bool:
        """Whether the table says itself in which area its items are."""
        body = self.table.rows[self.columns.body :]
        across = (row.own()[0] for row in body if _is_across(row, self.table, self.columns))
        return bool(self.columns.of(AREA)) or any(
            marker_of(each.passage.text.strip(BLANK)) is not None for each in across
        )

    def _shared(self) -> dict[int, list[int]]:
        """First row → the rows below each other that have its number, where there are several."""
        groups: dict[int, list[int]] = {}
        before: tuple[str, ...] = ()
        first = 0
        for place, row in enumerate(self.table.rows):
            number = "".join(_text(row, at) for at in self.columns.of(NUMBER))
            key = (number, *(_text(row, at) for at in self.columns.of(AREA)))
            if place < self.columns.body or self._is_between(row) or not number:
                before = ()
            elif not self._has_text(row):
                continue  # more units of the row above
            elif key == before:
                groups.setdefault(first, [first]).append(place)
            else:
                before, first = key, place
        return groups

    def _is_between(self, row: Row) -> bool:
        """A head that comes again, or a heading over the whole width."""
        return self._is_head(row) or _is_across(row, self.table, self.columns)

    def _has_text(self, row: Row) -> bool:
        """Whether a text of its own stands in it."""
        return any(
            row.cells[at].is_own and _text(row, at)
            for at in self.columns.of(TEXT, TITLE)
            if at in row.cells
        )

    @staticmethod
    def _plain(words: str) -> str:
        return re.sub(r"\s", "", words)

    def read(self) -> None:
        for place, row in enumerate(self.table.rows):
            if place < self.columns.head:
                self._above(row)
            elif place < self.columns.body or self._is_head(row):
                self._claim_row(row, "heading")
            elif _is_across(row, self.table, self.columns):
                self._across(row.own()[0])
            else:
                self._row(row, place)

    def _is_head(self, row: Row) -> bool:
        own = [self._plain(cell.passage.text) for cell in row.own()]
        return len(own) > 1 and all(words in self.heads for words in own)

    def _claim_row(self, row: Row, kind: str) -> None:
        for cell in row.own():
            self.draft.claim(cell.passage, kind)

    def _above(self, row: Row) -> None:
        """Title and maker of a sheet."""
        for cell in row.own():
            if is_section_title(cell.passage.text.strip()) or not self._has_title():
                self.draft.sections.append(cell.passage.strip(BLANK))
                self.draft.claim(cell.passage, "heading")
            else:
                self.draft.paragraph(drafts.LETTER, cell.passage.strip(BLANK))

    def _has_title(self) -> bool:
        return any(each.parts for each in self.draft.sections)

    def _across(self, cell: TableCell) -> None:
        passage = cell.passage.strip(BLANK)
        text = passage.text
        if is_note(text) or (len(text) > 60 and "。" in text):
            self.draft.paragraph(drafts.demanded(text), passage)
            return
        if is_letter(text) and marker_of(text) is None:
            self.draft.paragraph(drafts.LETTER, passage)
            return
        self.draft.claim(passage, "heading")
        self.item = None
        marker = marker_of(text)
        title = without_stop(_BREAK.sub("", text[marker.end :] if marker else text))
        if is_section_title(text):
            self.draft.open_section(passage)
        elif (
            marker is not None
            and marker.kind == HAN_PAREN
            and self.draft.area is not None
            and self._has_wide()
        ) or (
            marker is not None
            and marker.kind not in (HAN, PART, HAN_PAREN)
            and self.draft.area is not None
        ):
            self.draft.open_theme(title)
        else:
            self.draft.open_area(title, passage, marker)

    def _has_wide(self) -> bool:
        """Whether areas of this table are 一、, so that （一） is a theme."""
        return any(
            (marker := marker_of(cell.passage.text.strip(BLANK))) is not None and marker.kind == HAN
            for row in self.table.rows
            if _is_across(row, self.table, self.columns)
            for cell in row.own()
        )

    def _row(self, row: Row, place: int) -> None:
        texts = [(at, row.cells[at]) for at in self.columns.of(TEXT, TITLE) if at in row.cells]
        own = [each for each in texts if each[1].is_own and each[1].passage.text.strip(BLANK)]
        self._places(row)
        self.part = None
        if own and self.has_parts and place in self.group:
            self._part(row, place, self.group[place], own)
        elif own:
            self.item = self._new_item(
                row, [cell for _, cell in texts if cell.passage.text.strip(BLANK)]
            )
        elif self.item is None:
            for cell in row.own():
                self.draft.leave(cell.passage, "表中这一行没有事项，未读入")
            return
        if self.part is None:
            self._roles(row, is_new=bool(own))
        self._rest(row)

    def _part(
        self, row: Row, place: int, group: Sequence[int], own: Sequence[tuple[int, TableCell]]
    ) -> None:
        """A row of several that are one item: 分项, with what its cells say of itself."""
        number, printed = self._number(row)
        if place == group[0]:
            self.count += 1
            self.item = self.draft.add_item(number if number is not None else self.count, printed)
            self.item.is_of_rows = True
        assert self.item is not None
        words = []
        for at, cell in own:
            passage = cell.passage.without(_BREAK).strip(BLANK)
            if self._is_of_all(at, group):
                self.item.texts.append(passage)  # a title that is merged over the rows
            else:
                words.append(passage)
        part: DraftPart = self.item
        if words:
            part = DraftPart(None, "")
            self.item.texts.extend(self._words(part, words))
            self.item.subs.append(part)
        self.part = part
        for at in self.role_columns:
            self._part_role(row, at, group, part, is_first=place == group[0])

    def _words(self, part: DraftPart, words: list[Passage]) -> list[Passage]:
        """Its sentence, with number and roles where they stand in it; returned as they stand."""
        carriers = find_carriers(words[-1], self.directory) if not self._unit_columns() else []
        for carrier in carriers:
            part.roles.add(read_roles(carrier.inner, self.directory))
            part.carriers.append(words[-1][carrier.start : carrier.end])
        if carriers:
            words[-1] = words[-1][: carriers[0].start].strip(BLANK)
        first, *rest = words
        if (marker := marker_of(first.text)) is not None:
            part.printed, first = marker.printed, first[marker.end :].strip(BLANK)
        part.texts.extend((first, *rest))
        return words

    def _is_of_all(self, at: int, group: Sequence[int]) -> bool:
        """Whether the cell of this column is merged over all rows of an item."""
        key = group[0], at
        if key not in self.of_all:
            rest = (self.table.rows[place].cells.get(at) for place in group[1:])
            self.of_all[key] = all(each is not None and not each.is_own for each in rest)
        return self.of_all[key]

    def _part_role(
        self, row: Row, at: int, group: Sequence[int], part: DraftPart, *, is_first: bool
    ) -> None:
        """A cell that is merged over all rows speaks of the item, any other of its row."""
        cell = row.cells.get(at)
        if cell is None or not cell.passage.text.strip(BLANK):
            return
        is_of_all = self._is_of_all(at, group)
        if is_of_all and not is_first:
            return
        target = self.item if is_of_all and self.item is not None else part
        head = re.sub(r"\s", "", self.columns.heads.get(at, ""))
        field = self.columns.fields[at]
        target.roles.add(read_roles(cell.passage.strip(BLANK), self.directory, field, head))
        if cell.is_own:
            target.carriers.append(cell.passage)

    def _places(self, row: Row) -> None:
        """Columns that name the area and the theme of a row."""
        for name, is_area in ((AREA, True), (THEME, False)):
            for at in self.columns.of(name):
                cell = row.cells.get(at)
                if cell is None or not cell.is_own or not cell.passage.text.strip(BLANK):
                    continue
                self.draft.claim(cell.passage, "heading")
                text = _BREAK.sub("", cell.passage.text.strip(BLANK))
                marker = marker_of(text)
                title = without_stop(text[marker.end :] if marker else text)
                if is_area or self.draft.area is None:
                    if self.draft.area is None or self.draft.area.title != title:
                        self.draft.open_area(title, cell.passage, marker)
                else:
                    self.draft.open_theme(title)

    def _new_item(self, row: Row, texts: Sequence[TableCell]) -> DraftItem:
        number, printed = self._number(row)
        passages = [cell.passage.without(_BREAK).strip(BLANK) for cell in texts]
        if (
            number is None
            and (marker := marker_of(passages[0].text)) is not None
            and not self.columns.of(NUMBER)
        ):
            number, printed = marker.number, marker.printed
            self.draft.claim(passages[0][: marker.end], "label")
            passages[0] = passages[0][marker.end :]
        self.count += 1
        item = self.draft.add_item(number if number is not None else self.count, printed)
        for place, passage in enumerate(passages):
            self._text_cell(item, passage, is_last=place == len(passages) - 1)
        return item

    def _text_cell(self, item: DraftItem, passage: Passage, *, is_last: bool) -> None:
        """A cell of text may carry roles where no column does."""
        carriers = (
            find_carriers(passage, self.directory) if is_last and not self._unit_columns() else []
        )
        if not carriers:
            item.texts.append(passage)
            return
        item.texts.append(passage[: carriers[0].start].strip(BLANK))
        for carrier in carriers:
            item.roles.add(read_roles(carrier.inner, self.directory))
            item.carriers.append(passage[carrier.start : carrier.end])

    def _unit_columns(self) -> list[int]:
        return self.columns.of("lead", "support", "responsible")

    def _number(self, row: Row) -> tuple[int | None, str]:
        for at in self.columns.of(NUMBER):
            cell = row.cells.get(at)
            text = cell.passage.text.strip(BLANK) if cell is not None else ""
            if not text or cell is None:
                continue
            if cell.is_own:
                self.draft.claim(cell.passage, "label")
            marker = marker_of(f"{text} 项") or marker_of(f"{text}、项")
            digits = re.search(r"\d{1,4}(?!.*\d)", text)
            if marker is not None and marker.number and not re.search(r"\d[-—.]\d", text):
                return marker.number, text
            if digits:
                return int(digits[0]), text
            return None, text
        return None, ""

    def _roles(self, row: Row, *, is_new: bool) -> None:
        item: DraftPart | None = self.item
        assert item is not None
        if isinstance(item, DraftItem) and item.is_of_rows and item.subs:
            item = item.subs[-1]  # a row that goes on with the units of the one above
        for at in self.role_columns:
            cell = row.cells.get(at)
            if cell is None or not cell.passage.text.strip(BLANK):
                continue
            if not cell.is_own and not is_new:
                continue
            field = self.columns.fields[at]
            head = re.sub(r"\s", "", self.columns.heads.get(at, ""))
            item.roles.add(read_roles(cell.passage.strip(BLANK), self.directory, field, head))
            if cell.is_own:
                item.carriers.append(cell.passage)

    def _rest(self, row: Row) -> None:
        used = {*self.role_columns, *self.columns.of(TEXT, TITLE, NUMBER, AREA, THEME)}
        for at, cell in row.cells.items():
            if at not in used and cell.is_own and cell.passage.text.strip(BLANK):
                self.draft.leave(cell.passage, "")


def joined_text(texts: Sequence[Passage]) -> Passage:
    """The passages of an item as one."""
    return joined(texts)
