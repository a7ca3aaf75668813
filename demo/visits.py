"""核查 in the sample: one that found everything true, one that found less and has it mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from demo.acts import HEAD, REVIEWER
from demo.book import Book
from demo.goals import key_of
from demo.times import moment
from progress.models import SiteVisit
from progress.visits.acts import close_visit, plan_visit, record_visit

At = Callable[[datetime, Callable[[datetime], object]], None]
CHOSEN_ON = date(2022, 7, 18)
PEOPLE = "（示例）督查室2人、市政府督查员1人"


@dataclass(frozen=True)
class Found:
    """What was looked at, and what was found there. `closed_on` None: still being mended."""

    item: str
    because: str
    kind: str
    visited_on: date
    finding: str
    text: str
    mend_by: date | None = None
    closed_on: date | None = None


FOUND = (
    Found(
        "p3",
        "（示例）涉及面广，按季现场核查",
        "on_site",
        date(2022, 7, 20),
        "true",
        "（示例）现场查看示例小区1等5个小区，开工、完工情况与所报一致。",
        closed_on=date(2022, 7, 21),
    ),
    Found(
        "k51",
        "（示例）连续两期滞后",
        "on_site",
        date(2022, 7, 22),
        "partly",
        "（示例）抽查已报完成的5个渍水点，其中1个泵站尚未通电调试。",
        mend_by=date(2022, 8, 19),
    ),
)


def lay_out(book: Book, at: At) -> None:
    """Put both visits into the walk."""
    for place, found in enumerate(FOUND):
        at(moment(CHOSEN_ON, 9, 40 + place), partial(_choose, book, found, at))


def _choose(book: Book, found: Found, at: At, now: datetime) -> None:
    task = next(task for task in book.tasks.values() if key_of(task) == found.item)
    visit = plan_visit(task=task, actor=book.people[REVIEWER], now=now, because=found.because)
    at(moment(found.visited_on, 17, now.minute), partial(_record, book, visit, found))
    if found.closed_on is not None:
        at(moment(found.closed_on, 10, now.minute), partial(_close, book, visit))


def _record(book: Book, visit: SiteVisit, found: Found, now: datetime) -> None:
    record_visit(
        visit=visit,
        kind=found.kind,
        visited_on=found.visited_on,
        people=PEOPLE,
        finding=found.finding,
        text=found.text,
        mend_by=found.mend_by,
        actor=book.people[REVIEWER],
        now=now,
    )


def _close(book: Book, visit: SiteVisit, now: datetime) -> None:
    close_visit(visit=visit, actor=book.people[HEAD], now=now)
