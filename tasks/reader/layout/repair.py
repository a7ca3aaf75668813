"""Paragraphs put right: wrapped lines joined, lost line breaks put back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.reader.directory import Directory
from tasks.reader.headings import heading_goes_on, is_section_title, looks_like_theme
from tasks.reader.layout.blocks import Block, Paragraph
from tasks.reader.letter import is_letter
from tasks.reader.markers import ARABIC, HAN, HAN_PAREN, PART, THING, Marker, marker_of
from tasks.reader.passages import BLANK, Passage
from tasks.reader.roles.carriers import find_carriers, starts_with_label
from tasks.reader.roles.units import CLOSE, OPEN, are_units, looks_like_unit

STOPS = tuple("。！!？?]】］〕}｝")
_GLUE = "。；;！!]】］〕)）"
MOST_PIECES = 200  # no item is wrapped over more lines; keeps hostile files fast
_FAR = 2000  # far more than any bracket is away; keeps long texts linear
_OPENED = 400
_WIDE = 24  # signs of a line that may have been broken by its width


def repaired(found: Sequence[Block], directory: Directory, forced: dict[int, bool]) -> list[Block]:
    """`forced`: line → whether a person said that it goes on the line above."""
    out: list[Block] = []
    run: list[Paragraph] = []
    state = _Sequence()
    for each in [*found, None]:
        if isinstance(each, Paragraph):
            run.append(each)
            continue
        for joined in _joined(run, directory, forced):
            out.extend(_cut(joined, state))
        run = []
        if each is not None:
            out.append(each)
    return out


def _joined(
    run: Sequence[Paragraph], directory: Directory, forced: dict[int, bool]
) -> list[Paragraph]:
    out: list[Paragraph] = []
    starts = [_starts_something(each) for each in run]
    ahead = _ahead(run, starts)
    for place, each in enumerate(run):
        last = out[-1] if out else None
        line = each.whole.line
        goes_on = last is not None and (
            forced[line]
            if line in forced
            else _goes_on(last, each, ahead[place], directory, starts=starts[place])
        )
        if last is not None and goes_on:
            out[-1] = replace(last, pieces=(*last.pieces, *each.pieces))
        else:
            out.append(each)
    return out


def _starts_something(each: Paragraph) -> bool:
    text = each.text
    return marker_of(text) is not None or starts_with_label(text) or is_section_title(text)


def _may_be_letter(each: Paragraph) -> bool:
    return len(each.text) < 60 and is_letter(each.text)


def _ahead(run: Sequence[Paragraph], starts: Sequence[bool]) -> list[str]:
    """For each paragraph, all up to the next that starts something; a bracket may be there."""
    ahead = [""] * len(run)
    following = ""
    for place in range(len(run) - 1, -1, -1):
        following = "" if starts[place] else (run[place].text + following)[:_FAR]
        ahead[place] = following
    return ahead


def _goes_on(
    last: Paragraph, each: Paragraph, ahead: str, directory: Directory, *, starts: bool
) -> bool:
    text, line = last.text, each.text
    if len(last.pieces) >= MOST_PIECES or len(text) > 6000:
        return False
    if _is_open(text[-_OPENED:]) and (not starts or not _is_clear_start(line)):
        return True
    if each.goes_on is not None and not (starts and _is_clear_start(line)):
        return each.goes_on
    if starts:
        return False
    marker = marker_of(text)
    adjacent = not each.after_gap
    if _may_be_letter(each) and (
        marker is None
        or text.endswith(STOPS)
        or not adjacent
        or find_carriers(last.whole, directory)
    ):
        return False
    if marker is None:
        if starts_with_label(text):
            return _units_go_on(last, each, directory)
        return adjacent and text.endswith(("、", "，", ",")) and len(text) > 12
    carriers = find_carriers(last.whole, directory)
    if carriers and not carriers[-1].is_bracket:
        return adjacent and _names_go_on(last, line, directory)
    if carriers:
        # Behind a closed bracket only a glued theme can have been cut by the line break.
        return not carriers[-1].is_closed or (
            adjacent
            and carriers[-1].is_bracket
            and not text.endswith(STOPS)
            and not text.endswith((")", "）"))
        )
    if marker.kind in (HAN, PART):
        return adjacent and heading_goes_on(text, line)
    if (
        marker.kind == HAN_PAREN
        and looks_like_theme(text[marker.end :])
        and adjacent
        and not _has_carrier(ahead, directory)
    ):
        return not text.endswith(STOPS) and len(text) > 20
    if _has_carrier(text + ahead, directory) and len(ahead) < _FAR:
        return True
    if not text.endswith(STOPS) and not text.endswith(("；", ";", ".")):
        return adjacent or not looks_like_theme(line)
    return False


def _has_carrier(text: str, directory: Directory) -> bool:
    return bool(find_carriers(Passage(text[:_FAR]), directory))


def _is_clear_start(line: str) -> bool:
    """Whether a line starts something even where a bracket above is open."""
    marker = marker_of(line)
    return (marker is not None and marker.kind in (HAN, ARABIC, THING, PART)) or is_section_title(
        line
    )


def _is_open(text: str) -> bool:
    """Whether a round or square bracket is not closed yet."""
    depth = 0
    for sign in text:
        depth += (sign in OPEN) - (sign in CLOSE and depth > 0)
    return depth > 0


def _names_go_on(last: Paragraph, line: str, directory: Directory) -> bool:
    """Whether a line of roles without brackets was cut: in a name, behind a sign, by width."""
    text = last.text
    if text.endswith(("。", "！", "!", "?", "？")):
        return False
    if text.endswith(("、", "，", ",", "：", ":", "；", ";")):
        return True
    fragment = re.split(r"[、，,；;：:\s]", text)[-1]
    is_wide = len(last.pieces[-1].text) >= _WIDE
    return is_wide and not (looks_like_unit(fragment, directory) and looks_like_theme(line))


def _units_go_on(last: Paragraph, each: Paragraph, directory: Directory) -> bool:
    if last.text.endswith(("、", "，", ",")):
        return True
    if not each.after_gap and _names_go_on(last, each.text, directory):
        return True
    carriers = find_carriers(last.whole, directory)
    if carriers and carriers[-1].is_bracket and carriers[-1].is_closed:
        behind = last.text[carriers[-1].end :].strip(BLANK)
        return bool(behind) and not each.after_gap and not behind.endswith(STOPS)
    is_list = are_units(each.whole, directory) and not looks_like_theme(each.text)
    return not each.after_gap and is_list


class _Sequence:
    """The numbers last seen, by which a glued number is told from a figure."""

    def __init__(self) -> None:
        self.last: dict[str, int] = {}

    def see(self, marker: Marker) -> None:
        self.last[marker.kind] = marker.number
        if marker.kind in (HAN, PART):
            self.last.pop(HAN_PAREN, None)

    def follows(self, marker: Marker, head: Marker | None) -> bool:
        expected = self.last.get(marker.kind, 0) + 1
        restarts = marker.number == 1 and head is not None and head.kind != marker.kind
        return marker.number == expected or restarts


def _cut(paragraph: Paragraph, state: _Sequence) -> list[Paragraph]:
    """A paragraph as several where numbers in sequence are glued into it."""
    out: list[Paragraph] = []
    whole = paragraph.whole
    marker = marker_of(whole.text)
    if marker is None:
        return [paragraph]
    state.see(marker)
    start = 0
    for at in _candidates(whole.text, marker.end):
        found = marker_of(whole.text[at : at + 40])
        if found is None or found.kind not in (HAN, HAN_PAREN, ARABIC, THING):
            continue
        before = whole.text[start:at].rstrip(BLANK)
        is_behind_heading = (
            marker.kind in (HAN, HAN_PAREN)
            and found.kind == ARABIC
            and looks_like_theme(before[marker_end(before) :])
        )
        if (before.endswith(tuple(_GLUE)) or is_behind_heading) and state.follows(found, marker):
            out.append(replace(paragraph, pieces=(whole[start:at].strip(BLANK),), is_cut=bool(out)))
            start, marker = at, found
            state.see(found)
    if not out:
        return [paragraph]
    return [*out, replace(paragraph, pieces=(whole[start:].strip(BLANK),), is_cut=True)]


def marker_end(text: str) -> int:
    """Where the words begin behind the marker of a text."""
    found = marker_of(text)
    return found.end if found else 0


def _candidates(text: str, start: int) -> list[int]:
    """Places where a number may have been glued: a digit, a Chinese ordinal or a bracket."""
    return [
        at
        for at in range(start + 1, len(text) - 2)
        if text[at] in "一二三四五六七八九十(（第0123456789０１２３４５６７８９"
        and not (text[at - 1].isdigit() and text[at].isdigit())
        and not (text[at - 1] in "一二三四五六七八九十" and text[at] in "一二三四五六七八九十")
    ]
