"""What hands do in a browser: Back and press again, Back after leaving, two tabs at the login, an
input method in the middle of a word. The browser keeps pages in its memory, as everybody's does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from huangshi_tasks.lib import clock
from progress.models import Instruction, ProgressReport
from tests.cast import Cast, make_item, make_plan, report_of
from tests.coming_in import come_in, fill_in
from tests.servers import wait_for
from units.actors import Actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
WORDS = "示例：累计改造道路180公里。"
SAVED = "[data-save-state]"


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    cast, plan = Cast(), make_plan()
    cast.july = report_of(make_item(plan, cast), cast.lead)  # type: ignore[attr-defined]
    for actor in (cast.reporter, cast.office):
        actor.user.set_password(PASSWORD)
        actor.user.save()
    clock.configure(date(2022, 8, 3))
    yield cast
    clock.configure(None)


@pytest.fixture
def window(chromium: Browser) -> BrowserContext:
    return chromium.new_context(locale="zh-CN")


def sit(page: Page, server: object, actor: Actor, path: str) -> None:
    come_in(page, server, actor.user, PASSWORD, path)


def stored(cast: Cast) -> str:
    version = ProgressReport.objects.get(pk=cast.july.pk).latest()  # type: ignore[attr-defined]
    return version.progress if version is not None else ""


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/2022/reports/{cast.july.pk}/"  # type: ignore[attr-defined]


def test_back_after_logout_shows_nothing(
    cast: Cast, window: BrowserContext, live_server: object
) -> None:
    page = window.new_page()
    sit(page, live_server, cast.office, "/2022/office/")
    page.goto(f"{live_server}/2022/matters/")
    page.locator(".user").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="用户登录")).to_be_visible()
    for _ in range(2):
        page.go_back()
        expect(page.get_by_role("heading", name="用户登录")).to_be_visible()
        expect(page.get_by_role("heading", name="交办事项")).to_have_count(0)


def fill_matter(page: Page, cast: Cast, title: str) -> None:
    page.locator("#id_source").select_option("meeting")
    page.locator("#id_title").fill(title)
    page.locator("#id_text").fill("示例：请抓紧。")
    page.locator("#id_decided_by").fill("示例会议")
    page.locator("#id_lead").fill(cast.lead.name)


def test_back_and_press_again_registers_one_matter(
    cast: Cast, window: BrowserContext, live_server: object
) -> None:
    page = window.new_page()
    sit(page, live_server, cast.office, "/2022/matters/new/")
    fill_matter(page, cast, "示例事项")
    page.get_by_role("button", name="登记并交办").click()
    expect(page.get_by_text("已登记，承办单位已收到消息").first).to_be_visible()
    page.go_back()
    expect(page.locator("#id_title")).to_be_visible()
    if page.locator("#id_title").input_value():  # where the browser puts the words back
        expect(page.locator("#id_decided_by")).to_have_value("示例会议")
        expect(page.locator("#id_decided_by")).to_be_visible()  # as the source asks for it
        page.locator("#id_lead").fill(cast.lead.name)  # what is picked from a list is not put back
        page.get_by_role("button", name="登记并交办").click()
        expect(page.get_by_text("这份交办已登记过，没有重复登记。")).to_be_visible()
    assert Instruction.objects.count() == 1


def test_other_words_after_back_are_asked_about(
    cast: Cast, window: BrowserContext, live_server: object
) -> None:
    page = window.new_page()
    sit(page, live_server, cast.office, "/2022/matters/new/")
    fill_matter(page, cast, "示例事项")
    key = page.locator('input[name="once"]').input_value()
    page.get_by_role("button", name="登记并交办").click()
    expect(page.get_by_text("已登记，承办单位已收到消息").first).to_be_visible()
    page.goto(f"{live_server}/2022/matters/new/")
    fill_matter(page, cast, "示例事项二")
    page.locator('input[name="once"]').evaluate("(each, key) => { each.value = key; }", key)
    page.get_by_role("button", name="登记并交办").click()
    expect(page.get_by_role("heading", name="刚才已经登记过")).to_be_visible()
    assert Instruction.objects.count() == 1
    page.get_by_role("button", name="另行登记").click()
    expect(page.get_by_text("已登记，承办单位已收到消息").first).to_be_visible()
    assert Instruction.objects.filter(title="示例事项二").count() == 1


def test_two_tabs_at_the_login_both_go_on(
    cast: Cast, window: BrowserContext, live_server: object, path: str
) -> None:
    first, second = window.new_page(), window.new_page()
    for page in (first, second):
        page.goto(f"{live_server}/login/?next={path}")
    fill_in(first, cast.reporter.user, PASSWORD)
    first.wait_for_url(f"{live_server}{path}")
    fill_in(second, cast.reporter.user, PASSWORD)
    second.wait_for_url(f"{live_server}{path}")


def test_a_form_from_before_a_login_comes_back_with_its_words(
    cast: Cast, window: BrowserContext, live_server: object
) -> None:
    old, new = window.new_page(), window.new_page()
    sit(old, live_server, cast.office, "/2022/matters/new/")
    fill_matter(old, cast, "示例事项")
    window.clear_cookies()
    sit(new, live_server, cast.office, "/2022/matters/")
    old.get_by_role("button", name="登记并交办").click()
    expect(old.get_by_role("heading", name="页面已过期")).to_be_visible()
    assert not Instruction.objects.exists()
    old.get_by_role("button", name="继续提交").click()
    expect(old.get_by_text("已登记，承办单位已收到消息").first).to_be_visible()
    assert Instruction.objects.get().text == "示例：请抓紧。"


def test_back_in_the_middle_of_a_sentence_and_forward_shows_it(
    cast: Cast, window: BrowserContext, live_server: object, path: str
) -> None:
    page = window.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sit(page, live_server, cast.reporter, "/2022/desk/")
    page.goto(f"{live_server}{path}")
    page.get_by_label("进展情况").click()
    page.keyboard.insert_text(WORDS)
    page.go_back()  # at once: nothing has been saved yet
    page.wait_for_url(f"{live_server}/2022/desk/")
    page.go_forward()
    expect(page.get_by_label("进展情况")).to_have_value(WORDS)
    assert stored(cast) == WORDS


def test_pinyin_is_never_saved(
    cast: Cast, window: BrowserContext, live_server: object, path: str
) -> None:
    page = window.new_page()
    sit(page, live_server, cast.reporter, path)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.get_by_label("进展情况").click()
    hand = window.new_cdp_session(page)
    for pinyin in ("s", "shi", "shi'li"):
        _compose(hand, pinyin)
        page.wait_for_timeout(900)
    page.wait_for_timeout(2500)
    expect(page.get_by_label("进展情况")).to_have_value("shi'li")
    assert not [each for each in sent if "/draft/" in each]
    hand.send("Input.insertText", {"text": "示例"})
    expect(page.locator(SAVED).get_by_text("已保存")).to_be_visible()
    assert stored(cast) == "示例"
    assert not [each for each in sent if "/draft/" in each and "shi" in each]


def test_who_leaves_while_composing_keeps_what_stood_before(
    cast: Cast, window: BrowserContext, live_server: object, path: str
) -> None:
    page = window.new_page()
    sit(page, live_server, cast.reporter, path)
    page.get_by_label("进展情况").click()
    page.keyboard.insert_text("示例")
    _compose(window.new_cdp_session(page), "dao'lu")
    with page.expect_request("**/draft/"):
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    # what is sent in leaving has no answer that the page could show
    wait_for(lambda: stored(cast) == "示例")


def _compose(hand: Any, pinyin: str) -> None:
    hand.send(
        "Input.imeSetComposition",
        {"text": pinyin, "selectionStart": len(pinyin), "selectionEnd": len(pinyin)},
    )


def test_a_part_of_a_page_asked_for_without_a_login_never_takes_the_page_away(
    cast: Cast, window: BrowserContext, live_server: object, path: str
) -> None:
    page = window.new_page()
    sit(page, live_server, cast.office, "/2022/tasks/")
    Session.objects.all().delete()
    page.locator("#flt select").first.select_option(index=1)
    page.wait_for_url("**/login/?next=**")  # nothing is typed there
    sit(page, live_server, cast.reporter, path)
    page.get_by_label("进展情况").fill(WORDS)
    Session.objects.all().delete()
    page.evaluate("htmx.ajax('GET', location.pathname + 'parts/', {target: 'footer'})")
    expect(page.get_by_text("登录已超时，没有办理").first).to_be_visible()
    expect(page.get_by_label("进展情况")).to_have_value(WORDS)
