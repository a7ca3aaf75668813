"""Walks the engine and the oracle over the same year, and counts where they differ."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.core import mail

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import is_workday
from progress.board.checking import differences
from progress.models import Period, Reminder
from progress.reminding import run
from progress.reminding.planning import plan_reminders
from tasks.models import Plan, PlanState, Responsibility, TaskDeadline
from tests.walk import faults
from tests.walk.oracle import Expected, Key, Life, Turn, expect
from tests.walk.world import World, at

BROKEN_TURNS, SILENT_DAYS = 0.04, 0.04  # days on which the sender died, or nothing ran at all


@dataclass(frozen=True)
class Found:
    """The last line of the walk. `sent` and its like count rows of the ledger."""

    rungs_due: int
    sent: int
    cancelled: int
    skipped: int
    missing: int
    duplicates: int
    on_non_working_days: int
    after_filing: int
    board: int  # values that reading pages would have shown otherwise than the tables say
    unmanned: tuple[tuple[str, str], ...] = ()

    @property
    def is_clean(self) -> bool:
        adds_up = self.rungs_due == self.sent + self.cancelled + self.skipped
        wrong = self.missing, self.duplicates, self.on_non_working_days, self.after_filing
        return adds_up and not any((*wrong, self.board))


def judge(year: int, dice: Random, until: date | None) -> Found:
    """Walk from the notice's day to the end of the year's last period."""
    plan = _plan_of(year)
    world = World(plan, dice)
    fault = faults.put_in(os.environ.get("WALK_BREAK", ""))
    last = until or date(year + 1, 1, 31)
    turns, board = _walk(world, plan.issued_on, last, dice, fault)
    return _compare(world, expect(world.lives, world.people, turns), board)


def _plan_of(year: int) -> Plan:
    """The plan of 2022, or the same one moved to another year."""
    plan = Plan.objects.get()
    moved = year - plan.year
    if moved:
        issued = plan.issued_on.replace(year=year)
        Responsibility.objects.update(starts_on=issued)
        TaskDeadline.objects.update(starts_on=issued, due_on=date(year, 12, 31))
        Period.objects.filter(plan=plan).delete()
        plan.year, plan.slug, plan.issued_on = year, str(year), issued
    plan.state, plan.activated_on = PlanState.ACTIVE, plan.issued_on
    plan.save()
    return plan


def _walk(
    world: World, first: date, last: date, dice: Random, fault: faults.Fault
) -> tuple[list[Turn], int]:
    """The turns of the schedule, and how often the board was wrong in the evening."""
    turns, wrong, day = [], 0, first
    while day <= last:
        if dice.random() >= SILENT_DAYS:
            turn = Turn(at(day, 9), is_broken=dice.random() < BROKEN_TURNS)
            _run(world, turn, fault)
            turns.append(turn)
        if is_workday(day):
            world.afternoon(day)
        wrong += sum(1 for _ in differences(Plan.objects.get(pk=world.plan.pk), day))
        day += timedelta(days=1)
    return turns, wrong


def _run(world: World, turn: Turn, fault: faults.Fault) -> None:
    """One turn of the real schedule, on days off too: it must know them itself."""
    clock.now = lambda: turn.moment
    clock.today = lambda: turn.moment.date()
    if is_workday(turn.moment.date()):
        world.open_periods(turn.moment.date())
    with fault.during(turn.moment):
        if turn.is_broken:
            plan_reminders(now=turn.moment)
        else:
            run.remind_in_office_hours()


def _compare(world: World, expected: Expected, board: int) -> Found:
    rows = list(Reminder.objects.filter(is_immediate=False))
    states = Counter(row.state for row in rows)
    by_key: dict[Key, Reminder] = {(row.subject, row.rung, row.recipient_id): row for row in rows}
    missing = [k for k, state in expected.rows.items() if _state(by_key.get(k)) != state]
    beyond = [key for key in by_key if key not in expected.rows]
    sent = [row for row in rows if row.sent_at is not None]
    return Found(
        rungs_due=len(expected.rows),
        sent=states["sent"],
        cancelled=states["cancelled"],
        skipped=states["skipped"],
        missing=len(missing),
        duplicates=len(beyond) + len(rows) - len(by_key) + _second_digests(),
        on_non_working_days=sum(not is_workday(_day(row)) for row in sent),
        after_filing=sum(_was_over(row, world.lives) for row in sent),
        board=board,
        unmanned=tuple(sorted(expected.unmanned)),
    )


def _state(row: Reminder | None) -> str:
    return row.state if row is not None else ""


def _day(row: Reminder) -> date:
    assert row.sent_at is not None
    return row.sent_at.astimezone(SHANGHAI).date()


def _was_over(row: Reminder, lives: list[Life]) -> bool:
    """Whether nothing of the row's subject was open any more when it was told."""
    prefix = row.rung.rpartition("/")[0]
    mine = [life for life in lives if (life.subject, life.prefix) == (row.subject, prefix)]
    assert row.sent_at is not None
    moment: datetime = row.sent_at
    return bool(mine) and not any(life.is_open_at(moment) for life in mine)


def _second_digests() -> int:
    """Mails with the same Message-ID."""
    ids = Counter(message.extra_headers["Message-ID"] for message in getattr(mail, "outbox", []))
    return sum(count - 1 for count in ids.values())


def report(found: Found) -> None:
    """Rungs that reached nobody, then the one line."""
    numbers = asdict(found)
    for subject, rung in numbers.pop("unmanned"):
        print(f"nobody to tell: {subject} {rung}")  # noqa: T201
    print(json.dumps(numbers))  # noqa: T201
