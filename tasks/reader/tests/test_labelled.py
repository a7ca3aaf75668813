"""Labelled notices, and changed copies of each: what is read, what is lost, what is accounted."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from huangshi_tasks.lib.fold import without_hidden
from tasks.reader.passages import BLANK
from tasks.reader.read import read
from tasks.reader.reading import Reading
from tasks.reader.sources.lines import Source
from tasks.reader.sources.opening import open_file
from tasks.reader.sources.text import from_text
from tasks.reader.styles.known import NAMES
from tasks.reader.tests.genre import NOTICES, Label, Notice
from tasks.reader.tests.labelled import (
    DATA,
    NOBODY,
    Entry,
    entries,
    labels,
    names,
    number_of,
    plain,
    right,
    shape,
    units,
)
from tasks.reader.tests.variants import VARIANTS

GENRE = {each.name: each for each in NOTICES}
ALL = [*names(), *GENRE]
# a text without line breaks that is then broken anew by its width: numbers are torn in two
TOO_TORN = {("c5_wechat.txt", "breaks")}


@cache
def source_of(name: str) -> Source:
    return from_text(GENRE[name].text) if name in GENRE else open_file(DATA / name)


@cache
def reading_of(name: str) -> Reading:
    return read(source_of(name), NOBODY)


@pytest.mark.parametrize("name", names())
def test_a_labelled_notice_is_read_exactly(name: str) -> None:
    count, total = right(name, reading_of(name))
    assert count == total


@pytest.mark.parametrize("name", names())
def test_time_limits_leaders_areas_and_head_are_those_of_the_labels(name: str) -> None:
    reading = reading_of(name)
    titles = {area.ordinal: plain(area.title) for area in reading.areas}
    items = {(plain(each.text)[:12], each.number): each for each in reading.items}
    checked = 0
    for label in labels()[name]["items"]:
        item = items.get((plain(label["text"])[:12], label["number"]))
        if item is None:
            continue
        checked += 1
        printed = [label["deadline_text"] or "", *(label["deadline_text_also"] or [])]
        assert item.deadline_text in printed
        assert (item.deadline.isoformat() if item.deadline else None) == label["deadline"]
        assert list(item.leaders) == label["leaders"]
        assert item.kind == label["kind"]
        if label["area"]:
            assert titles[item.area or 0] == plain(label["area"])
            assert (item.theme or "").startswith(label["theme"] or "")
    assert checked == len(labels()[name]["items"])
    for key, value in labels()[name]["plan"].items():
        if value and key != "title":
            assert str(getattr(reading.head, key)) == str(value)


@pytest.mark.parametrize("name", names())
def test_nothing_becomes_an_item_that_is_none(name: str) -> None:
    known = [plain(each["text"])[:8] for each in labels()[name]["items"]]
    known += [plain(each)[:8] for each in labels()[name]["partial"]]
    for item in reading_of(name).items:
        assert any(each in plain(item.text) for each in known), item.text


@pytest.mark.parametrize("name", GENRE)
def test_a_notice_in_another_layout_is_read_exactly(name: str) -> None:
    reading = reading_of(name)
    titles = {area.ordinal: area.title for area in reading.areas}
    left = entries(reading)
    for label in GENRE[name].labels:
        hit = next((each for each in left if is_label(label, each)), None)
        assert hit is not None, (label.text, [each.text for each in left])
        left.remove(hit)
        if label.area is not None and hasattr(hit, "area"):
            assert titles[hit.area or 0] == label.area
    left = [each for each in left if not getattr(each, "sub_items", ())]
    assert left == []
    assert_letter(GENRE[name], reading)


def is_label(label: Label, entry: Entry) -> bool:
    leads, others = units(entry)
    wanted = [plain(each) for each in label.leads]
    rest = sorted(plain(each) for each in label.others)
    has_units = (leads, others) == (wanted, rest) if wanted else sorted(leads + others) == rest
    return (
        plain(entry.text) == plain(label.text)
        and number_of(entry) == label.number
        and entry.deadline_text == label.deadline
        and entry.leaders == label.leaders
        and has_units
    )


def assert_letter(notice: Notice, reading: Reading) -> None:
    for words in notice.letter:
        assert any(words in each.text for each in reading.paragraphs), words


@pytest.mark.parametrize("name", ALL)
def test_every_character_is_accounted_for_once(name: str) -> None:
    source, reading = source_of(name), reading_of(name)
    covered = [
        (each.span.line, at)
        for each in reading.spans
        for at in range(each.span.start, each.span.end)
    ]
    signs = {
        (line.number, at)
        for line in source.lines
        for at, sign in enumerate(line.text)
        if not sign.isspace() and sign not in BLANK and without_hidden(sign)
    }
    assert len(covered) == len(set(covered))
    assert set(covered) == signs
    assert reading.used_share() > 0.93


@pytest.mark.parametrize("name", ALL)
def test_an_item_leads_back_to_its_own_words(name: str) -> None:
    source, reading = source_of(name), reading_of(name)
    texts = {line.number: line.text for line in source.lines}
    for item, places in zip(reading.items, reading.places, strict=True):
        printed = "".join(texts[span.line][span.start : span.end] for span in places)
        assert plain(printed) == plain(item.text)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", ALL)
def test_a_changed_copy_gives_what_the_original_gives(name: str, variant: str) -> None:
    if (name, variant) in TOO_TORN:
        pytest.skip("编号被断成两半")
    wanted = Counter(shape(each) for each in entries(reading_of(name)))
    copy = read(VARIANTS[variant](source_of(name)), NOBODY)
    got = Counter(shape(each) for each in entries(copy))
    same, total = sum((wanted & got).values()), sum(wanted.values())
    # one row of a small notice may be one that was cut off in the middle
    assert total - same <= max(1, 0.05 * total)


@pytest.mark.parametrize("name", ALL)
def test_the_best_style_is_proposed_first(name: str) -> None:
    reading = reading_of(name)
    chosen = [each for each in reading.candidates if each.is_chosen]
    assert [each.name for each in chosen] == [reading.style]
    assert chosen[0] == reading.candidates[0]
    assert {each.name for each in reading.candidates} <= set(NAMES)
