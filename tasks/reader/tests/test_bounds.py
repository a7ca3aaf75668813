"""The longest sources that are let in are read in bounded time; slow, for there are many."""

from __future__ import annotations

from time import process_time

import pytest

from tasks.reader.read import read
from tasks.reader.reference import notice_text, reference_directory
from tasks.reader.sources.lines import MOST_CHARACTERS, MOST_LINES
from tasks.reader.sources.text import from_text

DIRECTORY = reference_directory()
MOST_SECONDS = 60.0  # on a busy machine; alone they take a sixth of it
LONG = {
    "notices": notice_text() * 8,
    "open_brackets": "(" * 150_000,
    "one_line": "".join(f"{n}.推进某项工作。(牵头单位:市发改委)" for n in range(1, 7000)),
    "short_lines": "1.甲\n" * 7000,
    "no_stops": "推进建设" * 40_000,
    "labels": "牵头单位:市发改委\n" * 7000,
    "digits": "1" * 150_000,
    "ordinals": "一、" * 50_000,
    "tabs": "1\t推进甲项工作\t市发改委\n" * 7000,
    "open_items": "1.推进(牵头单位:市发改委、\n" * 7000,
    "blanks": "1 推进甲项工作 市发改委\n" * 7000,
    "commas": "由" + "市发改委，" * 20_000 + "牵头",
    "plain": "推进建设工作\n" * 7000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_long_text_takes_no_longer_than_a_minute(name: str) -> None:
    text = LONG[name]
    assert len(text) <= MOST_CHARACTERS
    assert text.count("\n") <= MOST_LINES
    start = process_time()
    read(from_text(text), DIRECTORY)
    assert process_time() - start < MOST_SECONDS
