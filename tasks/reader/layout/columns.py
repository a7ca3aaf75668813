"""What the columns of a table hold: by the words of its head, else by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.reader.directory import Directory
from tasks.reader.layout.blocks import Row, Table
from tasks.reader.passages import BLANK
from tasks.reader.roles.deadlines import is_deadline
from tasks.reader.roles.labels import (
    CONTACT,
    DEADLINE,
    LEAD,
    LEADER,
    RESPONSIBLE,
    SUPPORT,
    field_of,
)
from tasks.reader.roles.leaders import are_leaders
from tasks.reader.roles.units import are_units

NUMBER, TEXT, TITLE, AREA, THEME, UNUSED = "number", "text", "title", "area", "theme", "unused"
FIELDS = (
    NUMBER, TEXT, TITLE, LEAD, SUPPORT, RESPONSIBLE, DEADLINE, LEADER, CONTACT, AREA, THEME, UNUSED,
)  # fmt: skip
ROLE_FIELDS = (LEAD, SUPPORT, RESPONSIBLE, DEADLINE, LEADER, CONTACT)

_NUMBER = re.compile(r"(?:序|编|项目编|任务编|项目序|任务序)号?|项次|No\.?|NO\.?")
_AREA = re.compile(
    r"(?:工作|任务|项目|事项|指标)?(?:类别|类型|方面|领域|板块|分类|大类|类|门类)(?:名称)?|一级(?:指标|任务|目标)|专项"
)
_THEME = re.compile(r"(?:重点)?(?:方向|专题)|小类|二级(?:指标|任务|目标)")
_TEXT = re.compile(
    r"(?:.{0,10})(?:工作|任务|事项|内容|实事|项目|目标|指标|措施|举措|要点|要求|工程|名称|分解|清单|计划|标准|承诺)(?:.{0,8})"
)
_UNUSED = re.compile(
    r"备注|说明|依据|来源|进展.*|.*情况|存在问题|问题|本月.*|下一?步.*|得分|分值|权重|考核.*|完成率|联系.*|签字|投资额?|总投资.*|资金来源|办理结果|页码|.*出处"
)
_MOST_HEAD = 10
_INTEGER = re.compile(
    r"[(（]?\s*(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s*[)）、.．]?(?:[-—.]\d{1,3})?"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """`fields` by column; `heads` the printed words; `body`: the first row below the head."""

    fields: Mapping[int, str]
    heads: Mapping[int, str]
    body: int
    head: int

    def of(self, *names: str) -> list[int]:
        """Columns of these fields, from left to right."""
        return [at for at in sorted(self.fields) if self.fields[at] in names]


def word_field(words: str) -> str | None:
    """What one head means; None when it is no head of this kind of table."""
    plain = re.sub(r"[\s:：]", "", words)
    if not 0 < len(plain) <= 24 or re.search(r"[。；;，,]", plain):
        return None
    plain = re.sub(r"[(（].*?[)）]", "", plain) or plain
    if _NUMBER.fullmatch(plain):
        return NUMBER
    if (field := field_of(re.sub(r"\s", "", words))) is not None:
        return field
    if (field := field_of(plain)) is not None:
        return field
    for shape, name in ((_AREA, AREA), (_THEME, THEME), (_UNUSED, UNUSED), (_TEXT, TEXT)):
        if shape.fullmatch(plain):
            return name
    return None


def head_of(table: Table) -> tuple[int, int, dict[int, str]] | None:
    """(first row, rows of the head, words by column) of the head; None when there is none."""
    for place, row in enumerate(table.rows[:12]):
        words = _words(row)
        known = {at: word_field(text) for at, text in words.items()}
        named = [field for field in known.values() if field is not None]
        if len(set(words.values())) < 2 or len(named) < 2 or len(named) * 2 < len(words):
            continue
        if not {TEXT, *ROLE_FIELDS, NUMBER} & set(named):
            continue
        height = _height(table, place, words)
        return place, height, _merged_words(table.rows[place : place + height])
    return None


def unknown_columns(table: Table) -> Columns:
    """Of a table that nobody mapped: what is shown to whoever has to."""
    heads = _words(table.rows[0]) if is_strange_head(table) else {}
    return Columns({}, heads, 1 if heads else 0, 0)


def is_strange_head(table: Table) -> bool:
    """Whether the first row is a head though nobody knows its words: they are short, no figures."""
    words = _words(table.rows[0])
    return len(words) > 1 and all(
        len(each) <= _MOST_HEAD and re.search(r"[\d。；;，,]", each) is None
        for each in words.values()
    )


def _words(row: Row) -> dict[int, str]:
    return {
        at: cell.passage.text for at, cell in row.cells.items() if cell.passage.text.strip(BLANK)
    }


def _height(table: Table, place: int, words: Mapping[int, str]) -> int:
    """Two where the row below parts a head (责任分工 over 牵头单位, 配合单位), else one."""
    if place + 1 >= len(table.rows):
        return 1
    below = table.rows[place + 1]
    own = [cell.passage.text for cell in below.own()]
    is_head = len(own) >= 1 and all(word_field(text) for text in own)
    covers = any(cell.columns > 1 for cell in table.rows[place].cells.values())
    return 2 if is_head and covers and set(own) != set(words.values()) else 1


def _merged_words(rows: Sequence[Row]) -> dict[int, str]:
    words: dict[int, str] = {}
    for row in rows:
        for at, cell in row.cells.items():
            if cell.is_own and cell.passage.text.strip(BLANK):
                words[at] = cell.passage.text
    return words


def columns_of(table: Table, directory: Directory, decided: Mapping[int, str]) -> Columns | None:
    """The mapping of a table. `decided`: column → field, as a person mapped it. None when neither
    head nor contents say where the items are.
    """
    head = head_of(table)
    if head is None and decided and is_strange_head(table):
        head = 0, 1, _words(table.rows[0])
    first, height, heads = head if head is not None else (0, 0, {})
    fields: dict[int, str] = {}
    for at, words in heads.items():
        if (name := word_field(words)) is not None:
            fields[at] = name
    body = table.rows[first + height :]
    _guess(fields, body, table.width, directory, has_head=head is not None)
    _one_text(fields, heads, body)
    fields.update(decided)
    if TEXT not in fields.values():
        return None
    if head is None and not decided and not {LEAD, SUPPORT, RESPONSIBLE} & set(fields.values()):
        return None
    return Columns(fields, heads, first + height, first)


def _guess(
    fields: dict[int, str], body: Sequence[Row], width: int, directory: Directory, *, has_head: bool
) -> None:
    """Columns without a known head, by what stands in most of their cells."""
    for at in range(width):
        if at in fields:
            continue
        cells = [
            row.cells[at].passage for row in body if at in row.cells and row.cells[at].columns == 1
        ]
        cells = [each for each in cells if each.text.strip(BLANK)]
        if not cells:
            continue
        texts = [each.text.strip(BLANK) for each in cells]
        if (
            _most(bool(_INTEGER.fullmatch(each)) for each in texts)
            and NUMBER not in fields.values()
        ):
            fields[at] = NUMBER
        elif _most(is_deadline(each) for each in texts):
            fields[at] = DEADLINE
        elif _most(are_leaders(each) for each in texts) and not _most(
            are_units(e, directory) for e in cells
        ):
            fields[at] = LEADER
        elif _most(are_units(each, directory) for each in cells):
            fields[at] = SUPPORT if {LEAD, RESPONSIBLE} & set(fields.values()) else RESPONSIBLE
        elif sum(map(len, texts)) / len(texts) > 8 and TEXT not in fields.values():
            fields[at] = TEXT
        else:
            fields[at] = UNUSED if has_head else THEME


def _most(answers: object) -> bool:
    found = list(answers)  # type: ignore[call-overload]  # any iterable of bool
    return bool(found) and sum(found) * 3 >= len(found) * 2


def _one_text(fields: dict[int, str], heads: Mapping[int, str], body: Sequence[Row]) -> None:
    """Of several columns of text the longest holds the items; a short one that is merged over
    several rows is a theme, another its title.
    """
    texts = [at for at, name in fields.items() if name == TEXT]
    if len(texts) < 2:
        return
    own = {at: [_cell(row, at) for row in body if _cell(row, at)] for at in texts}
    size = {at: sum(map(len, own[at])) for at in texts}
    best = max(texts, key=lambda at: (size[at], -at))
    for at in sorted(texts):
        if at == best:
            continue
        rows = [row for row in body if at in row.cells and _cell(row, best)]
        is_merged = any(not row.cells[at].is_own for row in rows) or (
            len(set(own[at])) * 3 <= len(rows) * 2 and len(rows) > 2
        )
        is_empty = not own[at]
        fields[at] = UNUSED if is_empty else THEME if is_merged and at < best else TITLE


def _cell(row: Row, at: int) -> str:
    return row.cells[at].passage.text.strip(BLANK) if at in row.cells else ""
