"""A notice's text and the unit directory in, the plan it describes out.

Pure: no database, no clock, no settings. Never raises on any content and never drops a line: what
is not understood comes back as a warning with its line, text and reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from huangshi_tasks.lib.fold import unified, without_hidden
from tasks.reader import lines
from tasks.reader.designations import has_bracket
from tasks.reader.directory import Directory
from tasks.reader.draft import Draft
from tasks.reader.head import HEADLINE, is_letter, read_head
from tasks.reader.headings import looks_like_theme, shared_formula, split_heading, without_stop
from tasks.reader.items import read_item, warn_of_unclear
from tasks.reader.lines import Block
from tasks.reader.numbers import chinese_ordinal
from tasks.reader.parsed import KEY_TASK, PRACTICAL_PROJECT, ParsedNotice
from tasks.reader.promises import find_headline


def parse_notice(text: str, directory: Directory) -> ParsedNotice:
    """Read a whole notice. Item and area order is the notice's own; numbers are as printed.

    What a PDF leaves of a text is read as the characters that it shows: see `_check_signs`.
    """
    shown = without_hidden(unified(text))
    found = lines.blocks(shown)
    draft = Draft(_formula(found))
    _check_signs(text, shown, draft)
    body = next((at for at, each in enumerate(found) if each.kind != lines.OTHER), len(found))
    for block in found[:body]:
        _read_front(block, draft)
    for block in found[body:]:
        _read_block(block, draft, directory)
    front = [block.text for block in found[:body]]
    sections = [block.text for block in found if block.kind == lines.SECTION]
    draft.head = read_head(front, sections)
    _check(draft)
    return draft.notice()


def _formula(found: Sequence[Block]) -> str:
    return shared_formula(
        [
            lines.CHAPTER_START.sub("", each.text, count=1)
            for each in found
            if each.kind == lines.CHAPTER
        ]
    )


def _read_front(block: Block, draft: Draft) -> None:
    if not _read_letter(block, draft):
        draft.warn(block.line, block.text, "正文之前有未识别的内容")


def _read_letter(block: Block, draft: Draft) -> bool:
    """The headline targets, or a line of the letter around the plan; never a bracket with units."""
    if has_bracket(block.text):
        return False
    if HEADLINE.search(block.text) and (targets := find_headline(block.text)):
        draft.headline.extend(targets)
        warn_of_unclear(block.text, block.line, draft)
    elif not is_letter(block.text):
        return False
    draft.know(block)
    return True


def _read_block(block: Block, draft: Draft, directory: Directory) -> None:
    if block.kind == lines.SECTION:
        _open_section(block, draft)
    elif block.kind == lines.CHAPTER:
        _open_chapter(block, draft)
    elif block.kind == lines.THEME:
        _open_theme(block, draft, lines.THEME_START.sub("", block.text, count=1))
    elif block.kind == lines.ITEM:
        _read_items(block, draft, directory)
    elif draft.kind == KEY_TASK and draft.area is not None and looks_like_theme(block.text):
        _open_theme(block, draft, block.text)
    elif not _read_letter(block, draft):
        draft.warn(block.line, block.text, "未识别的内容，未读入任何事项")


def _open_section(block: Block, draft: Draft) -> None:
    is_projects = "实事" in block.text and "重点工作" not in block.text
    draft.kind = PRACTICAL_PROJECT if is_projects else KEY_TASK
    draft.close_area()
    draft.know(block)


def _open_chapter(block: Block, draft: Draft) -> None:
    start = lines.CHAPTER_START.match(block.pieces[0])
    if start is None:
        return
    pieces = [block.pieces[0][start.end() :], *block.pieces[1:]]
    heading = split_heading(pieces, draft.formula)
    draft.open_area(chinese_ordinal(start[1]), heading.title)
    if heading.theme is not None:
        draft.open_theme(heading.theme)
    draft.know(block)
    if not heading.split:
        draft.warn(block.line, block.text, "标题与小标题连写，未能分开，全部作为标题")


def _open_theme(block: Block, draft: Draft, title: str) -> None:
    draft.know(block)
    if draft.area is None:
        draft.warn(block.line, block.text, "小标题不在任何方面之下，未读入")
        return
    draft.open_theme(without_stop(title))


def _read_items(block: Block, draft: Draft, directory: Directory) -> None:
    """One item, and whatever is glued behind its bracket: a theme, another item, a chapter."""
    draft.know(block)
    rest = block.text
    while lines.kind_of(rest) == lines.ITEM:
        rest = read_item(rest, block.line, draft, directory)
    if not rest:
        return
    if lines.kind_of(rest) != lines.OTHER:
        _read_block(Block(lines.kind_of(rest), block.lines[:1], [rest]), draft, directory)
    elif draft.area is not None and looks_like_theme(rest):
        draft.open_theme(without_stop(rest))
    else:
        draft.warn(block.line, rest, "括号之后的内容不像小标题，未读入")


def _check_signs(text: str, shown: str, draft: Draft) -> None:
    """Radicals in the place of characters (⻔ for 门), and signs that no screen shows."""
    radicals = sum(meant != sign for meant, sign in zip(unified(text), text, strict=True))
    hidden = len(text) - len(shown)
    counted = ((radicals, "部首或兼容字形，已按所示汉字读入"), (hidden, "看不见的字符，已略去"))
    said = "；".join(f"{count}个{what}" for count, what in counted if count)
    if said:
        draft.warn(1, "", f"原文（可能从PDF复制）有{said}")


def _check(draft: Draft) -> None:
    """Doubts about the whole: what is missing or stands twice."""
    for reason in _missing_head(draft):
        draft.warn(1, draft.head.title, reason)
    for kind, word in ((KEY_TASK, "重点工作第{}项"), (PRACTICAL_PROJECT, "十件实事第{}件")):
        items = [each for each in draft.items if each.kind == kind]
        counts = Counter(each.number for each in items)
        for item in items:
            if counts[item.number] > 1:
                draft.warn(item.line, item.text, f"{word.format(item.number)}编号重复")
        gaps = sorted(set(range(1, max(counts, default=0) + 1)) - set(counts))
        if gaps:
            shown = "、".join(str(number) for number in gaps[:20])
            more = "等" if len(gaps) > 20 else ""
            draft.warn(items[-1].line, "", f"{word.format(shown + more)}缺号")
    for ordinal, count in Counter(area.ordinal for area in draft.areas).items():
        if count > 1:
            draft.warn(1, "", f"第{ordinal}方面的序号重复")


def _missing_head(draft: Draft) -> list[str]:
    head = draft.head
    absent = (
        (head.year is None, "未找到年度"),
        (not head.title, "未找到标题"),
        (not head.document_number, "未找到文号"),
        (head.issued_on is None, "未找到成文日期"),
        (not draft.items, "未找到任何事项"),
    )
    return [reason for is_absent, reason in absent if is_absent]
