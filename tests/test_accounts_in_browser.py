"""The administrator's and the auditor's pages in a real browser under the strict CSP."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.coming_in import come_in
from units.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD, NEXT = "Ceshi-2022", "Luqiao-Guandao-9"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    for actor in (cast.admin, cast.auditor, cast.reporter):
        actor.user.set_password(PASSWORD)
        actor.user.save()
    return cast


def enter(page: Page, server: object, user: User, password: str = PASSWORD) -> None:
    come_in(page, server, user, password)


def leave(page: Page) -> None:
    page.locator("summary.user").click()
    page.get_by_role("button", name="退出登录").click()


def test_a_password_is_reset_changed_and_found_in_the_log(
    page: Page, live_server: object, cast: Cast
) -> None:
    enter(page, live_server, cast.admin.user)
    page.get_by_role("link", name=re.compile(f"编辑.*：{cast.reporter.user}$")).click()
    page.get_by_role("button", name="重置密码").click()
    page.locator("dialog").get_by_role("button", name="重置密码").click()
    first = page.locator("code").inner_text()
    leave(page)

    enter(page, live_server, cast.reporter.user, first)
    expect(page.get_by_text("首次登录须修改初始密码")).to_be_visible()
    page.get_by_label("原密码").fill(first)
    page.locator("#id_new_password1").fill(NEXT)
    page.locator("#id_new_password2").fill(NEXT)
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_text("还没有执行中的年度责任分解").first).to_be_visible()
    leave(page)

    enter(page, live_server, cast.auditor.user)
    page.get_by_role("combobox", name="操作", exact=True).select_option("user.reset_password")
    page.get_by_role("button", name="查询").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(f"重置密码：{cast.reporter.user}")
