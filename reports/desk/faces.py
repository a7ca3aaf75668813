"""What the rows of 我的工作台 show, as plain values: the only thing their templates know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reports.desk.own_items import OwnItem
from reports.desk.page import Desk, OwnRow
from tasks.item_address import Numbered, item_pages
from tasks.models import Plan
from units.actors import Actor
from units.face.addresses import addresses

SUPPORTS = 8  # so many are shown


class ItemFace(NamedTuple):
    """An item that the unit leads. `unit`: who writes its report where another does; `data_as_of`
    only where it is not that of the page; `button` leads to its filing.
    """

    url: str
    kind: str
    number: int
    short_title: str
    is_own: bool
    unit: str
    words: str
    light: str
    data_as_of: date | None
    percent: Decimal | None
    expected: Decimal | None
    in_words: str
    filing: str
    cycle: str
    button: str
    button_url: str

    @property
    def is_project(self) -> bool:
        return self.kind == "practical_project"


class SupportFace(NamedTuple):
    """An item that the unit supports."""

    url: str
    short_title: str
    light: str
    unit: str


class Faces:
    """Of the items of one desk, all of the first of its plans; every address is looked up once."""

    def __init__(self, plan: Plan, actor: Actor) -> None:
        self._item: Callable[[Numbered], str] = item_pages(plan.slug)
        self._report: Callable[[object], str] = addresses("progress:report", plan.slug)
        self._unit_id = actor.unit_id

    def own(self, desk: Desk) -> Sequence[ItemFace]:
        newest = desk.newest.data_as_of if desk.newest is not None else None
        return [self._own(each, newest) for each in desk.own]

    def supports(self, rows: Sequence[OwnItem]) -> Sequence[SupportFace]:
        return [
            SupportFace(self._item(row.task), row.task.short_title, row.light, _unit(row))
            for row in rows[:SUPPORTS]
        ]

    def _own(self, own: OwnRow, newest: date | None) -> ItemFace:
        row, todo = own.row, own.todo
        url = self._item(row.task)
        frozen = row.frozen
        as_of = frozen.period.data_as_of if frozen is not None else None
        is_own = row.primary is not None and row.primary.pk == self._unit_id
        return ItemFace(
            url,
            *row.task[1:],
            is_own=is_own,
            unit=_unit(row),
            words=row.words if is_own else "",
            light=row.light,
            data_as_of=as_of if as_of != newest else None,
            percent=frozen.percent if frozen is not None else None,
            expected=frozen.expected if frozen is not None else None,
            in_words=row.in_words,
            filing=row.filing.state if row.filing is not None else "",
            cycle=row.cycle_label,
            button=todo.button if todo is not None else "查看",
            button_url=self._report(todo.report.pk) if todo is not None else url,
        )


def _unit(row: OwnItem) -> str:
    return str(row.primary) if row.primary is not None else ""
