"""How many clicks a task of the office takes in a browser (docs/usability.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.models import Adjustment, DecisionState, Instruction, SupervisionOrder, Urge
from tests.cast import Cast, make_item, make_plan, only_filings, report_of
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
