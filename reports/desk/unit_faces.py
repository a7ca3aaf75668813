"""What the rows of 单位主页 show, as plain values: the only thing their templates know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reports.desk.unit_page import FactGroup, OwnItem, OwnNumbers
from reports.stats.facts import Fact
from tasks.item_address import Numbered

Pages = Callable[[Numbered], str]


class ItemFace(NamedTuple):
    """An item that the unit answers for."""

    url: str
    kind: str
    number: int
    short_title: str
    is_primary: bool
    cycle: str
    light: str
    data_as_of: date | None


class FactFace(NamedTuple):
    """A row behind a count; without its note for who may not read it."""

    url: str
    kind: str
    number: int
    short_title: str
    period: str
    note: str


class NumbersFace(NamedTuple):
    """An indicator with its figure of every day of the page."""

    url: str
    kind: str
    number: int
    name: str
    unit_of_measure: str
    values: tuple[Decimal | None, ...]


def item_faces(items: Iterable[OwnItem], pages: Pages) -> list[ItemFace]:
    return [
        ItemFace(
            pages(each.held.task),
            *each.held.task[1:],
            each.held.is_primary,
            each.cycle_label,
            each.light,
            each.judged.period.data_as_of if each.judged is not None else None,
        )
        for each in items
    ]


def fact_faces(group: FactGroup, pages: Pages, *, has_notes: bool) -> list[FactFace]:
    return [_fact(each, pages, has_notes) for each in group.facts]


def _fact(fact: Fact, pages: Pages, has_notes: bool) -> FactFace:
    return FactFace(pages(fact.task), *fact.task[1:], fact.period, fact.note if has_notes else "")


def numbers_faces(numbers: Iterable[OwnNumbers], pages: Pages) -> list[NumbersFace]:
    return [
        NumbersFace(pages(each.indicator), *each.indicator[:4], tuple(each.values))
        for each in numbers
    ]
