"""What is owed in several periods as plain rows: a year has thousands of filings, and no list or
count of them needs model objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from progress.models import Duty, Period
from progress.models.reports import ReportQuerySet
from progress.periods.access import periods_of
from progress.periods.owed import Reliefs, still_owed, told_apart
from tasks.models import Plan, TaskKind
from tasks.models.items import code_of
from units.asking.rows import Row
from units.models.dated import holds


class UnitName(NamedTuple):
    """Of what stands in `Unit`, what lists show."""

    pk: int
    name: str
    ordinal: int
    telephone: str

    def __str__(self) -> str:
        return self.name


class ItemName(NamedTuple):
    """Of what stands in `Task`, what lists show."""

    pk: int
    kind: str
    number: int
    short_title: str

    @property
    def is_project(self) -> bool:
        return self.kind == TaskKind.PRACTICAL_PROJECT

    @property
    def code(self) -> str:
        return code_of(self.kind, self.number)


class Held(NamedTuple):
    """Of what stands in `Responsibility`, what a filing and its lists need."""

    task_id: int
    starts_on: date
    ends_on: date | None
    contact_name: str
    telephone: str

    def holds_on(self, day: date) -> bool:
        return holds(self.starts_on, self.ends_on, day)


class Filed(NamedTuple):
    """One filing owed; of what stands in `ProgressReport`, under the same names. `has_version` is
    asked of drafts only.
    """

    period: Period
    unit: UnitName
    task: ItemName
    responsibility: Held
    pk: int
    duty: str
    state: str
    due_on: date
    closes_on: date
    return_due_on: date | None
    reopened_until: date | None
    first_left_at: datetime | None
    first_was_empty: bool
    accepted_version_id: int | None
    has_version: bool

    def __str__(self) -> str:
        return f"{self.task.code}{self.period.label}进展"

    @property
    def is_main(self) -> bool:
        return self.duty == Duty.MAIN

    @property
    def unit_name(self) -> str:
        """Of its period (`Period.name_of`)."""
        return self.period.name_of(self.unit)

    def get_duty_display(self) -> str:
        return str(Duty(self.duty).label)


UNIT = ("pk", "name", "ordinal", "telephone")
ITEM = ("pk", "kind", "number", "short_title")
COLUMNS = (
    "period_id",
    *(f"responsibility__unit__{name}" for name in UNIT),
    *(f"responsibility__task__{name}" for name in ITEM),
    *(f"responsibility__{name}" for name in Held._fields[1:]),
    *Filed._fields[4:],
)
IN_ORDER = (
    "responsibility__unit__ordinal",
    "responsibility__unit",
    "responsibility__task__kind",
    "responsibility__task__number",
    "-period__data_as_of",
    "pk",
)


def as_rows(reports: ReportQuerySet, order: Sequence[str] = IN_ORDER) -> QuerySet[Any, Row]:
    """Of `reports` what `read` reads; by unit and item unless `order` says otherwise."""
    return told_apart(reports).order_by(*order).values_list(*COLUMNS)


def read(plans: Iterable[Plan], rows: Iterable[Row]) -> list[Filed]:
    """The filings of `as_rows`, all of `plans`."""
    periods = {period.pk: period for plan in plans for period in periods_of(plan)}
    units: dict[int, UnitName] = {}
    tasks: dict[int, ItemName] = {}
    found = []
    for row in rows:
        unit, task = units.get(row[1]), tasks.get(row[5])
        if unit is None:
            unit = units[row[1]] = UnitName(*row[1:5])
        if task is None:
            task = tasks[row[5]] = ItemName(*row[5:9])
        held = Held(row[5], *row[9:13])
        found.append(Filed(periods[row[0]], unit, task, held, *row[13:]))
    return found


def owed_among(found: Iterable[Filed], reliefs: Reliefs) -> list[Filed]:
    """Those that `progress.periods.owed.owed` finds in the database."""
    return [each for each in found if still_owed(each, reliefs)]
