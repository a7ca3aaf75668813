"""What was decided in the sample year: one extension, one suspension, three closings, corrections.

All of it is 示例, made through the same functions that the office's pages call.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from demo.acts import HEAD, Acts
from demo.amounts import rounded
from demo.book import Book
from demo.drafts import draft_of
from demo.goals import CORRECTED_BEFORE, DONE_ITEMS, EXTENDED_ITEM, SUSPENDED_ITEM, key_of
from demo.people import BUILDING, REPORTER
from demo.times import moment
from progress.adjustments.acts import register_adjustment, request_adjustment
from progress.closing.acts import check_claim, claim_completion, close_task
from progress.lifecycle import by_office
from progress.models import AdjustmentKind
from tasks.models import Task
from units.actors import Actor
from units.files.approvals import new_approval
from units.models import Approval, Post

At = Callable[[datetime, Callable[[datetime], object]], None]
ASKED_ON, DECIDED_ON = date(2022, 5, 12), date(2022, 5, 18)
HOLDS_FROM = date(2022, 5, 20)
EXTENDED_TO = date(2023, 6, 30)
CLAIMED_ON, CHECKED_ON, CLOSED_ON = date(2022, 6, 28), date(2022, 6, 29), date(2022, 6, 30)
CORRECTED_ON = date(2022, 5, 18)  # the correction long after its 定稿
TOO_LOW, CENT = Decimal("0.98"), Decimal("0.01")
MEETING = "（示例）市政府常务会议"


def lay_out(book: Book, at: At) -> None:
    """Put the year's decisions into the walk."""
    items = {key_of(task): task for task in book.tasks.values()}
    extension = {"due_on": EXTENDED_TO.isoformat()}
    at(
        moment(ASKED_ON, 10, 5),
        partial(_adjust, book, items[EXTENDED_ITEM], AdjustmentKind.EXTENSION, extension, at),
    )
    at(
        moment(ASKED_ON, 10, 40),
        partial(_adjust, book, items[SUSPENDED_ITEM], AdjustmentKind.SUSPENSION, {}, at),
    )
    for place, item in enumerate(DONE_ITEMS):
        at(moment(CLAIMED_ON, 16, place), partial(_claim, book, items[item], at))


def _adjust(
    book: Book, task: Task, kind: str, detail: dict[str, Any], at: At, now: datetime
) -> None:
    label = AdjustmentKind(kind).label
    adjustment = request_adjustment(
        task=task,
        kind=kind,
        reason=f"（示例）{task.short_title}实施条件发生变化，申请{label}。",
        starts_on=HOLDS_FROM,
        detail=detail,
        actor=_reporter(book, task),
        now=now,
    )

    def register(then: datetime) -> None:
        register_adjustment(
            adjustment=adjustment,
            approval=_approval(book, f"{task.short_title}{label}", DECIDED_ON, then),
            actor=book.people[HEAD],
            now=then,
        )

    at(moment(DECIDED_ON, 15, now.minute), register)


def _claim(book: Book, task: Task, at: At, now: datetime) -> None:
    closure = claim_completion(
        task=task,
        statement=f"（示例）{task.short_title}各节点均已完成，佐证材料已随二季度进展报送。",
        actor=_reporter(book, task),
        now=now,
    )

    def check(then: datetime) -> None:
        note = f"（示例）经资料核查，{task.short_title}达到目标要求。"
        check_claim(
            closure=closure, check_kind="papers", note=note, actor=book.people[HEAD], now=then
        )

    def close(then: datetime) -> None:
        close_task(
            closure=closure,
            approval=_approval(book, f"{task.short_title}办结销号", CLOSED_ON, then),
            outcome="done",
            closed_on=CLOSED_ON,
            actor=book.people[HEAD],
            now=then,
        )

    at(moment(CHECKED_ON, 10, now.minute), check)
    at(moment(CLOSED_ON, 15, now.minute), close)


def correct_later(acts: Acts, at: At) -> None:
    """The unit finds a mistake in what was accepted: reopened, refiled, signed and accepted."""
    is_early = (acts.item, acts.report.period.code) == CORRECTED_BEFORE
    day = acts.report.period.closes_on if is_early else CORRECTED_ON
    at(moment(day, 8, 50), partial(_reopen, acts))
    at(moment(day, 9, 10), partial(_retype, acts))
    at(moment(day, 9, 20), acts.submit)
    at(moment(day, 10, 30), acts.sign)
    at(moment(day, 14, 30), acts.accept)


def mistype(acts: Acts, now: datetime) -> None:
    """The first filing of a report that will be corrected: its figure is a little too low."""
    low: dict[str, Any] = {
        key: rounded(value * TOO_LOW, CENT)
        for key, value in draft_of(acts.book, acts.report, acts.story).items()
        if key.endswith("::value")
    }
    acts.type_in(now, **low)


def _reopen(acts: Acts, now: datetime) -> None:
    reason = f"（示例）{acts.story.short}部分数据漏报，申请更正。"
    by_office.correct(report=acts.report, actor=acts.reporter, now=now, reason=reason)


def _retype(acts: Acts, now: datetime) -> None:
    acts.extra.append(f"{acts.story.short}{acts.report.period.label}数据已更正")
    acts.type_in(now)


def _approval(book: Book, matter: str, day: date, now: datetime) -> Approval:
    return new_approval(
        decided_by=MEETING,
        decided_on=day,
        authority=f"（示例）关于{matter}的意见",
        actor=book.people[HEAD],
        now=now,
        post=Post.objects.get(title=BUILDING),
    )


def _reporter(book: Book, task: Task) -> Actor:
    """The liaison of the unit that writes the item's report."""
    return book.people[f"{book.leaders[task.pk]} {REPORTER}"]
