"""Whatever comes in, the parser answers, and every line with text is known or warned about."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from huangshi_tasks.lib.fold import without_hidden
from tasks.reader.parsed import ParsedNotice
from tasks.reader.parser import notice_of
from tasks.reader.passages import BLANK
from tasks.reader.read import read
from tasks.reader.reference import notice_text, reference_directory
from tasks.reader.sources.lines import Unreadable
from tasks.reader.sources.text import from_text

DIRECTORY = reference_directory()
NOTICE = notice_text()
LINES = [line.strip() for line in NOTICE.split("\n") if line.strip()]
# fmt: off
FRAGMENTS = [
    "[牵头单位:", ";配合单位:", "责任单位：", "]", "】", "(", "）", "、", "。", "一、", "十二、",
    "3.", "15、", "(二)", "2022年十件实事责任分解", "各县(市、区)政府", "市发改委", "100个",
    "1-2家", "5%以上", "分别", "1.5万亩", "控制在", "“", "”", "９", "主要预期目标是:",
    "等", "总投资",
    "\n", "\r\n", "\x00", "\u3000", "\u2028",
]
# fmt: on


def check(text: str) -> ParsedNotice:
    source = from_text(text)
    reading = read(source, DIRECTORY)
    whole = {(each.number, at) for each in source.lines for at in range(len(each.text))}
    blank = {
        (line.number, at)
        for line in source.lines
        for at, sign in enumerate(line.text)
        if sign.isspace() or sign in BLANK or not without_hidden(sign)
    }
    covered = [
        (each.span.line, at)
        for each in reading.spans
        for at in range(each.span.start, each.span.end)
    ]
    assert len(covered) == len(set(covered))
    assert set(covered) == whole - blank
    notice = notice_of(reading)
    for item in notice.items:
        for each in item.indicators:
            assert item.text[each.start : each.end] == each.source_text
            assert each.name
            assert len(each.source_text) <= 200
            assert len(each.name) <= 80
            assert len(each.unit) <= 20
    assert len({each.key for each in reading.doubts}) == len(reading.doubts)
    return notice


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", without_hidden(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=60))
def test_any_text_is_read_without_an_error(parts: list[str]) -> None:
    try:
        check("".join(parts))
    except Unreadable:
        assert not "".join(parts).strip(BLANK + "\x00")


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_shuffled_thinned_and_renumbered_copy_keeps_every_item(source: random.Random) -> None:
    kept = [line for line in LINES if source.random() < 0.4]
    source.shuffle(kept)
    lines = [re.sub(r"^\d+(?=[.、])", lambda _: str(source.randint(1, 200)), line) for line in kept]
    notice = check("\n".join(lines))
    printed = [re.match(r"(\d+)[.、](.*?)\[", line) for line in lines]
    expected = [(int(each[1]), each[2]) for each in printed if each]
    assert [(each.number, each.text) for each in notice.items] == expected


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(FRAGMENTS))
def test_random_edits_lose_no_text_of_an_item(source: random.Random, fragment: str) -> None:
    line = source.choice([each for each in LINES if each[0].isdigit()])
    at = source.randrange(len(line))
    edited = line[:at] + fragment + line[at + source.randrange(3) :]
    notice = check(edited)
    kept = [each.text for each in notice.items]
    kept += [one.printed_name for each in notice.items for one in each.designations]
    kept += [each.text for each in notice.warnings]
    kept += [*notice.sections, *(each.text for each in notice.unused)]
    kept += [each.text for each in notice.paragraphs]
    kept += [theme for area in notice.areas for theme in (area.title, *area.themes)]
    names = [squeezed(part) for part in kept]
    for part in re.split(
        r"[\s\[\]【】:：;；、,，。.()（）\d９]|牵头单位|配合单位|责任单位", edited
    ):
        if len(part) > 3:
            assert any(squeezed(part) in name for name in names), part
