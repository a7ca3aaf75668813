"""An item is opened and put right; what is refused comes back as it was typed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tasks.desk.content import content_of
from tasks.desk.editing.tests.desk import IN_PLACE, doubt, item, post, save, typed
from tasks.models import NoticeDraft
from tests.cast import Cast, make_actor
from tests.pages import browser, text_of
from units.models import Role

pytestmark = pytest.mark.django_db


def test_every_field_of_an_item_is_stored(office: Client, draft: NoticeDraft) -> None:
    response = save(
        office, draft, 3,
        text="修建公路5条。", number="40", tracking="milestone", cycle="quarterly",
        deadline="6月30日", deadline_text="6月底前", lead="市城管委\n市住建局",
        support="市体育局", leaders="张三、李四", short_title="修建公路", place="1|",
    )  # fmt: skip
    assert response.status_code == 302
    made = item(draft, 3).item
    assert (made.text, made.number, made.area) == ("修建公路5条。", 40, 1)
    assert (made.tracking, made.cycle, str(made.deadline)) == (
        "milestone",
        "quarterly",
        "2023-06-30",
    )
    assert made.names("lead") == ["市城管委", "市住建局"]
    assert (made.leaders, made.short_title) == (("张三", "李四"), "修建公路")
    assert [str(each.value) for each in made.indicators] == ["5"]  # read again from the new words


def test_saving_what_stands_says_nothing(office: Client, draft: NoticeDraft) -> None:
    before = draft.acts.count()
    for at in range(5):
        assert save(office, draft, at).status_code == 302
    assert draft.acts.count() == before


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("number", "十", "编号请填写整数"),
        ("number", "0", "编号须大于0"),
        ("text", " ", "请填写事项内容"),
        ("short_title", "一二三四五六七八九十一二三四五六七", "不超过16字"),
        ("deadline", "明年", "格式填写时限"),
        ("deadline", "1999-06-30", "格式填写时限"),
        ("lead", "市没有局", "单位名录中没有“市没有局”"),
        ("support", "市住建局", "列在两处"),
        ("deadline_text", "长" * 121, "不超过120字"),
        ("n0-value", "三", "请填写数字"),
        ("n0-reporting", "市体育局", "填报单位须是本项的牵头或责任单位"),
    ],
)
def test_bad_input_comes_back_with_what_to_do(
    office: Client, draft: NoticeDraft, field: str, value: str, told: str
) -> None:
    words = "修建公路若干条，已改。"
    response = save(office, draft, 3, **{"text": words, field: value})
    assert response.status_code == 409
    shown = unescape(text_of(response))
    assert told in shown
    assert words in shown or field == "text"
    assert item(draft, 3).item.text == "修建公路3条。"


def test_numbers_are_changed_added_and_removed(office: Client, draft: NoticeDraft) -> None:
    sent = {
        "n0-value": "150", "n1-is_removed": "on", "n2-name": "规上企业占比", "n2-value": "60",
        "n2-unit_of_measure": "%", "n2-kind": "rate", "n2-comparator": "ge", "n2-source": "新增",
    }  # fmt: skip
    save(office, draft, 0, lead="市财政局", **sent)
    made = item(draft, 0).item.indicators
    assert [(each.name, str(each.value), each.unit) for each in made] == [
        ("新增规上企业", "150", "家"),
        ("规上企业占比", "60", "%"),
    ]
    assert (made[1].start, made[1].end) == (0, 2)


def test_an_item_moves_below_a_new_heading(office: Client, draft: NoticeDraft) -> None:
    save(office, draft, 2, new_area="改革", new_theme="营商环境")
    content = content_of(draft)
    assert [each.title for each in content.areas] == ["产业", "城建", "改革"]
    assert (content.items[2].item.area, content.items[2].item.theme) == (3, "营商环境")
    post(office, draft, "title", area=3, theme="营商环境", title="放管服")
    assert item(draft, 2).item.theme == "放管服"
    refused = post(office, draft, "title", area=3, theme="放管服", title="")
    assert refused.status_code == 409
    assert "请填写标题。" in text_of(refused)


def test_an_item_is_cut_at_the_cursor_or_at_a_sign(office: Client, draft: NoticeDraft) -> None:
    assert save(office, draft, 0, act="split", cut="0").status_code == 409
    save(office, draft, 0, act="split", cut="11")
    assert [each.item.text for each in content_of(draft).items[:2]] == [
        "新增规上企业100家，",
        "开工项目20个。",
    ]
    post(office, draft, "undo")
    save(office, draft, 0, act="split", text="新增规上企业100家，|开工项目20个。")
    assert item(draft, 1).item.text == "开工项目20个。"
    save(office, draft, 0, act="merge")
    assert item(draft, 0).item.text == "新增规上企业100家，开工项目20个。"
    assert save(office, draft, 4, act="merge").status_code == 409  # nothing behind it


def test_an_item_becomes_the_other_kind_or_none(office: Client, draft: NoticeDraft) -> None:
    save(office, draft, 3, act="kind")
    assert item(draft, 3).item.kind == "practical_project"
    assert item(draft, 3).item.names("responsible") == ["市住建局"]
    assert save(office, draft, 4, act="drop").status_code == 409
    save(office, draft, 4, act="drop", **{"as": "requirement"})
    assert len(content_of(draft).items) == 4


def test_two_people_at_one_item(cast: Cast, office: Client, draft: NoticeDraft) -> None:
    mine = typed(draft, 3, short_title="我的短名")
    other = browser(make_actor(Role.OFFICE, name="督查室 乙"))
    save(other, draft, 3, short_title="乙的短名", cycle="half_yearly")
    response = post(office, draft, "item", **mine)
    assert response.status_code == 409
    shown = unescape(text_of(response))
    assert "督查室 乙（督查室）于" in shown
    assert "对方填“乙的短名”，您填“我的短名”" in shown
    assert 'value="我的短名"' in shown  # kept, and saved once they say so again
    assert re.search(r'value="half_yearly" selected', shown)
    assert item(draft, 3).item.short_title == "乙的短名"
    save(office, draft, 3, short_title="我的短名")
    assert item(draft, 3).item.short_title == "我的短名"
    assert item(draft, 3).item.cycle == "half_yearly"


def test_numbers_that_somebody_else_changed_stand_where_mine_were_not_touched(
    cast: Cast, office: Client, draft: NoticeDraft
) -> None:
    mine = typed(draft, 3, cycle="quarterly")
    save(browser(make_actor(Role.OFFICE, name="督查室 乙")), draft, 3, **{"n0-value": "5"})
    response = post(office, draft, "item", **mine)
    assert response.status_code == 409
    shown = unescape(text_of(response))
    assert "指标：对方填“修建公路5条”。" in shown
    sent = {name: value for name, value in mine.items() if not name.startswith("n0-")}
    form = response.context["form"]
    numbers = {field.html_name: str(field.value() or "") for row in form.rows for field in row}
    post(office, draft, "item", **sent | numbers | {"stamp": form.each.stamp, "base": form.base})
    made = item(draft, 3).item
    assert [str(each.value) for each in made.indicators] == ["5"]
    assert made.cycle == "quarterly"


def test_numbers_that_two_changed_are_kept_as_typed(
    cast: Cast, office: Client, draft: NoticeDraft
) -> None:
    mine = typed(draft, 3, **{"n0-value": "7"})
    save(browser(make_actor(Role.OFFICE, name="督查室 乙")), draft, 3, **{"n0-value": "5"})
    shown = unescape(text_of(post(office, draft, "item", **mine)))
    assert "指标：对方填“修建公路5条”，您填“修建公路7条”。" in shown
    assert re.search(r'name="n0-value"[^>]*value="7"', shown)


def test_typing_on_is_stored_in_place_and_taken_back_as_one(
    office: Client, draft: NoticeDraft
) -> None:
    for words in ("修", "修建", "修建公路"):
        response = save(office, draft, 3, IN_PLACE, short_title=words)
        assert response.status_code == 200
        assert response.json()["stamp"] == item(draft, 3).stamp
    refused = save(office, draft, 3, IN_PLACE, number="x").json()
    assert list(refused["errors"]) == ["number"]
    post(office, draft, "undo")
    assert "short_title" not in item(draft, 3).changed


def test_what_follows_from_new_words_comes_to_the_open_editor(
    office: Client, draft: NoticeDraft
) -> None:
    sent = typed(draft, 0, text="新增市级企业100家，开工项目30个。")
    told = post(office, draft, "item", IN_PLACE, **sent).json()
    assert told["fields"]["short_title"] == "新增市级企业100家"
    assert [(row["name"], row["value"]) for row in told["rows"]] == [
        ("新增市级企业", "100"),
        ("开工项目", "30"),
    ]
    shown = {
        f"n{at}-{name}": value for at, row in enumerate(told["rows"]) for name, value in row.items()
    }
    now = {**sent, **told["fields"], **shown, "stamp": told["stamp"], "base": told["base"]}
    assert post(office, draft, "item", IN_PLACE, **now).json()["rows"] is None
    assert item(draft, 0).changed == {"text"}  # what followed was said by nobody
    post(office, draft, "item", IN_PLACE, **now | {"n1-value": "40"})
    made = item(draft, 0).item
    assert [str(each.value) for each in made.indicators] == ["100", "40"]
    assert made.short_title == "新增市级企业100家"


def test_a_removed_number_leaves_the_open_editor(office: Client, draft: NoticeDraft) -> None:
    sent = typed(draft, 0, **{"n0-is_removed": "on"})
    told = post(office, draft, "item", IN_PLACE, **sent).json()
    assert [row["name"] for row in told["rows"]] == ["开工项目"]
    assert post(office, draft, "item", IN_PLACE, **typed(draft, 0)).json()["rows"] is None


def test_a_new_heading_is_chosen_in_the_open_editor(office: Client, draft: NoticeDraft) -> None:
    sent = typed(draft, 2, new_area="改革")
    told = post(office, draft, "item", IN_PLACE, **sent).json()
    assert (told["fields"]["place"], told["place"]) == ("3|", "改革")


def test_an_open_editor_takes_what_was_answered_beside_it(
    office: Client, draft: NoticeDraft
) -> None:
    mine = typed(draft, 4, short_title="我的短名", act="refresh")
    key = doubt(draft, "no_unit")
    post(office, draft, "answer", doubt=key, answer="@lead", lead="市住建局")
    told = post(office, draft, "item", IN_PLACE, **mine).json()
    editor = unescape(told["editor"])
    assert "市住建局</textarea>" in editor.split('name="lead"')[1][:400]
    assert re.search(
        r'name="short_title"[^>]*value="我的短名"|value="我的短名"[^>]*name="short', editor
    )
    assert 'role="alert"' not in editor
    assert item(draft, 4).item.short_title != "我的短名"  # nothing was said of it
    now = typed(draft, 4, short_title="我的短名")
    assert f'name="stamp" value="{now["stamp"]}"' in editor
    assert post(office, draft, "item", IN_PLACE, **{**now, "act": "refresh"}).json() == {
        "editor": ""
    }


def test_what_both_wrote_is_pointed_out(office: Client, draft: NoticeDraft) -> None:
    mine = typed(draft, 4, lead="市体育局", act="refresh")
    key = doubt(draft, "no_unit")
    post(office, draft, "answer", doubt=key, answer="@lead", lead="市住建局")
    editor = unescape(post(office, draft, "item", IN_PLACE, **mine).json()["editor"])
    assert "对方填“市住建局”，您填“市体育局”" in editor
