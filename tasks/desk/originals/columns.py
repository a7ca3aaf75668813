"""表格: what each column of the tables holds, said once for all tables with the same head."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huangshi_tasks.lib.fold import fold
from tasks.desk.changes import Change
from tasks.desk.content import Content
from tasks.models import KnownTable
from tasks.reader.decisions import COLUMN, TABLE
from tasks.reader.layout import columns as layout
from tasks.reader.layout.columns import NUMBER, TEXT, UNUSED
from tasks.reader.parsed import UNKNOWN
from tasks.reader.reading import Reading, TableRead
from tasks.reader.roles.labels import CONTACT, DEADLINE, LEAD, LEADER, RESPONSIBLE, SUPPORT

WORDS: Mapping[str, str] = {
    NUMBER: "编号",
    TEXT: "事项原文",
    layout.TITLE: "事项名称（并入原文）",
    LEAD: "牵头单位",
    SUPPORT: "配合单位",
    RESPONSIBLE: "责任单位（不分）",
    DEADLINE: "时限",
    LEADER: "责任领导",
    CONTACT: "联系人",
    layout.AREA: "方面",
    layout.THEME: "小标题",
    UNUSED: "不采用",
}
PARTS, KIND = "parts", "kind"
ONCE = (NUMBER, TEXT, DEADLINE, layout.AREA)  # of the others several columns may hold parts
# what a column of units can be read as: 责任单位 alone lead, beside a lead they support
_ROLES = {LEAD: (LEAD,), SUPPORT: (SUPPORT,), RESPONSIBLE: (LEAD, RESPONSIBLE)}
NO_TEXT = "请指定哪一列是事项原文。"


@dataclass(frozen=True)
class Column:
    """One column: its head, the field it was read as ("" where nobody knows), its first cells."""

    at: int
    head: str
    field: str
    note: str


@dataclass(frozen=True)
class Shape:
    """Tables with the same head. `key` names the form fields, `rows` counts those of all."""

    key: str
    tables: tuple[TableRead, ...]
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    is_known: bool

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)

    @property
    def sample(self) -> tuple[tuple[str, ...], ...]:
        """The first rows of the first table, as many cells each as there are columns."""
        blank = ("",) * len(self.columns)
        return tuple((row + blank)[: len(blank)] for row in self.tables[0].sample)

    def field_name(self, at: int) -> str:
        return f"{self.key}-{at}"

    def chosen(self, posted: Mapping[str, str]) -> dict[int, str]:
        """Column → field, as posted; what is not posted stays as it was read."""
        fields = {}
        for each in self.columns:
            value = posted.get(self.field_name(each.at), each.field)
            fields[each.at] = value if value in WORDS else UNUSED
        return fields

    def mistakes(self, fields: Mapping[int, str]) -> dict[int | None, str]:
        """Column → what is wrong with its field; None: of the table as a whole."""
        found: dict[int | None, str] = {}
        counts = Counter(fields.values())
        if not counts[TEXT]:
            found[None] = NO_TEXT
        for at, field in fields.items():
            if field in ONCE and counts[field] > 1:
                found[at] = f"有{counts[field]}列指定为“{WORDS[field]}”，只能有一列。"
        return found

    @property
    def shares_numbers(self) -> bool:
        """Whether several rows of one number stand below each other."""
        return any(each.shares_numbers for each in self.tables)

    @property
    def options(self) -> dict[str, str]:
        """How the tables are read as a whole: rows of one number, and the kind of their items."""
        first = self.tables[0]
        return {PARTS: "yes" if first.has_parts else "no", KIND: first.kind}

    def option_changes(self, options: Mapping[str, str]) -> list[Change]:
        """What is to be read otherwise of every table of this head."""
        return [
            Change(TABLE, f"{table.key}:{option}", value)
            for table in self.tables
            for option, value in options.items()
            if self.options.get(option) != value
        ]

    def changes(self, fields: Mapping[int, str]) -> list[Change]:
        """The mapping, of every column of every table of this head."""
        return [
            Change(COLUMN, f"{table.key}:{at}", field)
            for table in self.tables
            for at, field in sorted(fields.items())
        ]


def shapes_of(content: Content) -> list[Shape]:
    """All tables of the source by their heads, in its order; unread ones too."""
    reading = content.reading
    said = {each.key for each in content.changes if each.about == COLUMN}
    by_heads: dict[str, list[TableRead]] = {}
    for table in (*reading.tables, *reading.unread_tables):
        by_heads.setdefault(_key(table), []).append(table)
    return [_shape(place, tables, content, said) for place, tables in enumerate(by_heads.values())]


def unsaid(content: Content) -> list[Shape]:
    """Those whose columns nobody has said."""
    return [each for each in shapes_of(content) if not each.is_known]


def key_of(heads: Sequence[str]) -> str:
    """By which a table with these heads is known again."""
    words = json.dumps([fold(each) for each in heads], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def heads_of(table: TableRead) -> list[str]:
    """The words over each column, "" where there are none."""
    return [table.heads.get(at, "") for at in range(_width(table))]


def remembered(content: Content) -> list[Change]:
    """What earlier files with the same heads say of the columns of this one."""
    made: list[Change] = []
    wanted = {each.key: each for each in KnownTable.objects.all()}
    for shape in unsaid(content):
        known = wanted.get(key_of(heads_of(shape.tables[0])))
        if known is not None and any(known.heads):
            made += shape.changes(dict(enumerate(known.fields)))
            made += shape.option_changes(known.options or {})
    return made


def _key(table: TableRead) -> str:
    """Tables without a head are each for themselves."""
    heads = heads_of(table)
    return key_of(heads) if any(heads) and table.fields else table.key


def _width(table: TableRead) -> int:
    ends = [at + 1 for at in (*table.heads, *table.fields)]
    return max([*ends, *map(len, table.sample)], default=0)


def _shape(place: int, tables: Sequence[TableRead], content: Content, said: set[str]) -> Shape:
    first = tables[0]
    columns = tuple(
        Column(at, first.heads.get(at, ""), first.fields.get(at, ""), _note(tables, at, content))
        for at in range(_width(first))
    )
    sheets = {line.number: line.sheet for line in content.reading.source.lines if line.sheet}
    names = tuple(_sheet_of(each, content.reading, sheets) for each in tables)
    is_known = all(f"{each.key}:{at}" in said for each in tables for at in each.fields)
    is_known = is_known and all(each.fields for each in tables)
    return Shape(f"c{place}", tuple(tables), columns, names, is_known)


def _sheet_of(table: TableRead, reading: Reading, sheets: Mapping[int, str]) -> str:
    """The name of its sheet; "" outside of workbooks."""
    if not table.lines or reading.source.kind != "xlsx":
        return ""
    before = [number for number in sheets if number <= table.lines[0]]
    return sheets[max(before)] if before else ""


def _note(tables: Sequence[TableRead], at: int, content: Content) -> str:
    """What the field means in numbers, below its select."""
    field = tables[0].fields.get(at, "")
    items = content.reading.items
    if field == TEXT:
        return f"{sum(each.rows for each in tables)}行"
    if field in (LEAD, SUPPORT, RESPONSIBLE):
        unknown = _unknown_below(tables, at, content.reading)
        return f"单位未识别{unknown}个，在下一步处理" if unknown else "单位都已识别"
    if field == DEADLINE:
        none = sum(each.deadline is None for each in items)
        return f"{none}项没有读出日期" if none else "都读出了日期"
    if field == LEADER:
        return f"{len({name for each in items for name in each.leaders})}个职务或姓名"
    return ""


def _unknown_below(tables: Sequence[TableRead], at: int, reading: Reading) -> int:
    """How many names in the cells of this column nobody knows. Of a table of text, whose lines are
    whole rows, those of its role.
    """
    keys = {each.key for each in tables}
    cells = {
        line.number: (f"t{line.cell.table}", line.cell.column)
        for line in reading.source.lines
        if line.cell is not None
    }
    if not keys & {key for key, _ in cells.values()}:
        roles = _ROLES[tables[0].fields[at]]
        named = [one for each in reading.items for one in each.designations if one.role in roles]
        return len({one.printed_name for one in named if one.target == UNKNOWN})
    names = {
        each.key
        for each in reading.doubts
        if each.kind == "unknown_unit"
        for place in each.places
        if (found := cells.get(place.line)) is not None and found[0] in keys and found[1] == at
    }
    return len(names)
