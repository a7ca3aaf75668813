"""责任督查员 of the sample: the reviewer has the units of building, and one item more.

Half of the year is nobody's, so that 我负责 and the whole queue differ.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from demo.acts import HEAD
from demo.book import Book
from demo.goals import key_of
from demo.people import BUILDING_UNITS, OFFICER
from demo.times import moment
from tasks.holders import officers
from units.models import Post, Unit

At = Callable[[datetime, Callable[[datetime], object]], None]
ASSIGNED_ON = date(2022, 2, 22)
OWN_ITEM = "k21"  # of a unit that is nobody's; its July report waits for the office


def lay_out(book: Book, at: At) -> None:
    """Put the assignments into the walk, before the units receive their items."""
    at(moment(ASSIGNED_ON, 8, 30), partial(_assign, book))


def _assign(book: Book, now: datetime) -> None:
    post = Post.objects.get(title=OFFICER)
    actor, starts_on = book.people[HEAD], now.date()
    for unit in Unit.objects.filter(name__in=BUILDING_UNITS):
        officers.assign(post=post, unit=unit, starts_on=starts_on, actor=actor, now=now)
    task = next(each for each in book.tasks.values() if key_of(each) == OWN_ITEM)
    officers.assign(post=post, task=task, starts_on=starts_on, actor=actor, now=now)
