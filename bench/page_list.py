"""Which pages are measured, and who opens them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.databases import first_of

OF_UNIT = "市住建局"  # the unit of reporter and signer
PEOPLE = {
    "reporter": "szjj-lly",
    "signer": "szjj-fzr",
    "office": "dcs-shy",
    "leader": "fz-cj",
    "observer": "jxb",
}
UNIT, READERS = ("reporter", "signer"), ("office", "leader", "observer")


class Page(NamedTuple):
    """`title`: how the title of the answer begins, so that no other page is taken for it; a file
    has none.
    """

    address: str
    title: str
    roles: tuple[str, ...]  # who may read it
    kept_for: tuple[str, ...] = ()  # those of them for whom the server keeps it


PAGES = {
    "overview": Page("/2022/overview/", "总览", READERS, READERS),
    "office": Page("/2022/office/", "督查室", ("office",), ("office",)),
    "unit": Page("/2022/units/{unit}/", "{name}", UNIT + READERS, UNIT + READERS),
    "ledger": Page("/2022/tasks/", "任务台账", UNIT + READERS, UNIT + READERS),
    "ledger of a unit": Page("/2022/tasks/?unit={unit}", "任务台账", ("office",), ("office",)),
    "ledger now": Page("/2022/tasks/?live=1", "任务台账", ("office",)),
    "item": Page("/2022/tasks/52/", "重点工作第52项", UNIT + READERS, ("leader", "observer")),
    "desk": Page("/2022/desk/", "我的工作台", UNIT),
    "form": Page("/2022/reports/{report}/", "填报", ("reporter",)),
    "review": Page("/2022/review/", "审核：", ("office",)),
    "ten": Page("/2022/projects/", "十件实事", UNIT + READERS, UNIT + READERS),
    "search": Page("/2022/search/?q=%E6%94%B9%E9%80%A0", "搜索", ("office",), ("office",)),
    "tasks.xlsx": Page("/2022/tasks.xlsx", "", ("office",), ("office",)),
}
UNIT_ID = "SELECT id FROM units_unit WHERE name = %s"
DRAFT_ID = """
SELECT r.id FROM progress_progressreport r
JOIN tasks_responsibility h ON h.id = r.responsibility_id
JOIN units_unit u ON u.id = h.unit_id AND u.name = %s
JOIN progress_period p ON p.id = r.period_id
WHERE r.state IN ('draft', 'returned') AND r.duty = 'main'
ORDER BY p.data_as_of DESC, r.id LIMIT 1
"""


def addresses_at(database: str) -> dict[str, str]:
    """The address of every page, the same at every size."""
    unit, report = first_of(database, UNIT_ID, OF_UNIT), first_of(database, DRAFT_ID, OF_UNIT)
    places = {"unit": unit, "report": report}
    return {name: page.address.format(**places) for name, page in PAGES.items()}


def title_of(page: str) -> str:
    """How the title of the answer begins."""
    return PAGES[page].title.format(name=OF_UNIT)


def states() -> Iterator[tuple[str, str, str]]:
    """Page, role and state: `cold` is made for the visit, `kept` is what the server has of it."""
    for page, role in rows():
        yield page, role, "cold"
        if role in PAGES[page].kept_for:
            yield page, role, "kept"


def address_of(address: str, state: str, turn: int) -> str:
    """The same page; of a cold one no address is asked for twice."""
    if state == "kept":
        return address
    return f"{address}{'&' if '?' in address else '?'}turn={turn}"


def rows() -> Iterator[tuple[str, str]]:
    """Page and role of everything that is measured."""
    for name, page in PAGES.items():
        for role in page.roles:
            yield name, role
