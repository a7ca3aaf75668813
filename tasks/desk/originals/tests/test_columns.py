"""The columns of a table are said once, for all tables with the same head and for the next file."""

from __future__ import annotations

from typing import Any

import pytest

from huangshi_tasks.lib import clock
from tasks.desk import changes as said
from tasks.desk.acts import correct
from tasks.desk.changes import Change
from tasks.desk.content import content_of
from tasks.desk.originals.columns import shapes_of, unsaid
from tasks.desk.originals.tests.bringing import (
    HEADS,
    TABLE,
    address,
    bring,
    client_of,
    paste,
    replace,
    sheet,
    upload,
)
from tasks.models import KnownTable, NoticeDraft
from tests.cast import Cast
from tests.month import cast

__all__ = ["cast"]
pytestmark = pytest.mark.django_db

MAPPED = {"c0-0": "number", "c0-1": "text", "c0-2": "lead", "c0-3": "unused"}


def _say(client: Any, draft: NoticeDraft, **fields: str) -> Any:
    return client.post(address(draft, "draft_columns"), {"act": "confirm", **MAPPED, **fields})


def test_the_page_shows_heads_choices_and_first_rows(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("责任分解表.xlsx", TABLE))
    shown = client.get(address(draft, "draft_columns")).content.decode()
    for words in (*HEADS, "建成污水处理厂1座，铺设管网30公里。", "事项名称（并入原文）"):
        assert words in shown
    assert "确认对应，读取1张表格" in shown


def test_each_column_of_units_counts_its_own_unknown_names(cast: Cast) -> None:
    client = client_of(cast.office)
    rows = sheet(
        (1, "新建桥梁2座，改造公路30公里。", "市甲局", "市财政局"),
        (2, "建成污水处理厂1座，铺设管网30公里。", "市乙局、市甲局", "市丙局"),
        heads=("序号", "重点工作", "牵头单位", "配合单位"),
    )
    draft = bring(client, upload("责任分解表.xlsx", rows))
    shape = shapes_of(content_of(draft))[0]
    assert [each.note for each in shape.columns] == [
        "",
        "2行",
        "单位未识别2个，在下一步处理",
        "单位未识别1个，在下一步处理",
    ]
    text = """关于印发2023年重点工作责任分解的通知
编号|重点工作|牵头单位|配合单位
1|建成桥梁2座。|市甲局|市财政局
2|建成厂房3座。|市乙局|市丙局
2023年1月20日
"""
    draft = bring(client, paste(text))
    notes = [each.note for each in shapes_of(content_of(draft))[0].columns]
    assert notes[2:] == ["单位未识别2个，在下一步处理", "单位未识别1个，在下一步处理"]


def test_another_mapping_reads_otherwise(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("责任分解表.xlsx", TABLE))
    assert content_of(draft).items[0].item.names("lead") == ["市财政局"]
    answer = _say(client, draft, **{"c0-2": "support", "act": "try"})
    assert answer["Location"] == address(draft, "draft_columns")
    item = content_of(draft).items[0].item
    assert (item.names("lead"), item.names("support")) == ([], ["市财政局"])
    assert _say(client, draft)["Location"] == f"{address(draft)}items/"
    assert unsaid(content_of(draft)) == []


