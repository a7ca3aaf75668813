"""How much a page asks for when nothing of it is known yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from huangshi_tasks.lib import clock
from tests.addresses import SmallYear
from tests.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST = 8  # requests of a page that nothing is kept of, its chart's library included


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("anonymous", "units:login"),
        ("reporter", "progress:report"),
        ("office", "reports:ledger"),
        ("leader", "reports:overview"),
        ("leader", "reports:screen"),
    ],
)
def test_a_page_asks_for_one_style_sheet_and_one_script(
    role: str, name: str, chromium: Browser, year: SmallYear
) -> None:
    reader = Reader(chromium, year, role)
    asked: list[str] = []
    told: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.on("pageerror", lambda error: told.append(str(error)))
    reader.page.on("console", lambda line: told.append(line.text))
    page = reader.opens(name)
    page.wait_for_load_state("load")
    rules = page.evaluate("() => document.styleSheets[0].cssRules.length")
    reader.context.close()
    assert told == []
    assert rules > 1000  # Bootstrap's and ours
    assert len(asked) <= MOST, asked
    assert sum(url.endswith(".css") for url in asked) == 1
    assert any(url.endswith("/site.js") for url in asked)
