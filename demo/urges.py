"""催办 in the sample year: the morning after each deadline everything unreported is urged, one
unit is telephoned; an instruction past its day is urged too. All of it is 示例.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from demo.acts import REVIEWER
from demo.book import Book
from demo.people import REPORTER
from demo.times import LAST_DAY, moment
from huangshi_tasks.lib.workdays import add_workdays
from progress.models import Channel, Instruction, Period
from progress.urging.acts import note_contact, urge
from progress.urging.reach import urging_of
from progress.urging.unreported import unreported

At = Callable[[datetime, Callable[[datetime], object]], None]
TELEPHONED_AFTER = 1  # working days behind the 催办


def lay_out(book: Book, at: At) -> None:
    """Put them into the walk, one for each deadline that has passed by the last day."""
    deadlines = {period.due_on for period in Period.objects.filter(plan=book.plan)}
    for due_on in sorted(deadlines):
        day = add_workdays(due_on, 1)
        if day < LAST_DAY:
            at(moment(day, 9, 5), partial(_urge, book, due_on))
            at(moment(add_workdays(day, TELEPHONED_AFTER), 10, 5), partial(_call, book, due_on))
    at(moment(date(2022, 8, 1), 9, 15), partial(_urge_instructions, book))


def _periods(book: Book, due_on: date) -> list[Period]:
    return list(Period.objects.filter(plan=book.plan, due_on=due_on))


def _urge(book: Book, due_on: date, now: datetime) -> None:
    reports = [each for period in _periods(book, due_on) for each in unreported(period)]
    if urging_of(reports, now.date()).units:
        urge(subjects=reports, actor=book.people[REVIEWER], now=now)


def _call(book: Book, due_on: date, now: datetime) -> None:
    """The first unit that is still missing is telephoned."""
    reports = [each for period in _periods(book, due_on) for each in unreported(period)]
    if not reports:
        return
    unit = reports[0].unit
    note_contact(
        plan=book.plan,
        unit=unit,
        subjects=[each for each in reports if each.unit == unit],
        channel=Channel.TELEPHONE,
        reached=f"{unit.name} {REPORTER}",
        answer="（示例）数据正在核对，本周内报送。",
        actor=book.people[REVIEWER],
        now=now,
    )


def _urge_instructions(book: Book, now: datetime) -> None:
    late = Instruction.objects.filter(plan=book.plan).overdue(now.date())
    found = list(late.select_related("plan").prefetch_related("units__unit"))
    if found:
        urge(subjects=found, actor=book.people[REVIEWER], now=now)
