"""分项 of an item are put right in its editor; one becomes an item of its own, and back."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from huangshi_tasks.lib import clock
from tasks.desk.acts import begin
from tasks.desk.content import content_of
from tasks.desk.editing.tests.desk import IN_PLACE, item, post, save, typed
from tasks.models import NoticeDraft
from tasks.reader.sources.text import from_text
from tests.cast import Cast, make_actor
from tests.pages import browser, text_of
from units.models import Role

pytestmark = pytest.mark.django_db

NOTICE = """关于印发2023年重点工作责任分解的通知
甲政办发〔2023〕1号
一、产业
1.新增规上企业100家。(牵头单位：市财政局)
2.实施惠民工程：
（1）建成公园3座。(牵头单位：市住建局；配合单位：市体育局)
（2）改造道路2条。(牵头单位：市城管委；完成时限：2023年6月底)
3.出台培育方案。(牵头单位：市城管委)
4.整治河道2条。(牵头单位：市体育局)
2023年1月20日
"""


@pytest.fixture
def draft(cast: Cast) -> NoticeDraft:
    return begin(source=from_text(NOTICE), checked=None, actor=cast.office, now=clock.now())


def _parts(draft: NoticeDraft, at: int = 1) -> list[tuple[str, str, list[str], list[str]]]:
    return [
        (each.number, each.text, each.names("lead"), each.names("support"))
        for each in item(draft, at).item.sub_items
    ]


def test_saving_what_stands_says_nothing(office: Client, draft: NoticeDraft) -> None:
    assert len(_parts(draft)) == 2
    assert save(office, draft, 1).status_code == 302
    assert not draft.acts.exists()


def test_parts_are_changed_added_and_removed(office: Client, draft: NoticeDraft) -> None:
    sent = {
        "p0-text": "建成公园5座。", "p0-support": "市体育局、市财政局", "p1-is_removed": "on",
        "p2-number": "（3）", "p2-text": "新建学校1所。", "p2-lead": "市财政局",
        "p2-deadline": "9月30日", "p2-leaders": "张三、李四",
    }  # fmt: skip
    assert save(office, draft, 1, **sent).status_code == 302
    assert _parts(draft) == [
        ("（1）", "建成公园5座。", ["市住建局"], ["市体育局", "市财政局"]),
        ("（3）", "新建学校1所。", ["市财政局"], []),
    ]
    made = item(draft, 1).item
    assert (str(made.sub_items[1].deadline), made.sub_items[1].leaders) == (
        "2023-09-30",
        ("张三", "李四"),
    )
    assert made.names("lead") == ["市住建局", "市财政局"]  # it answers for its parts
    post(office, draft, "undo")
    assert len(_parts(draft)) == 2
    assert item(draft, 1).item.names("lead") == ["市住建局", "市城管委"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("p0-text", "", "请填写分项内容"),
        ("p0-lead", "市没有局", "单位名录中没有“市没有局”"),
        ("p1-deadline", "明年", "格式填写时限"),
        ("p0-number", "一" * 21, "不超过20字"),
    ],
)
def test_bad_input_comes_back_with_what_to_do(
    office: Client, draft: NoticeDraft, field: str, value: str, told: str
) -> None:
    before = _parts(draft)
    response = save(office, draft, 1, **{"p1-text": "改造道路九条。", field: value})
    assert response.status_code == 409
    shown = unescape(text_of(response))
    assert told in shown
    assert "改造道路九条。" in shown
    assert _parts(draft) == before


def test_a_part_becomes_an_item_of_its_own_and_a_part_again(
    office: Client, draft: NoticeDraft
) -> None:
    assert save(office, draft, 1, act="apart-2").status_code == 409  # the row to spare
    save(office, draft, 1, act="apart-1")
    whole, alone = (each.item for each in content_of(draft).items[1:3])
    assert (alone.text, alone.names("lead"), alone.number) == ("改造道路2条。", ["市城管委"], 5)
    assert str(alone.deadline) == "2023-06-30"
    assert [str(each.value) for each in alone.indicators] == ["2"]
    assert len(whole.sub_items) == 1
    assert whole.names("lead") == ["市住建局"]
    save(office, draft, 2, act="part")
    assert [each[1] for each in _parts(draft)] == ["建成公园3座。", "改造道路2条。"]
    assert len(content_of(draft).items) == 4
    assert save(office, draft, 0, act="part").status_code == 409  # nothing before it


def test_joined_and_cut_items_keep_their_parts_once(office: Client, draft: NoticeDraft) -> None:
    save(office, draft, 0, act="merge")
    assert len(item(draft, 0).item.sub_items) == 2
    save(office, draft, 0, act="split", cut="11")
    assert [len(each.item.sub_items) for each in content_of(draft).items] == [0, 2, 0, 0]
    save(office, draft, 1, act="kind")
    project = next(each.item for each in content_of(draft).items if each.item.sub_items)
    assert project.sub_items[0].names("responsible") == ["市住建局"]


def test_a_removed_part_leaves_the_open_editor(office: Client, draft: NoticeDraft) -> None:
    sent = typed(draft, 1, **{"p0-is_removed": "on"})
    told = post(office, draft, "item", IN_PLACE, **sent).json()
    assert [row["text"] for row in told["parts"]] == ["改造道路2条。"]
    assert post(office, draft, "item", IN_PLACE, **typed(draft, 1)).json()["parts"] is None


def test_parts_that_two_changed_are_kept_as_typed(
    cast: Cast, office: Client, draft: NoticeDraft
) -> None:
    mine = typed(draft, 1, **{"p0-text": "建成公园7座。"})
    untouched = typed(draft, 1, cycle="quarterly")
    other = browser(make_actor(Role.OFFICE, name="督查室 乙"))
    save(other, draft, 1, **{"p0-text": "建成公园5座。"})
    shown = unescape(text_of(post(office, draft, "item", **mine)))
    assert "您填“建成公园7座。；改造道路2条。”" in shown
    assert "建成公园7座。</textarea>" in shown
    shown = unescape(text_of(post(office, draft, "item", **untouched)))
    assert "分项：对方填“建成公园5座。；改造道路2条。”。" in shown
    assert "建成公园5座。</textarea>" in shown


def test_the_numbers_of_parts_follow_the_parts(office: Client, draft: NoticeDraft) -> None:
    def values(at: int) -> list[str]:
        return [str(one.value) for one in item(draft, at).item.indicators]

    assert values(1) == ["3", "2"]
    save(office, draft, 1, text="实施惠民工程5项：")
    assert values(1) == ["5", "3", "2"]
    post(office, draft, "item", **typed(draft, 1, act="apart-1"))
    assert values(1) == ["5", "3"]
    assert values(2) == ["2"]
