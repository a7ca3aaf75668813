"""What the rows of 我的工作台 show, as plain values: the only thing their templates know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reports.desk.own_items import OwnItem
from reports.desk.page import Desk, OwnRow
from reports.desk.todo import ToDo
from tasks.item_address import item_pages
from tasks.models import Plan
from tasks.plan_names import Chip, chips_of
from units.actors import Actor
from units.face.addresses import addresses

SUPPORTS = 8  # so many are shown


class ToDoFace(NamedTuple):
    """One filing that waits. `code` names its item, `label` its 填报期; `chip` its plan, where
    several are worked on.
    """

    url: str
    item_url: str
    kind: str
    number: int
    short_title: str
    code: str
    label: str
    state: str
    icon: str
    word: str
    why: str
    due_on: date | None
    is_late: bool
    is_last_day: bool
    left: str
    is_urgent: bool
    button: str
    chip: Chip | None


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
    """Of the rows of one desk; every address is looked up once. The unit's items are of the first
    of its plans.
    """

    def __init__(self, plans: Sequence[Plan], actor: Actor) -> None:
        self._items = {plan.pk: item_pages(plan.slug) for plan in plans}
        self._reports: dict[int, Callable[[object], str]] = {
            plan.pk: addresses("progress:report", plan.slug) for plan in plans
        }
        self._item, self._report = self._items[plans[0].pk], self._reports[plans[0].pk]
        self._chips = chips_of(plans)
        self._unit_id = actor.unit_id

    def todo(self, shown: Iterable[ToDo]) -> list[ToDoFace]:
        return [self._todo(each) for each in shown]

    def own(self, desk: Desk) -> list[ItemFace]:
        newest = desk.newest.data_as_of if desk.newest is not None else None
        return [self._own(each, newest) for each in desk.own]

    def supports(self, rows: list[OwnItem]) -> list[SupportFace]:
        return [
            SupportFace(self._item(row.task), row.task.short_title, row.light, _unit(row))
            for row in rows[:SUPPORTS]
        ]

    def _todo(self, item: ToDo) -> ToDoFace:
        report, task, plan = item.report, item.report.task, item.report.period.plan_id
        return ToDoFace(
            self._reports[plan](report.pk),
            self._items[plan](task),
            *task[1:],
            code=task.code,
            label=report.period.label,
            state=item.kind,
            icon=item.icon,
            word=item.word,
            why=item.why,
            due_on=item.due_on,
            is_late=item.is_late,
            is_last_day=item.days_left == 0,
            left=item.left,
            is_urgent=item.is_urgent,
            button=item.button,
            chip=self._chips.get(plan),
        )

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
