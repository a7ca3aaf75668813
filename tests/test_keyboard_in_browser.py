"""The whole site by keyboard: from the skip link through every page to its end, into menus, the
drawer and the dialog and out of them again, the focus always to be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from huangshi_tasks.lib import clock
from tests.addresses import SmallYear
from tests.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# Where the focus is: is it the page itself, can it be seen, does it follow the one before.
FOCUS = """() => {
  const now = document.activeElement, before = window.focusedBefore;
  if (now === document.body || now === null) return {ended: true};
  window.focusedBefore = now;
  const box = now.getBoundingClientRect();
  // the field of the search lies in a frame that carries its ring
  const ring = [now, now.parentElement].map(each => getComputedStyle(each))
    .some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
  const onScreen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return {
    ended: false, name: now.outerHTML.slice(0, 120),
    seen: onScreen && ring,
    follows: !before || Boolean(before.compareDocumentPosition(now) & 4),
  };
}"""
BEHIND = "() => document.activeElement.closest('body > *:not(dialog)') !== null"
MOST = 400  # stops on one page; more is a trap
PAGES = [
    ("anonymous", "units:login"),
    ("reporter", "reports:desk"),
    ("reporter", "progress:report"),
    ("reporter", "reports:item"),
    ("signer", "progress:signing"),
    ("office", "progress:review_report"),
    ("office", "reports:ledger"),
    ("office", "progress:unreported"),
    ("leader", "reports:overview"),
]


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


@pytest.mark.parametrize(("role", "name"), PAGES)
def test_the_focus_goes_through_a_page_in_its_order_and_is_seen(
    role: str, name: str, chromium: Browser, year: SmallYear
) -> None:
    reader = Reader(chromium, year, role)
    page = reader.opens(name)
    page.emulate_media(reduced_motion="reduce")  # or the page is still on its way to the focus
    page.evaluate("() => document.activeElement.blur()")
    stops = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["ended"]:
            break
        stops.append(stop)
    else:
        pytest.fail(f"no end after {MOST} stops: {stops[-1]['name']}")
    assert len(stops) > 2
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert [stop["name"] for stop in stops[1:] if not stop["follows"]] == []
    reader.context.close()


def test_the_skip_link_comes_first_and_leads_to_what_the_page_says(
    chromium: Browser, year: SmallYear
) -> None:
    reader = Reader(chromium, year, "office")
    page = reader.opens("reports:ledger")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到主要内容")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)
    reader.context.close()


def test_a_menu_opens_and_closes_and_gives_the_focus_back(
    chromium: Browser, year: SmallYear
) -> None:
    reader = Reader(chromium, year, "office")
    page = reader.opens("reports:ledger")
    button = page.locator("summary.user")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="修改密码")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="修改密码")).to_be_hidden()
    expect(button).to_be_focused()
    reader.context.close()


def test_the_drawer_of_a_telephone_opens_and_closes_and_gives_the_focus_back(
    chromium: Browser, year: SmallYear
) -> None:
    reader = Reader(chromium, year, "office")
    page = reader.opens("reports:ledger")
    page.set_viewport_size({"width": 390, "height": 844})
    button = page.locator(".top-menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#mainnav :focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#mainnav")).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    reader.context.close()


def test_the_dialog_keeps_the_focus_while_it_asks_and_gives_it_back(
    chromium: Browser, year: SmallYear
) -> None:
    reader = Reader(chromium, year, "office")
    page = reader.opens("tasks:officers")
    asker = page.locator("form[data-confirm] button").first
    asker.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator(":focus")).to_have_count(1)
    for _ in range(4):
        page.keyboard.press("Tab")
        assert not page.evaluate(BEHIND)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(asker).to_be_focused()
    reader.context.close()
