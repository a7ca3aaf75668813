"""Layouts that taught the reader something, each as small as it can be; all invented."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from tasks.reader.read import read
from tasks.reader.reading import Reading
from tasks.reader.sources.lines import Unreadable
from tasks.reader.sources.opening import open_bytes
from tasks.reader.sources.text import from_text
from tasks.reader.tests.labelled import NOBODY, units

HEAD = "关于2024年重点工作任务分工的通知\n"


def reading_of(text: str) -> Reading:
    return read(from_text(HEAD + text), NOBODY)


def only(text: str) -> tuple[list[str], list[str]]:
    """Leads and others of the one item."""
    (item,) = reading_of(f"一、经济\n1.建设智慧停车平台。{text}\n").items
    assert item.text == "建设智慧停车平台。"
    return units(item)


@pytest.mark.parametrize(
    ("text", "leads", "others"),
    [
        ("（市公安局，市发改委、市人社局参与）", ["市公安局"], ["市人社局", "市发改委"]),
        ("（市公安局会同市发改委、市人社局）", ["市公安局"], ["市人社局", "市发改委"]),
        ("（市公安局、市人社局；10月底前完成）", [], ["市人社局", "市公安局"]),
        ("（市公安局牵头；市人社局支持）", ["市公安局"], ["市人社局"]),
    ],
)
def test_a_bracket_without_labels(text: str, leads: list[str], others: list[str]) -> None:
    found, rest = only(text)
    assert (found, rest) == (leads, others) or (not leads and sorted(found + rest) == others)


def test_a_bracket_that_names_no_unit_stays_in_the_sentence() -> None:
    (item,) = reading_of("一、经济\n1.出台奖补办法（含政策支持）。(牵头单位：市商务局)\n").items
    assert item.text == "出台奖补办法（含政策支持）。"


def test_chapters_may_be_numbered_in_brackets() -> None:
    reading = reading_of(
        "（一）城建\n1.新建公园3座。（责任单位：市园林局）\n（二）民生\n1.新增床位200张。（责任单位：市民政局）\n"
    )
    assert [(area.title, area.themes) for area in reading.areas] == [("城建", ()), ("民生", ())]
    below = reading_of(
        "一、城建\n（一）公园\n1.新建公园3座。（责任单位：市园林局）\n（二）停车\n2.新增泊位200个。（责任单位：市城管局）\n"
    )
    assert [area.themes for area in below.areas] == [("公园", "停车")]


def test_what_a_heading_says_holds_for_items_that_do_not_say_it() -> None:
    first, second, third = reading_of(
        "一、工业（牵头领导：孙磊；牵头单位：市工信局）\n1.新增企业50家。\n"
        "2.技改投资增长12%。（配合单位：市发改委）\n3.建成厂房2万平方米。（牵头单位：市城投集团）\n"
    ).items
    assert [units(each) for each in (first, second, third)] == [
        (["市工信局"], []),
        (["市工信局"], ["市发改委"]),
        (["市城投集团"], []),
    ]
    assert {each.leaders for each in (first, second, third)} == {("孙磊",)}


def test_a_sentence_below_a_heading_is_no_part_of_it() -> None:
    reading = reading_of(
        "一、改革\n1.建立平台1个。（市数据局）\n二、督查\n各单位每月5日前报送改革进展。\n"
    )
    titles = [area.title for area in reading.areas]
    assert "改革" in titles
    assert not any("各单位" in title for title in titles)
    assert any("每月5日前" in each.text for each in reading.paragraphs)


def test_items_may_be_called_tasks() -> None:
    reading = reading_of(
        "任务一：提升制造业能级\n主要内容：培育企业6家。\n牵头单位：市工信局\n完成时间：6月\n"
        "任务二：优化营商环境\n主要内容：压缩时间。\n牵头单位：市政务局\n完成时间：9月\n"
    )
    assert [(each.number, units(each)[0]) for each in reading.items] == [
        (1, ["市工信局"]),
        (2, ["市政务局"]),
    ]
    assert reading.unused == ()


def test_a_note_below_a_table_is_kept_and_its_convention_is_found() -> None:
    reading = reading_of(
        "| 序号 | 任务名称 | 责任单位 | 完成时限 |\n| --- | --- | --- | --- |\n"
        "| 1 | 新建停车场5个 | 区城管局、区城投公司 | 12月底 |\n"
        "| 2 | 建成社区食堂12家 | 区民政局、各街道办事处 | 9月底 |\n"
        "注：责任单位第一位为牵头单位。\n"
    )
    assert [units(each) for each in reading.items] == [
        (["区城管局"], ["区城投公司"]),
        (["区民政局"], ["各街道办事处"]),
    ]
    assert not [each for each in reading.doubts if each.kind == "unused"]


def test_posts_above_a_name_are_of_that_name() -> None:
    reading = reading_of(
        "序号\t任务\t牵头领导\t牵头单位\n"
        "1\t引进项目3个\t市委常委、副市长 郑海\t市商务局\n2\t新增企业15家\t林涛、何静\t市工信局\n"
    )
    assert [each.leaders for each in reading.items] == [
        ("市委常委、副市长郑海",),
        ("林涛", "何静"),
    ]


def test_sheets_of_a_workbook_are_areas() -> None:
    book = Workbook()
    for place, name in enumerate(("经济发展", "城乡建设")):
        sheet = book.create_sheet(name, place)
        sheet.append([f"2024年市政府重点工作任务表（{name}）"])
        sheet.append(["序号", "工作内容", "牵头单位", "完成时限"])
        sheet.append([1, f"办好{name}的事", "市发改委", "12月"])
        sheet.append([2, f"再办{name}的事", "市统计局", "12月"])
    book.remove(book["Sheet"])
    kept = BytesIO()
    book.save(kept)
    reading = read(open_bytes(kept.getvalue(), "表.xlsx"), NOBODY)
    assert [area.title for area in reading.areas] == ["经济发展", "城乡建设"]
    assert [(each.area, each.number) for each in reading.items] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert reading.head.title.startswith("2024年市政府重点工作任务表")


def test_the_number_begins_behind_a_title_that_was_broken() -> None:
    head = "甲市人民政府关于2024年任务分工\n方案的通知甲政办〔2024〕8号\n"
    text = f"{head}一、经济\n1.建桥。（牵头单位：市住建局）\n"
    reading = read(from_text(text), NOBODY)
    assert reading.head.document_number == "甲政办〔2024〕8号"


@pytest.mark.parametrize(
    ("sign", "encoding"), [(",", "utf-8-sig"), (";", "gb18030"), ("\t", "utf-8")]
)
def test_values_between_commas_are_a_table(sign: str, encoding: str) -> None:
    rows = [
        ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
        ["1", '"新增企业50家，技改项目10个。"', "市工信局", "市统计局、市财政局", "12月底"],
        ["2", "新建公园3座。", "市园林局", "", "10月底"],
    ]
    raw = "\r\n".join(sign.join(row) for row in rows).encode(encoding)
    reading = read(open_bytes(raw, "2024年重点工作任务表.CSV"), NOBODY)
    assert [(each.text, units(each), each.deadline_text) for each in reading.items] == [
        ("新增企业50家，技改项目10个。", (["市工信局"], ["市统计局", "市财政局"]), "12月底"),
        ("新建公园3座。", (["市园林局"], []), "10月底"),
    ]


def test_a_cell_without_end_is_told() -> None:
    with pytest.raises(Unreadable, match="另存为Excel工作簿"):
        open_bytes(('"甲,' + "乙" * 140_000).encode(), "表.csv")


def test_numbers_of_parts_are_proposed_for_the_item() -> None:
    item, *_ = reading_of(
        "一、城建\n1.实施惠民工程：\n（1）建成公园3座。（牵头单位：市园林局）\n（2）改造道路12条。（牵头单位：市住建局）\n"
        "2.种树5万株。（牵头单位：市园林局）\n3.修路8公里。（牵头单位：市住建局）\n"
    ).items
    assert [(str(each.value), each.unit, each.reporting) for each in item.indicators] == [
        ("3", "座", "市园林局"),
        ("12", "条", "市住建局"),
    ]
    assert {(each.start, each.end) for each in item.indicators} == {(0, 0)}
