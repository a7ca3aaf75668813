"""One numbered item: its text, its bracket, its promises."""

from __future__ import annotations

from tasks.reader.defaults import cycle_for, short_title_for, tracking_for
from tasks.reader.designations import Reading, find_bracket, read_designations
from tasks.reader.directory import Directory
from tasks.reader.draft import Draft
from tasks.reader.lines import BLANK, ITEM_START
from tasks.reader.numbers import integer
from tasks.reader.parsed import KEY_TASK, PRACTICAL_PROJECT, ParsedItem
from tasks.reader.promises import bare_figures, find_promises
from tasks.reader.quantities import unclear_figures

_NOTHING = Reading((), ())


def read_item(text: str, line: int, draft: Draft, directory: Directory) -> str:
    """Read the item at the head of `text` into `draft`; returns what stands behind its bracket."""
    start = ITEM_START.match(text)
    if start is None:
        return text
    bracket = find_bracket(text)
    end = bracket.start if bracket else len(text)
    body = text[start.end() : end].strip(BLANK)
    reading = _NOTHING
    if bracket is None:
        draft.warn(line, text, "没有责任单位括号")
    else:
        reading = read_designations(
            text[bracket.inner_start : bracket.inner_end], draft.kind, directory
        )
        if not bracket.closed:
            draft.warn(line, text[bracket.start :], "责任单位括号没有收尾")
        for reason in reading.reasons:
            draft.warn(line, text[bracket.start : bracket.end], reason)
    _add(integer(start[1]), body, line, reading, draft)
    return text[bracket.end :].strip(BLANK) if bracket else ""


def warn_of_unclear(text: str, line: int, draft: Draft) -> None:
    """Figures with a separator in an odd place are read by a person."""
    for start, end, why in unclear_figures(text):
        draft.warn(line, text[start:end], f"{why}未读入为指标")


def _add(number: int, body: str, line: int, reading: Reading, draft: Draft) -> None:
    is_project = draft.kind == PRACTICAL_PROJECT
    if not body:
        draft.warn(line, "", f"第{number}项没有内容")
    if draft.kind == KEY_TASK and draft.area is None:
        draft.warn(line, body, "事项不在任何方面之下")
    warn_of_unclear(body, line, draft)
    for figure in bare_figures(body):
        draft.warn(line, figure, "数字后没有计量单位，按“个”读入")
    first = next((each for each in reading.designations if each.role != "support"), None)
    indicators = find_promises(body, reporting=first.name if first else "")
    area_title = draft.area.title if draft.area else ""
    tracking = tracking_for(body, promises=len(indicators), area_title=area_title)
    draft.items.append(
        ParsedItem(
            kind=draft.kind,
            number=number,
            area=draft.area.ordinal if draft.area else None,
            theme=draft.theme,
            text=body,
            designations=reading.designations,
            indicators=indicators,
            line=line,
            short_title=short_title_for(body),
            tracking=tracking,
            cycle=cycle_for(tracking, is_project=is_project),
        )
    )
