"""Where a chapter title ends and the theme glued to it begins."""

from __future__ import annotations

import pytest

from tasks.reader.headings import looks_like_theme, shared_formula, split_heading
from tasks.reader.numbers import chinese_ordinal
from tasks.reader.parser import parse_notice
from tasks.reader.reference import notice_text, reference_directory

DIRECTORY = reference_directory()


def test_a_closing_formula_of_work_plans_ends_the_title() -> None:
    heading = split_heading(["突出示例,全力在示例上攻坚突破做强示例产业。"], "")
    assert (heading.title, heading.theme) == ("突出示例,全力在示例上攻坚突破", "做强示例产业")


def test_a_formula_the_notice_itself_repeats_ends_the_title_as_well() -> None:
    text = notice_text().replace("攻坚突破", "奋勇争先")
    areas = parse_notice(text, DIRECTORY).areas
    assert [len(area.themes) for area in areas] == [4, 4, 5, 4, 3, 5, 4, 4, 5]
    assert all(area.title.endswith("奋勇争先") for area in areas)


def test_too_few_headings_share_no_formula() -> None:
    assert shared_formula(["突出示例上奋勇争先甲乙", "突出样例上奋勇争先丙丁"]) == ""


def test_a_heading_that_cannot_be_split_keeps_every_word_and_is_warned_about() -> None:
    line = "一、突出示例优先加快示例建设。"
    notice = parse_notice(f"{line}\n1.推进示例。[牵头单位:市发改委]", DIRECTORY)
    assert [(area.title, area.themes) for area in notice.areas] == [
        ("突出示例优先加快示例建设", ())
    ]
    assert (1, line, "标题与小标题连写，未能分开，全部作为标题") in [
        (each.line, each.text, each.reason) for each in notice.warnings
    ]


def test_a_plain_heading_needs_no_warning() -> None:
    text = "一、示例方面\n\n做强示例产业。\n\n1.推进。[牵头单位:市发改委]"
    notice = parse_notice(text, DIRECTORY)
    assert [(area.title, area.themes) for area in notice.areas] == [("示例方面", ("做强示例产业",))]
    assert notice.items[0].theme == "做强示例产业"
    assert all("标题" not in each.reason or "未找到" in each.reason for each in notice.warnings)


def test_a_theme_on_the_next_line_is_not_part_of_the_title() -> None:
    heading = split_heading(["示例优先加快建设", "做强示例产业。"], "")
    assert (heading.title, heading.theme) == ("示例优先加快建设", "做强示例产业")


@pytest.mark.parametrize(
    "text", ["加快交通“硬联通”。", "统筹发展与安全", "建设廉洁政府。", "实施“100+N”工程。"]
)
def test_a_short_phrase_can_be_a_theme(text: str) -> None:
    assert looks_like_theme(text)


@pytest.mark.parametrize(
    "text",
    [
        "(完成时限:12月底)",
        "以上工作由市政府办负责,按季报送。",
        "12月底前完成。",
        "抄送:市委",
        "附件",
        "",
    ],
)
def test_a_remark_is_no_theme(text: str) -> None:
    assert not looks_like_theme(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("九", 9), ("十", 10), ("十二", 12), ("三十五", 35), ("一百零三", 103)],
)
def test_chinese_ordinals_are_read(text: str, value: int) -> None:
    assert chinese_ordinal(text) == value


def test_chapters_beyond_nine_are_chapters() -> None:
    text = "十二、示例方面\n1.推进示例。[牵头单位:市发改委]"
    notice = parse_notice(text, DIRECTORY)
    assert [area.ordinal for area in notice.areas] == [12]
    assert notice.items[0].area == 12
