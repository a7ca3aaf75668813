"""交办 and 督办 in the sample year: five instructions and one sheet, each as far as it has got.

All of it is 示例, made through the functions that the office's and the units' pages call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from demo.acts import HEAD, REVIEWER
from demo.book import Book
from demo.goals import key_of
from demo.people import BUILDING, REPORTER, SIGNER
from demo.times import moment
from progress.matters.answers import close, sign_answer, submit_answer
from progress.matters.coordination import asked_for, hand_on, proposed_lead
from progress.matters.instructions import receive, register
from progress.matters.orders import draft_order, follow_up, send_order, sign_order
from progress.matters.permissions import Matter, unit_of
from progress.models import Instruction, InstructionSource, SupervisionOrder, Urgency
from units.files.approvals import new_approval
from units.models import Post, Unit

At = Callable[[datetime, Callable[[datetime], object]], None]
ORDERED_ITEM = "k51"  # late in June
ASKED_ON = date(2022, 7, 14)


@dataclass(frozen=True)
class Given:
    """One instruction: on which item, from whom, when, and until when things were done on it.

    A day that is None has not come by the end of the sample.
    """

    item: str
    source: str
    decided_by: str
    registered_on: date
    title: str
    received_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    urgency: str = Urgency.ORDINARY
    visibility: str = "normal"


GIVEN = (
    Given(
        "k126",
        InstructionSource.WRITTEN,
        "",
        date(2022, 6, 14),
        "（示例）报送化解清单",
        date(2022, 6, 14),
        date(2022, 6, 27),
        date(2022, 6, 29),
    ),
    Given(
        "k31",
        InstructionSource.MEETING,
        "（示例）市政府常务会议",
        date(2022, 7, 11),
        "（示例）会商要素保障",
        date(2022, 7, 12),
        date(2022, 7, 29),
    ),
    Given(
        "k51",
        InstructionSource.CHECK,
        "（示例）二季度督查",
        date(2022, 7, 8),
        "（示例）整改进度滞后",
        date(2022, 7, 11),
    ),
    Given(
        "p6",
        InstructionSource.WRITTEN,
        "",
        date(2022, 8, 1),
        "（示例）排查堵点并报告",
        urgency=Urgency.URGENT,
    ),
    Given(
        "k83",
        InstructionSource.WRITTEN,
        "",
        date(2022, 7, 25),
        "（示例）专报有关情况",
        date(2022, 7, 25),
        visibility="restricted",
    ),
)


def lay_out(book: Book, at: At) -> None:
    """Put the year's instructions and the one sheet into the walk."""
    for place, given in enumerate(GIVEN):
        at(moment(given.registered_on, 10, 20 + place), partial(_register, book, given, at))
    at(moment(ASKED_ON, 10, 10), partial(_hand_on, book))
    at(moment(date(2022, 7, 14), 15), partial(_draft, book, at))


def _register(book: Book, given: Given, at: At, now: datetime) -> None:
    task = next(task for task in book.tasks.values() if key_of(task) == given.item)
    is_written = given.source == InstructionSource.WRITTEN
    post = Post.objects.get(title=BUILDING) if is_written else None
    instruction = register(
        plan=book.plan,
        source=given.source,
        title=given.title,
        text=f"（示例）请{book.leaders[task.pk]}就{task.short_title}{given.title[4:]}。",
        post=post,
        decided_by=given.decided_by or BUILDING,
        decided_on=given.registered_on,
        paper="（示例）督查专报" if is_written else "",
        lead=Unit.objects.get(name=book.leaders[task.pk]),
        tasks=[task],
        urgency=given.urgency,
        visibility=given.visibility,
        actor=book.people[REVIEWER],
        now=now,
    )
    for day, hour, act in (
        (given.received_on, 11, _receive),
        (given.answered_on, 15, _answer),
        (given.closed_on, 10, _close),
    ):
        if day is not None:
            at(moment(day, hour, now.minute), partial(act, book, instruction))


def _person(book: Book, matter: Matter, who: str) -> Any:
    return book.people[f"{unit_of(matter).name} {who}"]


def _receive(book: Book, instruction: Instruction, now: datetime) -> None:
    receive(instruction=instruction, actor=_person(book, instruction, REPORTER), now=now)


def _answer(book: Book, matter: Matter, now: datetime) -> None:
    """Written by the liaison, signed by the head a quarter of an hour later."""
    text = f"（示例）{matter.title[4:]}已办理，有关情况和下一步措施已书面报告。"
    sent = submit_answer(matter=matter, actor=_person(book, matter, REPORTER), now=now, text=text)
    sign_answer(matter=sent, actor=_person(book, matter, SIGNER), now=now)


def _close(book: Book, matter: Matter, now: datetime) -> None:
    said = "（示例）已按要求办结。"
    close(matter=matter, actor=book.people[HEAD], now=now, conclusion=said)


def _hand_on(book: Book, now: datetime) -> None:
    """One click on the first problem whose proposed lead is known."""
    for version in asked_for(book.plan).order_by("pk"):
        if proposed_lead(version, now.date()) is not None:
            hand_on(version=version, actor=book.people[REVIEWER], now=now)
            return


def _draft(book: Book, at: At, now: datetime) -> None:
    task = next(task for task in book.tasks.values() if key_of(task) == ORDERED_ITEM)
    order = draft_order(
        plan=book.plan,
        title=f"（示例）{task.short_title}",
        unit=Unit.objects.get(name=book.leaders[task.pk]),
        text=f"（示例）截至6月底，{task.short_title}滞后于序时进度。",
        requirement="（示例）分析滞后原因，列出赶工计划，明确责任人和完成时间。",
        due_on=date(2022, 7, 28),
        task=task,
        colour="yellow",
        actor=book.people[REVIEWER],
        now=now,
    )
    at(moment(date(2022, 7, 15), 9, 30), partial(_sign, book, order))
    at(moment(date(2022, 7, 15), 10), partial(_send, book, order))
    at(moment(date(2022, 7, 27), 16), partial(_answer, book, order))
    at(moment(date(2022, 7, 29), 9, 30), partial(_follow_up, book, order))


def _sign(book: Book, order: SupervisionOrder, now: datetime) -> None:
    approval = new_approval(
        decided_by=BUILDING,
        decided_on=now.date(),
        authority="（示例）督办单签批件",
        actor=book.people[HEAD],
        now=now,
        post=Post.objects.get(title=BUILDING),
    )
    sign_order(order=order, approval=approval, actor=book.people[HEAD], now=now)


def _send(book: Book, order: SupervisionOrder, now: datetime) -> None:
    send_order(order=order, actor=book.people[REVIEWER], now=now)


def _follow_up(book: Book, order: SupervisionOrder, now: datetime) -> None:
    note = "（示例）赶工计划已收，8月看进度。"
    follow_up(order=order, actor=book.people[HEAD], now=now, note=note, on=date(2022, 8, 15))
