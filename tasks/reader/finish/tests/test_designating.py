"""The bracket behind an item: signs, roles, and names with brackets of their own."""

from __future__ import annotations

import pytest

from tasks.reader.parsed import KEY_TASK, PRACTICAL_PROJECT, ParsedItem
from tasks.reader.parser import parse_notice
from tasks.reader.reference import reference_directory

DIRECTORY = reference_directory()


def only(line: str, section: str = "") -> ParsedItem:
    (item,) = parse_notice(f"{section}\n{line}", DIRECTORY).items
    return item


def read(inner: str, kind: str = KEY_TASK) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    title = "2022年十件实事责任分解" if kind == PRACTICAL_PROJECT else "2022年重点工作责任分解"
    others = (
        "\n".join(f"{n}.乙。[责任单位:市司法局]" for n in (2, 3))
        if kind == PRACTICAL_PROJECT
        else ""
    )
    notice = parse_notice(f"{title}\n1.甲。[{inner}]\n{others}", DIRECTORY)
    reasons = [each.reason for each in notice.warnings if "未找到" not in each.reason]
    found = [(each.role, each.name) for each in notice.items[0].designations]
    return found, tuple(reasons)


@pytest.mark.parametrize("signs", ["[]", "【】", "［］", "〔〕", "()", "（）", "{}"])
@pytest.mark.parametrize("colon", [":", "："])
@pytest.mark.parametrize("comma", ["、", ",", "，"])
def test_brackets_colons_and_commas_are_read_alike(signs: str, colon: str, comma: str) -> None:
    names = comma.join(["各县(市、区)政府", "新港（物流）工业园管委会", "市发改委"])
    for semicolon in ";；":
        inner = f"牵头单位{colon}市经信局{semicolon}配合单位{colon}{names}"
        item = only(f"1.推进示例(一期)〔2022〕建设。{signs[0]}{inner}{signs[1]}")
        assert item.text == "推进示例(一期)〔2022〕建设。"
        assert item.names("lead") == ["市经信局"]
        assert item.names("support") == [
            "各县(市、区)政府",
            "新港(物流)工业园管委会",
            "市发改委",
        ]


def test_an_alias_keeps_its_printed_name() -> None:
    item = only("1.甲。[牵头单位:市医疗保障局;配合单位:市东楚集团、各在黄高校、新港园区管委会]")
    assert [(each.printed_name, each.name, each.target) for each in item.designations] == [
        ("市医疗保障局", "市医保局", "unit"),
        ("市东楚集团", "市东楚投资集团", "unit"),
        ("各在黄高校", "在黄高校", "group"),
        ("新港园区管委会", "新港(物流)工业园管委会", "unit"),
    ]


def test_order_counts_within_each_role() -> None:
    item = only("1.甲。[牵头单位:市住建局、市城管委;配合单位:市公安局、市财政局]")
    assert [(each.role, each.order) for each in item.designations] == [
        ("lead", 1),
        ("lead", 2),
        ("support", 1),
        ("support", 2),
    ]


def test_an_unknown_name_stays_as_printed_with_a_warning() -> None:
    names, reasons = read("牵头单位:市从未听说局")
    assert names == [("lead", "市从未听说局")]
    assert reasons == ("单位名录中没有“市从未听说局”",)


def test_two_units_joined_by_a_word_are_two_but_a_name_with_that_word_is_one() -> None:
    assert read("牵头单位:市财政局和市司法局")[0] == [("lead", "市财政局"), ("lead", "市司法局")]
    assert read("牵头单位:市水利和湖泊局")[0] == [("lead", "市水利和湖泊局")]
    assert read("牵头单位:市甲和乙局")[0] == [("lead", "市甲和乙局")]


def test_a_stray_bracket_is_left_out_with_a_warning() -> None:
    names, reasons = read("牵头单位:相关县(市、区)政府)")
    assert names == [("lead", "相关县(市、区)政府")]
    assert len(reasons) == 1


def test_practical_projects_know_one_role_and_key_tasks_read_responsible_by_its_place() -> None:
    assert read("牵头单位:市住建局", PRACTICAL_PROJECT)[0] == [("responsible", "市住建局")]
    assert read("责任单位:市住建局", PRACTICAL_PROJECT) == ([("responsible", "市住建局")], ())
    assert read("牵头单位:市住建局;责任单位:市城管委")[0] == [
        ("lead", "市住建局"),
        ("support", "市城管委"),
    ]
    assert read("责任单位:市住建局")[0] == [("lead", "市住建局")]


def test_a_role_nobody_knows_is_told_with_the_names_behind_it() -> None:
    names, reasons = read("牵头单位:市住建局;督办单位:市审计局")
    assert names == [("lead", "市住建局")]
    assert reasons == ("责任类别“督办单位”未识别，未读入：市审计局",)
