"""Pages as the tests read them: who opens them, their words, the numbers that are links."""

from __future__ import annotations

import html
import re

from tests.pages import browser
from units.actors import Actor

OVERVIEW = "/2022/overview/"


LINK = re.compile(r'<a[^>]*href="(/2022/tasks/(?:\?[^"]*)?)"[^>]*>(.*?)</a>', re.DOTALL)


def page_of(actor: Actor, address: str = OVERVIEW) -> str:
    response = browser(actor).get(address)
    assert response.status_code == 200
    return response.content.decode()


def text_of(page: str) -> str:
    """The words of the page's main part, without markup and without white space."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", main)))


def numbers_with_links(page: str) -> list[tuple[str, int]]:
    """Address of the ledger → the number that leads there."""
    found = []
    for address, inside in LINK.findall(page[page.index("<main") :]):
        figures = re.findall(r"\d+", re.sub(r"<[^>]+>", "", inside))
        if figures:
            found.append((html.unescape(address), int(figures[-1])))
    return found
