"""WCAG 2.1 AA by axe-core: every page × role that the table of reading answers with 200, the forms
that come back with what is wrong, and the pages that refuse; at 1366 px, and pages that are read on
a telephone, and those of a notice on its way, at 390 px too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from huangshi_tasks.lib import clock
from tests.access_table import DOING, READING, ROLES
from tests.addresses import SmallYear
from tests.reader import WIDE, Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"],
})).violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ") + " ("
  + n.any.concat(n.all, n.none).map(c => c.message).join("; ") + ")").join(" | "))"""
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
# Who sees most of the pages and forms; the others take minutes more.
ALWAYS = {"office"}
ON_THE_TELEPHONE = {
    *("reports:desk", "progress:report", "reports:overview", "reports:source"),
    *("tasks:plans", "tasks:draft_new", "tasks:draft", "tasks:draft_columns", "tasks:draft_items"),
    *("progress:draft_check", "progress:left_open"),
}
# No rule looks at which words stand in an element, or where a link leads: two answers that differ
# in nothing else are one page.
WORDS = re.compile(r">[^<]*[^<\s][^<]*<")
VALUES = re.compile(r' (href|value|content|action|hx-headers)="[^"]+"|[0-9]+')
# A part that a page takes in (seen there), and one that a script draws of another answer.
NO_PAGES = {"reports:help_beside", "reports:api_docs"}
ANSWERS = {"get": (READING, {"200", "403", "404"}), "post": (DOING, {"409"})}


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """The pages of all roles so far, without their words."""
    return set()


def questions(role: str) -> Iterator[tuple[str, str]]:
    """Method and name of every page that the tables promise a role."""
    place = ROLES.index(role)
    for method, (table, wanted) in ANSWERS.items():
        for name, row in sorted(table.items()):
            if row.split()[place] in wanted and name not in NO_PAGES:
                yield method, name


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=[] if role in ALWAYS else [pytest.mark.slow], id=role)
        for role in ROLES
    ],
)
def test_no_page_of_a_role_breaks_a_rule(
    role: str, chromium: Browser, year: SmallYear, seen: set[str]
) -> None:
    reader = Reader(chromium, year, role, AXE)
    found = []
    for method, name in questions(role):
        html = reader.takes(name, method)
        if html is None or (bare := VALUES.sub(r" \1", WORDS.sub(">x<", html))) in seen:
            continue
        seen.add(bare)
        page = reader.shows()
        for size in [WIDE, TELEPHONE] if name in ON_THE_TELEPHONE else [WIDE]:
            page.set_viewport_size(size)
            found += [f"{method} {name} {size['width']}: {each}" for each in page.evaluate(RUN)]
        page.set_viewport_size(WIDE)
    reader.context.close()
    assert not found, "\n".join(found)
