"""核对 as two people do it: doubts answered by keys, an item cut and joined, a step taken back, and
one item that both have open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.starting.tests.drafts import MARCH, make_draft, switch_on
from progress.starting.tests.drafts import NOTICE as YEAR
from tasks.desk.acts import begin
from tasks.desk.content import Content, content_of
from tasks.models import NoticeDraft
from tasks.reader.sources.text import from_text
from tests.cast import Cast, make_plan
from tests.coming_in import come_in
from units.actors import Actor
from units.models import UnitAlias

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
NOTICE = """关于印发2023年重点工作责任分解的通知
甲政办发〔2023〕1号
一、产业
1.新增规上企业100家，开工项目20个。(牵头单位：市财政局局)
2.建成污水处理厂1座。(牵头单位：市住建局、市财政局局)
3.出台培育方案。(牵头单位：市城管委)
二、城建
4.修建公路3条。(牵头单位：市住建局)
5.整治河道2条。(牵头单位：市体育局)
2023年1月20日
"""


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    cast = Cast()
    make_plan()
    for actor in (cast.office, cast.office_head):
        actor.user.set_password(PASSWORD)
        actor.user.save()
    clock.configure(date(2022, 8, 3))
    yield cast
    clock.configure(None)


@pytest.fixture
def draft(cast: Cast) -> NoticeDraft:
    return begin(source=from_text(NOTICE), checked=None, actor=cast.office, now=clock.now())


def sit(chromium: Browser, server: object, actor: Actor, draft: NoticeDraft) -> Page:
    page = chromium.new_context(locale="zh-CN").new_page()
    come_in(page, server, actor.user, PASSWORD, f"/plans/drafts/{draft.pk}/items/")
    expect(page.get_by_role("heading", name="核对2023年责任分解")).to_be_visible()
    return page


def texts(draft: NoticeDraft) -> list[str]:
    content: Content = content_of(draft)
    return [each.item.text for each in content.items]


def open_item(page: Page, words: str) -> None:
    page.get_by_role("link", name=words).click()
    expect(page.locator("[data-editor]")).to_have_count(1)


def test_two_people_put_a_draft_right(
    cast: Cast, chromium: Browser, live_server: object, draft: NoticeDraft
) -> None:
    page = sit(chromium, live_server, cast.office, draft)
    status = page.locator("#desk-bar")
    expect(status).to_contain_text("还有2处待处理")
    page.keyboard.press("j")
    page.keyboard.press("Tab")
    expect(page.locator("[data-doubt] :focus")).to_have_count(1)  # not at the head of the page
    page.keyboard.press("1")  # = 市财政局
    expect(status).to_contain_text("已全部核对")
    expect(page.locator(".sp-u.bad")).to_have_count(0)
    assert UnitAlias.objects.get().name == "市财政局局"

    page.get_by_role("button", name="撤销上一步").click()
    expect(status).to_contain_text("还有2处待处理")
    assert not UnitAlias.objects.exists()

    open_item(page, "新增规上企业")
    page.locator("[name=text]").evaluate("each => each.setSelectionRange(11, 11)")
    page.get_by_role("button", name="拆分").click()
    expect(status).to_contain_text("6项")
    assert texts(draft)[:2] == ["新增规上企业100家，", "开工项目20个。"]
    open_item(page, "新增规上企业")
    page.get_by_role("button", name="与下一项合并").click()
    expect(status).to_contain_text("5项")
    assert texts(draft)[0] == "新增规上企业100家，开工项目20个。"

    other = sit(chromium, live_server, cast.office_head, draft)
    open_item(page, "修建公路")
    open_item(other, "修建公路")
    other.locator("[name=short_title]").fill("对方的短名")
    other.keyboard.press("Escape")  # stored on leaving
    expect(other.locator("[data-editor]")).to_have_count(0)
    page.locator("[name=short_title]").fill("我的短名")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("您填“我的短名”")
    expect(page.locator("[name=short_title]")).to_have_value("我的短名")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert content_of(draft).items[3].item.short_title == "我的短名"


def test_what_is_typed_is_stored_by_itself(
    cast: Cast, chromium: Browser, live_server: object, draft: NoticeDraft
) -> None:
    page = sit(chromium, live_server, cast.office, draft)
    open_item(page, "整治河道")
    add = page.get_by_label("添加牵头单位")
    add.fill("市城管委")
    add.press("Enter")
    page.locator(".ie-u .chip button").nth(1).press("Alt+ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator("[data-editor]")).to_have_count(0)
    assert content_of(draft).items[4].item.names("lead") == ["市城管委", "市体育局"]
    open_item(page, "整治河道")
    page.locator("[name=number]").fill("四")
    page.locator("[name=short_title]").fill("整治河道")
    expect(page.locator(".err")).to_contain_text("编号请填写整数")
    expect(page.locator("[name=number]")).to_have_value("四")
    page.locator("[name=number]").fill("6")
    page.keyboard.press("Escape")
    expect(page.locator("[data-editor]")).to_have_count(0)
    made = content_of(draft).items[4].item
    assert (made.number, made.short_title) == (6, "整治河道")


def test_an_open_item_shows_what_follows_from_its_new_words(
    cast: Cast, chromium: Browser, live_server: object, draft: NoticeDraft
) -> None:
    page = sit(chromium, live_server, cast.office, draft)
    open_item(page, "新增规上企业")
    page.locator("[name=text]").fill("新增市级企业150家，开工项目30个，竣工项目10个。")
    expect(page.locator("[name=short_title]")).to_have_value("新增市级企业150家")
    expect(page.locator("[name=n0-value]")).to_have_value("150")
    expect(page.locator("[name=n2-value]")).to_have_value("10")
    expect(page.locator("[name=n3-name]")).to_have_value("")  # one to spare
    page.locator("[name=n1-value]").fill("40")
    page.keyboard.press("Escape")
    expect(page.locator("[data-editor]")).to_have_count(0)
    made = content_of(draft).items[0].item
    assert [str(each.value) for each in made.indicators] == ["150", "40", "10"]
    assert made.short_title == "新增市级企业150家"


def test_parts_are_typed_removed_and_made_items(
    cast: Cast, chromium: Browser, live_server: object, draft: NoticeDraft
) -> None:
    page = sit(chromium, live_server, cast.office, draft)
    open_item(page, "整治河道")
    page.locator(".ie-s summary").click()
    for at, words in enumerate(("疏浚东河。", "疏浚西河。")):
        page.locator(f"[name=p{at}-text]").fill(words)
        page.locator(f"[name=p{at}-lead]").fill("市城管委")
        expect(page.locator(f"[name=p{at + 1}-text]")).to_have_value("")  # one to spare
    page.locator("[name=p0-is_removed]").check()
    expect(page.locator("[name=p0-text]")).to_have_value("疏浚西河。")
    expect(page.locator("[name=p0-is_removed]")).not_to_be_checked()
    page.locator("[name=act][value=apart-0]").click()
    expect(page.locator("#desk-bar")).to_contain_text("6项")
    last = content_of(draft).items[-1].item
    assert (last.text, last.names("lead"), last.number) == ("疏浚西河。", ["市城管委"], 6)


def test_what_was_over_before_the_start_is_hatched(
    cast: Cast, chromium: Browser, live_server: object
) -> None:
    clock.configure(MARCH.date())
    plan = switch_on(make_draft(cast.office, YEAR, MARCH), cast.office, MARCH, "quarter")
    page = chromium.new_context(locale="zh-CN").new_page()
    address = reverse("reports:unit", args=[plan.slug, cast.lead.pk])
    come_in(page, live_server, cast.office.user, PASSWORD, address)
    cells = page.locator(".hc.is-before > span")
    expect(cells).to_have_count(2)
    drawn = cells.first.evaluate("each => getComputedStyle(each).backgroundImage")
    assert "gradient" in drawn


def test_a_doubt_answered_beside_an_open_item_shows_in_it(
    cast: Cast, chromium: Browser, live_server: object, draft: NoticeDraft
) -> None:
    page = sit(chromium, live_server, cast.office, draft)
    open_item(page, "建成污水处理厂")
    page.locator("[name=number]").fill("x")  # typed, and not to be stored
    page.locator("[name=short_title]").fill("我的短名")
    page.get_by_role("button", name="= 市财政局").click()
    expect(page.locator("#desk-bar")).to_contain_text("已全部核对")
    chips = page.locator("[data-editor] .chip.is-lead")
    expect(chips.nth(1)).to_contain_text("市财政局")
    expect(chips.nth(1)).not_to_contain_text("市财政局局")
    expect(page.locator("[name=short_title]")).to_have_value("我的短名")
    expect(page.locator("[name=number]")).to_have_value("x")
    page.locator("[name=number]").fill("2")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert content_of(draft).items[1].item.short_title == "我的短名"
