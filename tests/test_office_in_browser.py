"""The office's desk of decisions in a real browser: ten reports reviewed in a row, a liaison who
leaves, a period's dates moved for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.models import ProgressReport
from tests.cast import (
    TEXT,
    Cast,
    accept_report,
    at,
    file_report,
    fill,
    make_item,
    make_plan,
    report_of,
)
from tests.coming_in import come_in
from tests.held import let_the_seconds_pass
from units.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
NOW = at("2022-08-02")
TEN = range(1, 11)
RETURNED = 4  # the one that goes back


@pytest.fixture
def year(transactional_db: None) -> Iterator[Cast]:
    """Ten items of 市住建局 wait for the office; an eleventh is a draft."""
    cast, plan = Cast(), make_plan()
    for number in TEN:
        task = make_item(plan, cast, number)
        accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
        file_report(cast, report_of(task, cast.lead), NOW, 180)
    fill(report_of(make_item(plan, cast, 11), cast.lead), cast.reporter, NOW, 175)
    for actor in (cast.reporter, cast.office, cast.admin):
        actor.user.set_password(PASSWORD)
        actor.user.save()
    clock.configure(date(2022, 8, 3))
    yield cast
    clock.configure(None)


def sits(browser: Browser, server: object, user: User) -> Page:
    page = browser.new_context(locale="zh-CN").new_page()
    come_in(page, server, user, PASSWORD)
    return page


def test_ten_reports_are_reviewed_in_a_row_by_keyboard(
    year: Cast, chromium: Browser, live_server: object
) -> None:
    page = sits(chromium, live_server, year.office.user)
    page.goto(f"{live_server}/2022/review/?sort=number")
    for number in TEN:
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"道路改造{number}")
        # the one before is 将通过 until the next is acted on
        is_held = number > 1 and number != RETURNED + 1
        expect(page.locator(".rv-q h2")).to_contain_text(f"{11 - number + is_held}份")
        expect(page.locator(".ql .c-ok")).to_have_count(int(is_held))
        if number == RETURNED:
            page.keyboard.press("r")
            page.get_by_text("缺少佐证材料").click()
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.press("a")
        page.wait_for_load_state()
    expect(page.get_by_text("没有其他待审核的进展")).to_be_visible()
    let_the_seconds_pass()
    july = ProgressReport.objects.filter(period__code="2022-07")
    assert july.filter(state="accepted").count() == 9
    assert july.get(state="returned").task.number == RETURNED


def test_a_stray_key_is_taken_back_by_another(
    year: Cast, chromium: Browser, live_server: object
) -> None:
    page = sits(chromium, live_server, year.office.user)
    page.goto(f"{live_server}/2022/review/?sort=number")
    title = page.get_by_role("heading", level=1)
    page.get_by_label("采用稿", exact=True).fill("示例：自己的采用稿。")
    title.click()  # out of the field
    page.keyboard.press("a")
    expect(title).to_contain_text("道路改造2")
    toast = page.locator("#toasts .hld")
    expect(toast).to_contain_text("重点工作第1项7月进展将于")
    left = int(toast.locator("[data-left]").inner_text())
    expect(toast.locator("[data-left]")).not_to_have_text(str(left))  # it counts down
    page.keyboard.press("z")
    expect(title).to_contain_text("道路改造1")
    expect(page.get_by_label("采用稿", exact=True)).to_have_value("示例：自己的采用稿。")
    expect(page.get_by_text("仍待审核").first).to_be_visible()
    let_the_seconds_pass()
    assert not ProgressReport.objects.filter(period__code="2022-07", state="accepted").exists()
    page.keyboard.press("r")
    page.get_by_text("缺少佐证材料").click()
    page.get_by_label("补充说明").fill("示例：请补图。")
    page.get_by_label("补充说明").press("Control+Enter")
    expect(title).to_contain_text("道路改造2")
    assert ProgressReport.objects.get(state="returned").task.number == 1


def test_a_closed_browser_accepts_all_the_same(
    year: Cast, chromium: Browser, live_server: object
) -> None:
    page = sits(chromium, live_server, year.office.user)
    page.goto(f"{live_server}/2022/review/?sort=number")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_contain_text("道路改造2")
    page.context.close()
    let_the_seconds_pass()
    assert ProgressReport.objects.get(period__code="2022-07", state="accepted").task.number == 1


def test_opened_ones_are_accepted_together(
    year: Cast, chromium: Browser, live_server: object
) -> None:
    page = sits(chromium, live_server, year.office.user)
    page.goto(f"{live_server}/2022/review/?sort=number")
    expect(page.locator(".ql-b")).to_have_count(1)
    for number in (2, 3):
        page.keyboard.press("j")
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"道路改造{number}")
    boxes = page.locator(".ql-b input")
    expect(boxes).to_have_count(3)
    for place in range(3):
        boxes.nth(place).check()
    page.get_by_role("button", name="通过勾选的").click()
    page.get_by_role("dialog").get_by_role("button", name="通过").click()
    expect(page.get_by_text("已通过3份").first).to_be_visible()
    assert ProgressReport.objects.filter(state="accepted", period__code="2022-07").count() == 3


def test_a_leaving_liaison_is_followed_by_a_successor(
    year: Cast, chromium: Browser, live_server: object
) -> None:
    successor = User(username="jieren", display_name="示例接任人", must_change_password=False)
    successor.set_password(PASSWORD)
    successor.save()
    page = sits(chromium, live_server, year.admin.user)
    page.goto(f"{live_server}/handover/")
    row = page.get_by_role("row").filter(has_text="市住建局联络员")
    row.get_by_role("link", name="办理交接").click()
    expect(page.get_by_text("草稿1项")).to_be_visible()
    page.get_by_label("接任人账号").fill("jieren")
    page.get_by_label("原任职最后一天").fill("2022-08-03")
    page.get_by_role("button", name="办理交接").click()
    expect(page.get_by_text("交示例接任人").first).to_be_visible()
    clock.configure(date(2022, 8, 4))
    page = sits(chromium, live_server, successor)
    page.get_by_role("link", name="继续填报：").first.click()
    expect(page.locator("[name=progress]")).to_have_value(TEXT)


def test_moved_dates_are_read_by_everybody(
    year: Cast, chromium: Browser, live_server: object
) -> None:
    page = sits(chromium, live_server, year.office.user)
    draft = ProgressReport.objects.get(state="draft", period__code="2022-07")
    page.goto(f"{live_server}/2022/periods/{draft.period.pk}/")
    page.get_by_text("调整本期日期（对所有单位）").click()
    page.get_by_label("报送截止").fill("2022-08-09")
    page.get_by_label("关闭日期").fill("2022-08-16")
    page.get_by_label("调整原因").fill("示例：防汛抢险。")
    page.get_by_role("button", name="调整并通知各单位").click()
    expect(page.get_by_text("日期已调整：").first).to_contain_text("防汛抢险")
    page = sits(chromium, live_server, year.reporter.user)
    page.goto(f"{live_server}/2022/reports/{draft.pk}/")
    expect(page.get_by_text("8月9日（星期二）24时").first).to_be_visible()
    expect(page.get_by_text("本期日期已调整").first).to_contain_text("防汛抢险")
    page.goto(f"{live_server}/notices/")
    expect(page.get_by_text("7月进展报送日期已调整").first).to_be_visible()