def test_a_mapping_without_text_or_with_two_numbers_is_refused(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("责任分解表.xlsx", TABLE))
    answer = _say(client, draft, **{"c0-1": "number"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "请指定哪一列是事项原文" in shown
    assert shown.count("有2列指定为“编号”") == 2
    assert not draft.acts.exists()


def test_tables_with_the_same_head_are_mapped_together(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("c2_sheet.xlsx"))
    assert len(shapes_of(content_of(draft))) == 2  # 重点任务 and 民生实事 have other heads
    assert client.post(address(draft, "draft_columns"), {"act": "confirm"}).status_code == 302
    assert unsaid(content_of(draft)) == []


def test_a_remembered_table_is_not_asked_again(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("责任分解表.xlsx", TABLE))
    _say(client, draft, **{"c0-2": "support", "remember": "on"})
    assert KnownTable.objects.get().fields == ["number", "text", "support", "unused"]
    again = bring(
        client, upload("次年.xlsx", sheet((1, "新建桥梁2座，改造公路30公里。", "市财政局", "")))
    )
    assert again.acts.get().words == "按记住的表格对应各列"
    assert content_of(again).items[0].item.names("support") == ["市财政局"]
    assert unsaid(content_of(again)) == []
    other = sheet(
        (1, "新建桥梁2座，改造公路30公里。", "市财政局", ""),
        heads=("序号", "任务", "牵头单位", "备注"),
    )
    assert not bring(client, upload("另一种.xlsx", other)).acts.exists()


def test_a_mapping_does_not_go_over_to_a_table_with_another_head(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("责任分解表.xlsx", TABLE))
    _say(client, draft)
    other = sheet(
        ("市财政局", 1, "新建桥梁2座，改造公路30公里。"),
        ("市住建局", 2, "建成污水处理厂1座，铺设管网30公里。"),
        heads=("牵头单位", "序号", "重点工作"),
    )
    assert replace(client, draft, upload("另一种.xlsx", other)).status_code == 302
    content = content_of(draft)
    assert [each.item.names("lead") for each in content.items] == [["市财政局"], ["市住建局"]]
    assert [each.words for each in content.lost] == ["表格各列的对应"]
    assert len(unsaid(content)) == 1


def test_a_table_that_nobody_could_read_is_mapped_by_hand(cast: Cast) -> None:
    client = client_of(cast.office)
    heads = ("甲", "乙", "丙")
    rows = [(f"第{n}类", f"建{n}座桥", "市财政局的人") for n in range(1, 9)]
    draft = bring(client, upload("看不懂.xlsx", sheet(*rows, heads=heads)))
    content = content_of(draft)
    assert not content.items
    assert len(content.reading.unread_tables) == 1
    shown = client.get(address(draft, "draft_columns")).content.decode()
    assert "3列没有认出" in shown
    sent = {"act": "confirm", "c0-0": "area", "c0-1": "text", "c0-2": "lead"}
    assert client.post(address(draft, "draft_columns"), sent).status_code == 302
    assert [each.item.text for each in content_of(draft).items][:2] == ["建1座桥", "建2座桥"]


def test_without_a_table_there_is_nothing_to_say(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("c3_rolelines.docx"))
    shown = client.get(address(draft, "draft_columns"), follow=True).content.decode()
    assert "没有表格" in shown


PARTED = sheet(
    (1, "新建小学3所", "市财政局", "市体育局"),
    (1, "改建中学2所", "市住建局", ""),
    (2, "铺设管网30公里。", "市城管委", ""),
    heads=("序号", "重点工作", "牵头单位", "配合单位"),
)
SHARED = {"act": "confirm", "c0-options": "1"}


def test_rows_of_one_number_become_parts_of_one_item_when_chosen(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("分项.xlsx", PARTED))
    assert [each.item.number for each in content_of(draft).items] == [1, 1, 2]
    shown = client.get(address(draft, "draft_columns")).content.decode()
    assert "同一序号下的几行作为一项的分项" in shown
    client.post(address(draft, "draft_columns"), {**SHARED, "c0-parts": "on"})
    content = content_of(draft)
    first, second = (each.item for each in content.items)
    assert (first.number, first.text) == (1, "新建小学3所改建中学2所")
    assert [(each.text, each.names("lead")) for each in first.sub_items] == [
        ("新建小学3所", ["市财政局"]),
        ("改建中学2所", ["市住建局"]),
    ]
    assert first.names("lead") == ["市财政局", "市住建局"]
    assert first.names("support") == ["市体育局"]
    assert [(each.name, str(each.value)) for each in first.indicators] == [
        ("新建小学", "3"),
        ("改建中学", "2"),
    ]
    assert all(first.text[one.start : one.end] == one.source_text for one in first.indicators)
    assert (second.number, second.sub_items) == (2, ())
    assert not content.reading.unused
    client.post(address(draft, "draft_columns"), SHARED)  # and back
    assert [each.item.number for each in content_of(draft).items] == [1, 1, 2]


def test_a_table_is_read_as_projects_when_chosen(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("责任分解表.xlsx", TABLE))
    shown = client.get(address(draft, "draft_columns")).content.decode()
    assert 'name="c0-kind">' in shown
    assert "同一序号下的几行作为一项的分项" not in shown  # no two rows have one number
    client.post(address(draft, "draft_columns"), {**SHARED, "c0-kind": "on"})
    kinds = {each.item.kind for each in content_of(draft).items}
    assert kinds == {"practical_project"}
    assert 'name="c0-kind" checked' in client.get(address(draft, "draft_columns")).content.decode()


def test_a_remembered_table_remembers_how_its_rows_are_read(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("分项.xlsx", PARTED))
    said = {**SHARED, "c0-parts": "on", "remember": "on"}
    client.post(address(draft, "draft_columns"), said)
    again = bring(client, upload("次年.xlsx", PARTED))
    assert [len(each.item.sub_items) for each in content_of(again).items] == [2, 0]


def test_a_part_stays_with_the_half_in_which_its_words_stand(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("分项.xlsx", PARTED))
    client.post(address(draft, "draft_columns"), {**SHARED, "c0-parts": "on"})
    whole = content_of(draft).items[0]
    cut = Change(said.SPLIT, whole.key, whole.item.text.index("改建"))
    correct(draft=draft, changes=[cut], words="拆分", actor=cast.office, now=clock.now())
    first, second = (each.item for each in content_of(draft).items[:2])
    assert [each.text for each in first.sub_items] == ["新建小学3所"]
    assert (first.names("lead"), first.names("support")) == (["市财政局"], ["市体育局"])
    assert [each.text for each in second.sub_items] == ["改建中学2所"]
    assert (second.names("lead"), second.names("support")) == (["市住建局"], [])
