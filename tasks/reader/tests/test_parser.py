"""The notice of 2022, its reviewed plan, and altered copies of both kinds."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.reader.document import from_reviewed, published, reviewed
from tasks.reader.markers import ARABIC, marker_of
from tasks.reader.parsed import GROUP, UNIT, ParsedItem, ParsedNotice
from tasks.reader.parser import parse_notice
from tasks.reader.promised.defaults import cycle_for
from tasks.reader.reference import notice_text, plan_document, reference_directory, unit_entries

COPIES = Path(__file__).parent / "notices"
DIRECTORY = reference_directory()
NOTICE = notice_text()
PARSED = parse_notice(NOTICE, DIRECTORY)
REVIEWED = from_reviewed(plan_document(), DIRECTORY)


def item(notice: ParsedNotice, number: int, kind: str = "key_task") -> ParsedItem:
    return next(each for each in notice.items if (each.kind, each.number) == (kind, number))


def test_parsing_the_notice_gives_the_reviewed_plan() -> None:
    assert published(PARSED) == published(REVIEWED)


def test_the_reviewed_plan_survives_being_read_and_written() -> None:
    assert reviewed(REVIEWED) == plan_document()


def test_the_notice_has_nine_areas_with_38_themes_134_key_tasks_and_ten_projects() -> None:
    assert [area.ordinal for area in PARSED.areas] == list(range(1, 10))
    assert sum(len(area.themes) for area in PARSED.areas) == 38
    assert [each.number for each in PARSED.items if each.kind == "key_task"] == [*range(1, 135)]
    projects = [each.number for each in PARSED.items if each.kind == "practical_project"]
    assert projects == [*range(1, 11)]


def test_themes_are_cut_off_29_brackets_and_nine_chapter_headings() -> None:
    lines = NOTICE.split("\n")
    behind_brackets = [each for each in lines if re.search(r"\].+", each)]
    headings = [each for each in lines if re.match("[一二三四五六七八九]、", each)]
    assert (len(behind_brackets), len(headings)) == (29, 9)
    themes = {theme for area in PARSED.areas for theme in area.themes}
    assert {each.rpartition("]")[2].rstrip("。") for each in behind_brackets} < themes
    for heading, area in zip(headings, PARSED.areas, strict=True):
        assert heading[2:] == f"{area.title}{area.themes[0]}。"
        assert area.title.endswith("攻坚突破")


def test_a_theme_behind_a_bracket_holds_from_the_next_item_on() -> None:
    assert item(PARSED, 3).theme == "加快交通“硬联通”"
    assert item(PARSED, 4).theme == "导入万亿产业链"
    assert item(PARSED, 17).theme == "壮大产业集群"
    assert item(PARSED, 1, "practical_project").theme is None


def test_the_notice_designates_171_leads_352_supports_and_40_responsible_units() -> None:
    every = [each for one in PARSED.items for each in one.designations]
    roles = Counter(each.role for each in every)
    assert roles == {"lead": 171, "support": 352, "responsible": 40}
    assert len({each.name for each in every if each.target == UNIT}) == 57
    assert len({each.name for each in every if each.target == GROUP}) == 15
    assert {each.target for each in every} == {UNIT, GROUP}


def test_no_character_of_any_item_differs_from_the_notice() -> None:
    lines = NOTICE.split("\n")
    for each in PARSED.items:
        line = lines[each.line - 1]
        printed = re.fullmatch(r"\d+[.、](.*?)\[(?:牵头|责任)单位:.*\].*", line)
        assert printed is not None
        assert each.text == printed[1]
        assert each.text.endswith("。")
        assert item(REVIEWED, each.number, each.kind).text.encode() == printed[1].encode()


def test_every_promised_number_is_found_and_no_other() -> None:
    tasks = [each for each in PARSED.items if each.kind == "key_task" and each.indicators]
    projects = [each for each in PARSED.items if each.kind == "practical_project"]
    assert len(PARSED.headline) == 8
    assert len(tasks) == 31
    assert sum(len(each.indicators) for each in tasks) == 51
    assert sum(len(each.indicators) for each in projects) == 27


@pytest.mark.parametrize("number", [1, 5, 50, 88, 94, 96, 99, 100, 103])
def test_figures_that_describe_something_are_no_promises(number: int) -> None:
    assert re.search("[0-9]", item(PARSED, number).text) or number in (94, 103)
    assert item(PARSED, number).indicators == ()


def test_a_span_leads_back_to_the_words_of_the_notice() -> None:
    for each in REVIEWED.items:
        names = [one.name for one in each.indicators]
        assert len(names) == len(set(names))
        for one in each.indicators:
            assert each.text[one.start : one.end] == one.source_text
            assert re.sub(r"\D", "", str(one.value)) in re.sub(r"\D", "", one.source_text)
            assert one.reporting in each.names("lead") + each.names("responsible")


def test_the_oddities_of_the_notice_are_warned_about_once_each() -> None:
    assert [(each.line, each.reason) for each in PARSED.warnings] == [
        (22, "主要预期目标中的这句话没有数字，未读入指标"),
        (22, "主要预期目标中的这句话没有数字，未读入指标"),
        (208, "“相关县(市、区)政府)”多一个括号，按“相关县(市、区)政府”读入"),
        (319, "数字后没有计量单位，按“个”读入"),
        (331, "十件实事中写作“牵头单位”，按责任单位读入"),
    ]


def test_the_review_decided_short_title_tracking_and_cycle_of_each_item() -> None:
    assert len({(each.kind, each.short_title) for each in REVIEWED.items}) == 144
    for each in REVIEWED.items:
        assert 0 < len(each.short_title) <= 16
        is_project = each.kind == "practical_project"
        assert each.cycle == cycle_for(each.tracking, is_project=is_project)
        assert bool(each.indicators) == (each.tracking == "quantitative")
        assert each.area != 9 or each.tracking == "ongoing"
    assert sum(each.cycle == "monthly" for each in REVIEWED.items) == 41


def test_the_directory_holds_58_units_and_15_collective_designations() -> None:
    entries = unit_entries()
    assert len(entries["units"]) == 58
    assert Counter(each["mode"] for each in entries["groups"]) == {
        "all": 4,
        "relevant": 4,
        "to_be_named": 7,
    }
    names = {each["name"] for each in entries["units"]}
    assert all(set(each["members"]) <= names for each in entries["groups"])
    named = {one.name for each in PARSED.items for one in each.designations if one.target == UNIT}
    assert names - named == {"下陆区政府"}


@pytest.mark.parametrize("copy", sorted(COPIES.glob("*.txt")), ids=lambda path: path.stem)
def test_altered_copies_give_what_was_checked_by_eye(copy: Path) -> None:
    notice = parse_notice(copy.read_text("utf-8"), DIRECTORY)
    assert published(notice) == json.loads(copy.with_suffix(".json").read_text("utf-8"))


def test_full_width_punctuation_and_other_brackets_change_nothing_but_themselves() -> None:
    wide = NOTICE.translate(str.maketrans(",;:()[]", "，；：（）【】"))
    notice = parse_notice(wide, DIRECTORY)
    assert len(notice.items) == 144
    for mine, theirs in zip(notice.items, PARSED.items, strict=True):
        assert mine.text == theirs.text.translate(str.maketrans(",;:()[]", "，；：（）【】"))
        assert [(one.role, one.name) for one in mine.designations] == [
            (one.role, one.name) for one in theirs.designations
        ]
        assert [(one.value, one.unit) for one in mine.indicators] == [
            (one.value, one.unit) for one in theirs.indicators
        ]
        assert (mine.area, mine.theme, mine.tracking) == (
            theirs.area,
            theirs.theme,
            theirs.tracking,
        )


def test_a_copy_in_reverse_order_keeps_each_item_whole() -> None:
    head, _, body = NOTICE.partition("2022年市政府重点工作责任分解\n")
    tasks = [each for each in body.split("2022年十件实事")[0].split("\n") if each[:1].isdigit()]
    notice = parse_notice("\n\n".join([head, *reversed(tasks)]), DIRECTORY)
    assert [each.number for each in notice.items] == [*range(134, 0, -1)]
    for each in notice.items:
        original = item(PARSED, each.number)
        lost = {"area": None, "theme": None, "line": 0, "tracking": "", "cycle": ""}
        assert replace(each, **lost) == replace(original, **lost)  # type: ignore[arg-type]  # each test names its own


def _is_item(line: str) -> bool:
    found = marker_of(line)
    return found is not None and found.kind == ARABIC


def wrapped(line: str, width: int) -> list[str]:
    """Cut after `width` characters, but never so that the rest looks like a new item or chapter."""
    pieces = []
    while len(line) > width:
        cut = width
        while cut < len(line) and marker_of(line[cut:]) is not None:
            cut += 1
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line] if line else pieces


@pytest.mark.parametrize("width", [12, 25, 40, 61])
def test_wrapping_every_item_at_any_width_loses_no_character(width: int) -> None:
    lines = [
        piece
        for line in NOTICE.split("\n")
        for piece in (wrapped(line, width) if _is_item(line) else [line])
    ]
    notice = parse_notice("\n".join(lines), DIRECTORY)
    assert [replace(each, line=0) for each in notice.items] == [
        replace(each, line=0) for each in PARSED.items
    ]
    assert notice.areas == PARSED.areas
