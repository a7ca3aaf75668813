"""A clerk brings a notice in with a real browser: chosen, dropped or pasted, put right, and on to
核对; with and without scripts.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tasks.desk.originals.tests.bringing import NOTICE, TABLE
from tasks.models import NoticeDraft
from tests.cast import Cast
from tests.coming_in import come_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
DROP = """(drop, [name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const how = { dataTransfer: data, bubbles: true, cancelable: true };
  drop.dispatchEvent(new DragEvent("drop", how));
}"""


def _desk(browser: Browser, server: object, *, scripts: bool = True) -> Page:
    cast = Cast()
    cast.office.user.set_password(PASSWORD)
    cast.office.user.save()
    page = browser.new_context(locale="zh-CN", java_script_enabled=scripts).new_page()
    come_in(page, server, cast.office.user, PASSWORD)
    page.goto(f"{server}/plans/new/")
    return page


def test_a_dropped_file_is_read_filled_in_mapped_and_replaced(
    chromium: Browser, live_server: object
) -> None:
    page = _desk(chromium, live_server)
    page.locator(".drop").evaluate(DROP, ["扫描.pdf", "%PDF-1.4 broken"])
    expect(page.locator(".file-bad")).to_contain_text("扫描.pdf")
    chosen: Any = {"name": "责任分解表.xlsx", "mimeType": "application/zip", "buffer": TABLE}
    page.locator("input[type=file]").set_input_files([chosen])
    start = page.get_by_role("button", name="开始核对")
    expect(start).to_be_disabled()
    page.locator("#id_title").fill("关于印发2023年市政府重点工作的通知")
    page.locator("#id_year").fill("2023")
    page.locator("#id_issued_on").fill("2023-01-20")
    expect(start).to_be_disabled()
    page.get_by_label("确认文号").check()
    expect(start).to_be_enabled()
    start.click()
    expect(page.get_by_text("每一列是什么")).to_be_visible()
    page.get_by_role("button", name="确认对应，读取1张表格").click()
    draft = NoticeDraft.objects.get()
    expect(page).to_have_url(f"{live_server}/plans/drafts/{draft.pk}/items/")
    page.goto(f"{live_server}/plans/drafts/{draft.pk}/")
    page.get_by_text("换一个文件").first.click()
    page.get_by_text("粘贴文字").click()
    page.locator("#pasted").fill(NOTICE)
    page.get_by_role("button", name="按这些文字重新读取").click()
    page.get_by_role("button", name="换文件", exact=True).click()
    expect(page.get_by_text("与上一份原件相比")).to_be_visible()
    assert draft.sources.count() == 2


def test_too_long_a_text_is_said_before_it_is_sent_and_not_cut(
    chromium: Browser, live_server: object
) -> None:
    page = _desk(chromium, live_server)
    page.get_by_text("粘贴文字").click()
    page.evaluate("document.querySelector('#pasted').value = '长'.repeat(3000000)")
    page.locator("#pasted").dispatch_event("input")
    page.get_by_role("button", name="读取", exact=True).last.click()
    assert page.url == f"{live_server}/plans/new/"
    assert page.evaluate("document.querySelector('#pasted').value.length") == 3_000_000


def test_without_scripts_the_buttons_do_the_same(chromium: Browser, live_server: object) -> None:
    page = _desk(chromium, live_server, scripts=False)
    page.get_by_text("粘贴文字").click()
    page.locator("#pasted").fill(NOTICE)
    page.get_by_role("button", name="读取", exact=True).last.click()
    expect(page.get_by_text("3项，编号1至3")).to_be_visible()
    page.get_by_role("button", name="开始核对").click()
    draft = NoticeDraft.objects.get()
    expect(page).to_have_url(f"{live_server}/plans/drafts/{draft.pk}/items/")
