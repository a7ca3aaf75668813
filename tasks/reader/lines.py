"""From raw text to blocks: a chapter, a section title, a theme, a numbered item, or something else.

A wrapped item is joined again. Every line with text ends up in exactly one block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tasks.reader.designations import bracket_closes, has_bracket
from tasks.reader.headings import heading_goes_on, looks_like_theme
from tasks.reader.numbers import CHINESE_ORDINAL, DIGIT

CHAPTER, SECTION, THEME, ITEM, OTHER = "chapter", "section", "theme", "item", "other"

BLANK = " \t\u3000\xa0\ufeff\u200b"
MOST_PIECES = 200  # no item is wrapped over more lines; keeps hostile files fast
STOPS = tuple("。！!？?]】］〕}｝")

CHAPTER_START = re.compile(rf"({CHINESE_ORDINAL})\s*[、.\uff0e]\s*(?=\S)")
# Not before another digit: 1.5万亩 at the head of a wrapped line is no item.
ITEM_START = re.compile(rf"({DIGIT}{{1,4}})\s*[、.\uff0e]\s*(?!{DIGIT})(?=\S)")
THEME_START = re.compile(rf"[(\uff08]{CHINESE_ORDINAL}[)\uff09]\s*(?=\S)")
SECTION_TITLE = re.compile(
    r"(?!关于|印发|文件)[^。;；\[]{0,30}(?:重点工作|实事|目标任务|工作任务)[^。;；\[]{0,12}"
    r"(?:分解|清单|方案|安排)表?"
)


@dataclass(slots=True)
class Block:
    """Lines that belong together: their numbers, and their stripped texts as `pieces`."""

    kind: str
    lines: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def line(self) -> int:
        return self.lines[0]


def blocks(text: str) -> list[Block]:
    """Blocks in the order of the text."""
    found: list[Block] = []
    lines = list(numbered_lines(text))
    ahead = _text_ahead([line for _, line in lines])
    for place, (number, line) in enumerate(lines):
        last = found[-1] if found else None
        adjacent = last is not None and number == last.lines[-1] + 1
        if last is None or not _goes_on(last, line, ahead[place], adjacent=adjacent):
            last = Block(kind_of(line))
            found.append(last)
        last.lines.append(number)
        last.pieces.append(line)
    return found


def _text_ahead(lines: Sequence[str]) -> list[str]:
    """For each line, all up to the next line that starts something; a bracket may be there."""
    ahead: list[str] = [""] * len(lines)
    following = ""
    for place in range(len(lines) - 1, -1, -1):
        following = lines[place] + following if kind_of(lines[place]) == OTHER else ""
        # Far more than any bracket is away; keeps long texts without items linear.
        following = following[:2000]
        ahead[place] = following
    return ahead


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with text, stripped, counted from 1."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if stripped := line.strip().strip(BLANK):
            yield number, stripped


def kind_of(line: str) -> str:
    """What a line starts."""
    if ITEM_START.match(line):
        return ITEM
    if SECTION_TITLE.fullmatch(CHAPTER_START.sub("", line, count=1)):
        return SECTION
    if CHAPTER_START.match(line):
        return CHAPTER
    return THEME if THEME_START.match(line) else OTHER


def _goes_on(last: Block, line: str, ahead: str, *, adjacent: bool) -> bool:
    """Whether `line` is the rest of a wrapped chapter heading or item.

    Copies from the web put blank lines anywhere, so a sentence or bracket that is plainly
    unfinished goes on after one as well.
    """
    if last.kind not in (CHAPTER, ITEM) or kind_of(line) != OTHER:
        return False
    if len(last.pieces) >= MOST_PIECES:
        return False
    if last.kind == CHAPTER:
        return adjacent and heading_goes_on(last.text, line)
    if has_bracket(last.text):
        # Behind a closed bracket only a glued theme can have been cut by the line break.
        return not bracket_closes(last.text) or (adjacent and not last.text.endswith(STOPS))
    if has_bracket(last.text + ahead) or not last.text.endswith(STOPS):
        return True
    return adjacent and not looks_like_theme(line)
