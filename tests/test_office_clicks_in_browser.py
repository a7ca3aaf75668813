"""How many clicks a task of the office takes in a browser (docs/usability.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.models import (
    Adjustment,
    DecisionState,
    Instruction,
    Period,
    SupervisionOrder,
    Urge,
)
from reports.bulletins.answers import AGREED, answer
from reports.bulletins.lines import lines_of
from reports.bulletins.tests.papers import finalize
from reports.models import Bulletin, BulletinState
from reports.tests.factories import freeze
from tasks.models import Task
from tests.cast import Cast, make_item, make_plan, only_filings, period_of, report_of
from tests.coming_in import come_in
from tests.matters import make_post
from units.actors import Actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "Ceshi-2022"
ITEM = "/2022/tasks/17/"


@pytest.fixture
def year(transactional_db: None) -> Iterator[Cast]:
    """Two items of 市住建局 with nothing filed; today is 8 August 2022, after the deadline."""
    cast, plan = Cast(), make_plan()
    for number in (17, 18):
        report_of(make_item(plan, cast, number, short_title=f"示例{number}"), cast.lead)
    only_filings(plan)
    make_post()
    cast.office.user.set_password(PASSWORD)
    cast.office.user.save()
    clock.configure(date(2022, 8, 8))
    yield cast
    clock.configure(None)


class Hands:
    """One person at one browser, who counts."""

    def __init__(self, browser: Browser, server: object, actor: Actor, path: str) -> None:
        self.page: Page = browser.new_context(locale="zh-CN").new_page()
        come_in(self.page, server, actor.user, PASSWORD, path)
        self.clicks, self.fields, self.since = 0, 0, monotonic()

    def press(self, words: str, role: str = "button") -> None:
        self.clicks += 1
        self.page.get_by_role(role, name=words).first.click()  # type: ignore[arg-type]

    def write(self, name: str, words: str) -> None:
        self.fields += 1
        self.page.locator(f"form [name={name}]:visible").first.fill(words)

    def tell(self, task: str) -> None:
        spent = monotonic() - self.since
        print(f"{task}: {self.clicks} clicks, {self.fields} fields, {spent:.1f} s")  # noqa: T201


@pytest.fixture
def hands(year: Cast, chromium: Browser, live_server: object) -> Hands:
    return Hands(chromium, live_server, year.office, "/2022/office/")


def test_everything_unreported_is_urged_with_two_clicks(hands: Hands, year: Cast) -> None:
    hands.press("全部催办", "link")
    hands.press("发送催办")
    expect(hands.page.get_by_text("已催办").first).to_be_visible()
    hands.tell("urge all")
    assert hands.clicks <= 2
    assert Urge.objects.exists()


def test_a_call_is_registered_without_leaving_the_home(hands: Hands, year: Cast) -> None:
    hands.clicks += 1
    hands.page.locator(".regd summary").first.click()
    hands.write("reached", "联络员")
    hands.write("answer", "明天上午报")
    hands.press("登记", "button")
    expect(hands.page.get_by_text("已登记：电话联系市住建局").first).to_be_visible()
    hands.tell("call")
    assert hands.clicks <= 2
    assert hands.page.url.endswith("/2022/office/")


def test_an_item_is_found_without_a_click(hands: Hands, year: Cast) -> None:
    hands.page.keyboard.press("/")
    hands.page.keyboard.type("重点17")
    hands.page.keyboard.press("Enter")
    hands.page.wait_for_url(f"**{ITEM}")
    hands.tell("find an item")
    hands.page.keyboard.press("/")
    hands.page.keyboard.type("示例")
    expect(hands.page.locator("#q-hits [data-hit]").first).to_be_visible()
    hands.page.keyboard.press("ArrowDown")
    hands.page.keyboard.press("ArrowDown")
    hands.page.keyboard.press("Enter")
    hands.page.wait_for_url("**/2022/tasks/18/")


def test_a_written_order_of_a_leader_takes_three_fields(hands: Hands, year: Cast) -> None:
    hands.page.goto(hands.page.url.replace("/2022/office/", ITEM))
    hands.press("登记批示", "link")
    hands.write("title", "示例事项")
    hands.write("text", "示例：请抓紧。")
    hands.fields += 1
    hands.page.locator("#id_post").select_option(index=1)
    expect(hands.page.locator("#id_decided_by")).to_be_hidden()
    hands.press("登记并交办")
    expect(hands.page.get_by_text("已登记，承办单位已收到消息").first).to_be_visible()
    hands.tell("批示 from an item")
    assert (hands.clicks, hands.fields) <= (2, 3)
    assert Instruction.objects.carried_out_by(year.lead).count() == 1


def test_an_extension_is_registered_in_one_step(hands: Hands, year: Cast) -> None:
    hands.page.goto(hands.page.url.replace("/2022/office/", ITEM))
    hands.press("登记延期", "link")
    expect(hands.page.get_by_text("完成时限2022年12月31日").first).to_be_visible()
    for name, words in (
        ("due_on", "2023-03-31"),
        ("reason", "示例：等待上级规划。"),
        ("decided_by", "市政府常务会议"),
        ("decided_on", "2022-08-01"),
        ("authority", "示例纪要第8号"),
    ):
        hands.write(name, words)
    hands.page.keyboard.press("Control+Enter")
    expect(hands.page.get_by_text("已登记批准").first).to_be_visible()
    hands.tell("延期")
    assert hands.clicks <= 1
    assert Adjustment.objects.get().state == DecisionState.REGISTERED


def test_a_sheet_of_supervision_is_drafted_from_an_item(hands: Hands, year: Cast) -> None:
    hands.page.goto(hands.page.url.replace("/2022/office/", ITEM))
    hands.press("拟督办单", "link")
    for name, words in (
        ("title", "示例督办"),
        ("text", "示例：逾期。"),
        ("requirement", "示例：请办理。"),
        ("due_on", "2022-08-20"),
    ):
        hands.write(name, words)
    hands.page.keyboard.press("Tab")
    hands.press("保存")
    expect(hands.page.get_by_role("heading", name="示例督办").first).to_be_visible()
    hands.tell("督办单")
    assert hands.clicks <= 2
    assert SupervisionOrder.objects.get().unit == year.lead


def test_a_bulletin_is_drafted_listed_into_checked_signed_and_issued(
    hands: Hands, year: Cast
) -> None:
    late, ahead = Task.objects.order_by("number")
    freeze(late, "late", percent=20, unit_reason="征地滞后。", next_digest="示例安排。")
    freeze(ahead, "ahead", percent=80)
    finalize(period_of(late.plan, "2022-06"))
    page, home = hands.page, hands.page.url.replace("/2022/office/", "")
    page.goto(f"{home}/2022/bulletins/")
    hands.press("起草督查通报")
    expect(page.get_by_text("已起草").first).to_be_visible()
    page.goto(f"{home}/2022/tasks/")
    hands.clicks += 1
    page.locator("[data-pick]").nth(1).check()
    hands.press("列入通报")
    hands.press("列入")
    expect(page.get_by_text("已列入1项").first).to_be_visible()
    hands.press("返回预览", "link")
    hands.press("送点名单位核对")
    hands.clicks += 1
    page.locator("dialog .cf-ok").click()
    expect(page.get_by_text("已送点名单位核对").first).to_be_visible()
    bulletin = Bulletin.objects.get()
    for line in lines_of(bulletin):
        answer(line=line, text=AGREED, actor=year.reporter, now=clock.now())
    page.reload()
    for row in page.locator(".bsg-c").all():
        hands.clicks += 1
        row.locator("input").first.check()
    if page.get_by_role("button", name="保存答复").count():
        hands.press("保存答复")
    hands.clicks += 2
    page.locator("summary", has_text="登记签发").click()
    for name, words in (
        ("decided_by", "市政府秘书长"),
        ("decided_on", "2022-08-08"),
        ("authority", "示例签批件"),
    ):
        hands.write(name, words)
    page.locator("form[action$='/sign/'] button").click()
    expect(page.get_by_text("已登记签发").first).to_be_visible()
    hands.clicks += 2
    page.locator("form[action$='/issue/'] button").click()
    page.locator("dialog .cf-ok").click()
    expect(page.get_by_text("已印发").first).to_be_visible()
    hands.tell("通报")
    bulletin.refresh_from_db()
    assert bulletin.state == BulletinState.FROZEN
    assert bulletin.lines.filter(kind="listed", task=ahead).exists()
    assert hands.clicks <= 11


def test_a_month_is_finalized_with_three_clicks_from_its_list(hands: Hands, year: Cast) -> None:
    clock.configure(date(2022, 8, 15))
    july, page = period_of(Task.objects.order_by("number")[0].plan, "2022-07"), hands.page
    for each in Period.objects.filter(plan=july.plan, data_as_of__lt=july.data_as_of):
        finalize(each)
    page.goto(page.url.replace("/2022/office/", "/2022/periods/"))
    hands.clicks += 1
    page.locator(f"a[href='/2022/periods/{july.pk}/']").first.click()
    hands.clicks += 2
    page.locator("form[action$='/finalize/'] button").first.click()
    page.locator("dialog .cf-ok").click()
    expect(page.get_by_text("已定稿").first).to_be_visible()
    hands.tell("定稿")
    july.refresh_from_db()
    assert july.is_finalized
    assert hands.clicks <= 3
