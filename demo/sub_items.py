"""子项 in the sample: the 小区 and 小巷 behind 十件实事第3件, listed before June was filed and kept
up before July was, so that what is counted from the lists is what the reports say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from demo.book import Book
from demo.figures import MONTHS, Value
from demo.goals import key_of
from demo.times import chance, moment
from tasks.models import Indicator, SubItem
from tasks.sub_items import acts as sub_items
from tasks.sub_items.rules import reporting_unit, units_of
from units.actors import Actor
from units.models import Unit

At = Callable[[datetime, Callable[[datetime], object]], None]
ITEM = "p3"
NAMES = {"改造老旧小区": "示例小区", "改造背街小巷": "示例小巷"}
LISTED_ON, KEPT_ON = date(2022, 6, 28), date(2022, 7, 28)
NOTE = "（示例）"


@dataclass(frozen=True)
class Course:
    """One thing of the list: when it is begun and finished, as far as July knows; 万元 in all."""

    unit: Unit
    name: str
    started_on: date | None
    finished_on: date | None
    cost: Decimal

    def on(self, day: date) -> dict[str, Any]:
        """What the row says on a day."""
        begun = self.started_on if self.started_on and self.started_on <= day else None
        ended = self.finished_on if self.finished_on and self.finished_on <= day else None
        parts = 10 if ended else 6 if begun else 0
        return {
            "stage": "done" if ended else "building" if begun else "preparing",
            "started_on": begun,
            "finished_on": ended,
            "invested": self.cost * parts / 10,
        }


def lay_out(book: Book, at: At) -> None:
    """Put both lists into the walk."""
    (task,) = (task for task in book.tasks.values() if key_of(task) == ITEM)
    for indicator in task.indicators.all():
        if indicator.name in NAMES:
            at(moment(LISTED_ON, 9, indicator.ordinal), partial(_list, book, indicator))
            at(moment(KEPT_ON, 9, indicator.ordinal), partial(_keep_up, book, indicator))


def _list(book: Book, indicator: Indicator, now: datetime) -> None:
    for course in courses(book, indicator):
        sub_items.create(
            indicator=indicator,
            unit=course.unit,
            name=course.name,
            note=NOTE,
            actor=_keeper(book, indicator, now.date()),
            now=now,
            **course.on(LISTED_ON),
        )


def _keep_up(book: Book, indicator: Indicator, now: datetime) -> None:
    """Only what has moved since is touched."""
    rows = {row.name: row for row in SubItem.objects.filter(indicator=indicator)}
    for course in courses(book, indicator):
        if course.on(LISTED_ON) != course.on(KEPT_ON):
            sub_items.change(
                sub_item=rows[course.name],
                actor=_keeper(book, indicator, now.date()),
                now=now,
                **course.on(KEPT_ON),
            )


def courses(book: Book, indicator: Indicator) -> Iterator[Course]:
    """The things of the list, by county, in the order in which they are begun and finished."""
    number = 0
    shares = {share.unit_id: share.value for share in indicator.shares.all()}
    for unit in units_of(indicator, LISTED_ON):
        series = book.figures.get((indicator.pk, unit.pk), {})
        for place in range(int(shares.get(unit.pk, 0))):
            number += 1
            name = f"{NAMES[indicator.name]}{number}"
            dice = chance("子项", name)
            begun = _month(series, place, is_start=True)
            ended = _month(series, place, is_start=False)
            started_on = _day(begun, dice.randrange(1, 12))
            finished_on = _day(ended, dice.randrange(14, 27))
            cost = Decimal(dice.randrange(8, 40) * 10)
            yield Course(unit, name, started_on, finished_on, cost)


def _month(series: dict[int, Value], place: int, *, is_start: bool) -> int | None:
    """The first month by whose end so many are begun, or finished."""
    for month in MONTHS:
        figure = series[month]
        reached = figure.started if is_start else figure.value
        if reached is not None and reached > place:
            return month
    return None


def _day(month: int | None, day: int) -> date | None:
    return None if month is None else date(2022, month, 1) + timedelta(days=day - 1)


def _keeper(book: Book, indicator: Indicator, day: date) -> Actor:
    """The liaison of the unit that reports the number."""
    unit = reporting_unit(indicator, day)
    assert unit is not None
    return book.reporter(unit)
