"""Somebody else changed the item meanwhile: what is theirs, what is one's own. Pure but for names
of fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import QueryDict

from tasks.desk.correcting import DeskItem
from tasks.desk.editing.item_form import ItemForm, base_of, place_words, shown_of
from tasks.desk.editing.items_pane import target_of
from tasks.desk.editing.number_rows import SPARE_ROWS, row_shown, rows_shown
from tasks.desk.editing.page import Desk
from tasks.desk.editing.part_rows import SPARE_ROWS as SPARE_PARTS
from tasks.desk.editing.part_rows import part_shown, parts_shown
from tasks.models import Cycle, DraftAct, Tracking
from tasks.reader.parsed import ParsedIndicator

_NUMBER, _PART = re.compile(r"n\d+-"), re.compile(r"p\d+-")  # the fields of a row


class Difference(NamedTuple):
    """One field that they changed; `mine` where it was changed here too, and counts."""

    label: str
    theirs: str
    mine: str


class Conflict(NamedTuple):
    act: DraftAct | None
    differences: tuple[Difference, ...]
    merged: QueryDict


def conflict_of(desk: Desk, each: DeskItem, sent: QueryDict) -> Conflict:
    """What was typed here stays in its fields; fields that were not touched here show theirs."""
    base, now = base_of(sent.get("base", ""), each), shown_of(each)
    merged, differences = sent.copy(), []
    for name, theirs in now.items():
        if str(base.get(name, "")) == theirs:
            continue
        mine = _lines(sent.get(name, ""))
        is_mine = mine != str(base.get(name, "")) and mine != theirs
        label = str(ItemForm.base_fields[name].label)
        differences.append(
            Difference(
                label, _words(name, theirs, desk), _words(name, mine, desk) if is_mine else ""
            )
        )
        if not is_mine:
            merged[name] = theirs
    if base.get("rows") != rows_shown(each):
        differences.append(_of_numbers(desk, each, base, merged))
    if base.get("parts", parts_shown(each)) != parts_shown(each):
        differences.append(_of_parts(desk, each, base, merged))
    return Conflict(desk.who_changed(each.key), tuple(differences), merged)


def _of_numbers(
    desk: Desk, each: DeskItem, base: Mapping[str, Any], merged: QueryDict
) -> Difference:
    """The numbers are one field: those typed here, or else `merged` shows theirs."""
    theirs = each.item.indicators
    form = ItemForm(merged, each=each, content=desk.content)
    is_read = all(row.is_valid() for row in form.rows)
    if is_read and form.typed_rows() in (base.get("rows"), rows_shown(each)):
        _put_numbers(theirs, merged)
        return Difference("指标", _figures(theirs), "")
    mine = _figures(row.parsed for row in form.rows if not row.is_blank) if is_read else "（有误）"
    return Difference("指标", _figures(theirs), mine)


def _of_parts(desk: Desk, each: DeskItem, base: Mapping[str, Any], merged: QueryDict) -> Difference:
    """The same of the 分项."""
    theirs = each.item.sub_items
    form = ItemForm(merged, each=each, content=desk.content)
    is_read = all(row.is_valid() for row in form.parts if row.is_bound)
    if is_read and form.typed_parts() in (base.get("parts"), parts_shown(each)):
        for name in [name for name in merged if _PART.match(name)]:
            del merged[name]
        for at, part in enumerate(theirs):
            for name, value in part_shown(part).items():
                merged[f"p{at}-{name}"] = value
        merged["parts"] = str(len(theirs) + SPARE_PARTS)
        return Difference("分项", _texts(part.text for part in theirs), "")
    mine = _texts(row["text"] for row in form.typed_parts()) if is_read else "（有误）"
    return Difference("分项", _texts(part.text for part in theirs), mine)


def _texts(parts: Iterable[str]) -> str:
    return "；".join(parts) or "（空）"


def _put_numbers(numbers: Sequence[ParsedIndicator], merged: QueryDict) -> None:
    for name in [name for name in merged if _NUMBER.match(name)]:
        del merged[name]
    for at, number in enumerate(numbers):
        for name, value in row_shown(number).items():
            merged[f"n{at}-{name}"] = value
    merged["rows"] = str(len(numbers) + SPARE_ROWS)


def _figures(numbers: Iterable[ParsedIndicator]) -> str:
    return "、".join(f"{each.name}{target_of(each)}" for each in numbers) or "（空）"


def _lines(value: str | None) -> str:
    return "\n".join(str(value or "").splitlines())


def _words(name: str, value: str, desk: Desk) -> str:
    labels: Mapping[str, Any] = {"tracking": Tracking, "cycle": Cycle}
    if name in labels and value in labels[name].values:
        return str(labels[name](value).label)
    if name == "place":
        return place_words(value, desk.content)
    return value.replace("\n", "、") or "（空）"
