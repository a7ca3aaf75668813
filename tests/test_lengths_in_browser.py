"""What the page counts is what the server counts, and nothing that is pasted is cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import Cast
from tests.test_form_in_browser import cast, path, saved, sit, stored, write

__all__ = ["cast", "path"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FULL = "\n".join(["示例第一批完工了𠮷"] * 49 + ["示例第一批完工了𠮷。"])


def test_500_of_500_is_saved_and_sent_and_501_is_told(
    cast: Cast, chromium: Browser, live_server: object, path: str
) -> None:
    page = sit(chromium, live_server, cast.reporter, path)
    write(page, "进展情况", FULL + "多")
    counter = page.locator("#f-progress [data-count-for]")
    expect(counter).to_have_text("501 / 500")
    expect(page.get_by_text("不超过500字，现在501字")).to_be_visible()
    write(page, "进展情况", FULL)
    expect(counter).to_have_text("500 / 500")
    saved(page)
    assert stored(cast).progress == FULL
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("草稿已保存").first).to_be_visible()
    expect(page.get_by_label("进展情况")).to_have_value(FULL)
    assert stored(cast).progress == FULL


def test_a_short_field_takes_its_length_in_characters_and_cuts_nothing(
    cast: Cast, chromium: Browser, live_server: object
) -> None:
    page = sit(chromium, live_server, cast.reporter, "/2022/search/")
    words = page.locator("#s-q")
    rare = "𠮷" * 100
    words.fill(rare)
    expect(words).to_have_value(rare)
    assert words.evaluate("field => field.checkValidity()")
    words.fill(rare + "多")
    expect(words).to_have_value(rare + "多")
    assert words.evaluate("field => field.validationMessage") == "不超过100字，现在101字，请删减。"
