"""Which pages are measured, and who opens them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.databases import id_of_unit

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
    """`title`: how the title of the answer begins, so that no other page is taken for it."""

    address: str
    title: str
    roles: tuple[str, ...]  # who may read it


PAGES = {
    "overview": Page("/2022/overview/", "总览", READERS),
    "office": Page("/2022/office/", "督查室", ("office",)),
    "unit": Page("/2022/units/{unit}/", "{unit}", UNIT + READERS),
    "ledger": Page("/2022/tasks/", "任务台账", UNIT + READERS),
    "item": Page("/2022/tasks/52/", "重点工作第52项", UNIT + READERS),
    "desk": Page("/2022/desk/", "我的工作台", UNIT),
    "review": Page("/2022/review/", "审核：", ("office",)),
    "ten": Page("/2022/projects/", "十件实事", UNIT + READERS),
}


def addresses_at(database: str) -> dict[str, str]:
    """The address of every page, the same at every size."""
    unit = id_of_unit(database, OF_UNIT)
    return {name: page.address.format(unit=unit) for name, page in PAGES.items()}


def rows() -> Iterator[tuple[str, str]]:
    """Page and role of everything that is measured."""
    for name, page in PAGES.items():
        for role in page.roles:
            yield name, role
