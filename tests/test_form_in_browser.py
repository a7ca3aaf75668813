"""The report form in a real browser: saved while typing, through a lost login and a lost network,
with two windows on one report and two appointments of one person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, Route, expect

from huangshi_tasks.lib import clock
from progress.models import ProgressReport, ReportVersion
from tests.cast import (
    STARTS_ON,
    Cast,
    accept_report,
    at,
    make_actor,
    make_item,
    make_plan,
    report_of,
)
from tests.coming_in import come_in, fill_in
from units.actors import Actor
from units.models import Appointment, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
FIRST, SECOND = "示例：累计改造道路180公里，剩余路段正在招标。", "示例：县道征地滞后20天。"
STATE = "[data-save-state]"
STORAGE = "JSON.stringify([{...localStorage}, {...sessionStorage}])"


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    """市住建局 had June accepted, with two steps announced; today is 3 August 2022."""
    cast, plan = Cast(), make_plan()
    task = make_item(plan, cast)
    june = report_of(task, cast.lead, "2022-06")
    accept_report(cast, june, at("2022-07-04"), 150, next_steps="7月底前完成县道招标。")
    cast.colleague = make_actor(Role.REPORTER, cast.lead, name="市住建局 副联络员")  # type: ignore[attr-defined]
    cast.july = report_of(task, cast.lead)  # type: ignore[attr-defined]
    for actor in (cast.reporter, cast.colleague):  # type: ignore[attr-defined]
        actor.user.set_password(PASSWORD)
        actor.user.save()
    clock.configure(date(2022, 8, 3))
    yield cast
    clock.configure(None)


def sit(browser: Browser, server: object, actor: Actor, path: str, *, scripts: bool = True) -> Page:
    page = browser.new_context(locale="zh-CN", java_script_enabled=scripts).new_page()
    come_in(page, server, actor.user, PASSWORD, path)
    return page


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/2022/reports/{cast.july.pk}/"  # type: ignore[attr-defined]


def stored(cast: Cast) -> ReportVersion:
    version = ProgressReport.objects.get(pk=cast.july.pk).latest()  # type: ignore[attr-defined]
    assert version is not None
    return version


def write(page: Page, label: str, words: str) -> None:
    """Type and leave the field, which saves."""
    page.get_by_label(label).first.fill(words)
    page.get_by_label(label).first.blur()


def saved(page: Page) -> None:
    expect(page.locator(STATE).get_by_text("已保存")).to_be_visible()


def test_what_is_typed_is_saved_and_checked_while_typing(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    page = sit(chromium, live_server, cast.reporter, path)
    page.get_by_label("进展情况").fill(FIRST)
    saved(page)  # two seconds later, with the cursor still there
    assert stored(cast).progress == FIRST
    write(page, "改造道路累计完成", "140")
    fell = page.locator("td").get_by_text("累计数140公里小于上期150公里")
    expect(fell).to_be_visible()
    expect(page.get_by_label("更正上期数据")).to_be_visible()  # where it is mended
    expect(page.get_by_text("请逐项选择上期下一步工作完成情况").last).to_be_visible()
    write(page, "改造道路累计完成", "180")
    expect(fell).to_be_hidden()
    page.get_by_label("“7月底前完成县道招标”完成情况").select_option("已完成")
    write(page, "存在问题", SECOND)
    expect(page.get_by_text("请逐项选择上期下一步工作完成情况")).to_have_count(0)
    write(page, "改造道路累计完成", "很多")
    expect(page.get_by_text("这一处没有保存")).to_be_visible()
    assert FIRST not in page.evaluate(STORAGE)


def test_a_lost_login_is_made_up_for_in_place(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    page = sit(chromium, live_server, cast.reporter, path)
    Session.objects.all().delete()
    write(page, "进展情况", FIRST)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("登录已超时")
    dialog.get_by_label("密码").fill("falsch")
    dialog.get_by_role("button", name="登录并继续").click()
    expect(dialog).to_contain_text("账号或密码错误")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录并继续").click()
    saved(page)
    assert stored(cast).progress == FIRST
    Session.objects.all().delete()
    write(page, "存在问题", SECOND)
    dialog.get_by_role("button", name="暂不登录").click()
    expect(page.locator(STATE).get_by_text("尚未保存，内容保留在本页")).to_be_visible()
    page.get_by_role("button", name="保存草稿").click()
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录并继续").click()
    expect(page.get_by_text("草稿已保存").first).to_be_visible()
    assert stored(cast).problems == SECOND


def test_what_is_typed_while_the_page_loads_survives_a_lost_login(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    page = sit(chromium, live_server, cast.reporter, "/2022/desk/")
    waiting: list[Route] = []
    page.route("**/site.js", lambda route: waiting.append(route))
    page.goto(f"{live_server}{path}", wait_until="commit")
    page.get_by_label("进展情况").fill(FIRST)
    Session.objects.all().delete()
    waiting[0].continue_()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(
        "登录已超时"
    )  # what was typed before the script came is saved too
    expect(page.get_by_label("进展情况")).to_have_value(FIRST)
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录并继续").click()
    saved(page)
    assert stored(cast).progress == FIRST


def test_where_no_dialog_can_be_shown_the_login_page_carries_the_text_on(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    page = sit(chromium, live_server, cast.reporter, "/2022/desk/")
    page.add_init_script("delete HTMLDialogElement.prototype.showModal")
    page.goto(f"{live_server}{path}")
    Session.objects.all().delete()
    write(page, "进展情况", FIRST)
    expect(page.locator(STATE).get_by_text("尚未保存，内容保留在本页")).to_be_visible()
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("已随本页保留")).to_be_visible()
    fill_in(page, cast.reporter.user, PASSWORD)
    page.get_by_role("button", name="继续提交").click()
    expect(page.get_by_text("草稿已保存").first).to_be_visible()
    assert stored(cast).progress == FIRST


def test_without_scripts_the_login_page_carries_the_text_on(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    page = sit(chromium, live_server, cast.reporter, path, scripts=False)
    Session.objects.all().delete()
    page.get_by_label("进展情况").fill(FIRST)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("已随本页保留")).to_be_visible()
    page.get_by_label("账号").fill(cast.reporter.user.username)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="登 录").click()
    page.get_by_role("button", name="继续提交").click()
    expect(page.get_by_text("草稿已保存").first).to_be_visible()
    assert stored(cast).progress == FIRST


def test_without_a_network_the_page_keeps_the_text_and_saves_later(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    page = sit(chromium, live_server, cast.reporter, path)
    page.context.set_offline(True)
    write(page, "进展情况", FIRST)
    expect(page.locator(STATE).get_by_text("未连接，内容保留在本页")).to_be_visible()
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_label("进展情况")).to_have_value(FIRST)
    assert FIRST not in page.evaluate(STORAGE)
    page.context.set_offline(False)
    saved(page)
    assert stored(cast).progress == FIRST


def test_two_windows_merge_fields_and_show_both_words_of_one(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    one = sit(chromium, live_server, cast.reporter, path)
    other = sit(chromium, live_server, cast.colleague, path)  # type: ignore[attr-defined]
    write(one, "进展情况", FIRST)
    saved(one)
    write(other, "存在问题", SECOND)
    expect(other.get_by_label("进展情况")).to_have_value(FIRST)
    expect(other.get_by_text("改过这一处")).to_be_visible()
    write(other, "下一步工作安排", "示例：8月招标。")
    saved(other)
    write(one, "下一步工作安排", "示例：9月招标。")
    note = one.get_by_role("alert").filter(has_text="示例：8月招标。")
    expect(note).to_be_visible()
    expect(one.get_by_label("下一步工作安排")).to_have_value("示例：9月招标。")
    write(one, "给审核人的说明", "示例：无。")  # the field in question waits for a choice
    saved(one)
    assert stored(cast).next_steps == "示例：8月招标。"
    note.get_by_role("button", name="用我填的").click()
    expect(note).to_be_hidden()
    saved(one)
    expect(one.locator(STATE).get_by_text("没有保存")).to_be_hidden()
    assert stored(cast).next_steps == "示例：9月招标。"
    assert stored(cast).problems == SECOND


def test_a_page_saves_as_whom_it_was_opened(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    """Two appointments of one person: switching in another window changes nothing here."""
    Appointment.objects.create(
        user=cast.reporter.user, role=Role.REPORTER, unit=cast.stranger, starts_on=STARTS_ON
    )
    page = sit(chromium, live_server, cast.reporter, path)
    second = page.context.new_page()
    second.goto(f"{live_server}/2022/desk/")
    second.locator(".user").click()
    second.get_by_role("button", name="市体育局 联络员").click()
    expect(second.get_by_text("当前身份：市体育局 联络员").first).to_be_visible()
    write(page, "进展情况", FIRST)
    saved(page)
    assert stored(cast).edited_by_name == cast.reporter.name
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("当前身份：市住建局 联络员").first).to_be_visible()
    expect(page.get_by_label("进展情况")).to_have_value(FIRST)
