"""The ladders of reminders: which rung of what is open falls on which day. Pure.

Source: design.md section 4, "Reminders". A rung on a day that is not worked goes on the next
working day; every ladder ends at the office. Days are counted in working days from the base day:
the deadline of what has one, else the day on which the waiting began.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.workdays import Overrides, add_workdays, next_workday_on_or_after

REPORTER, SIGNER, OFFICE = "reporter", "signer", "office"
MOST_DAYS = 60  # a rung further from its day than this is a slip of the keyboard


@dataclass(frozen=True)
class Rung:
    """One step: `offset` working days from the base day; None is the opening day.

    `tells` are the roles that are told.
    """

    offset: int | None
    tells: tuple[str, ...]

    @property
    def name(self) -> str:
        """As the ledger of messages knows it: opening, d-2, d0, d+1."""
        if self.offset is None:
            return "opening"
        return f"d{self.offset:+d}" if self.offset else "d0"

    @property
    def urgency(self) -> int:
        """A higher one stands first in a digest: what is over before what is still to come."""
        if self.offset is None:
            return 1
        return 2 if self.offset < 0 else min(3 + self.offset, 8)


Ladder = tuple[Rung, ...]

FILING, RETURNED, SIGNING, REVIEW = "filing", "returned", "signing", "review"
MILESTONE, INSTRUCTION, ORDER = "milestone", "instruction", "order"
ACTION_PLAN, RECEIPT = "action_plan", "receipt"

LABELS = {
    FILING: "进展报送",
    RETURNED: "退回后重报",
    SIGNING: "待审签",
    REVIEW: "待审核",
    MILESTONE: "节点",
    INSTRUCTION: "交办事项",
    ORDER: "督办单",
    ACTION_PLAN: "办理方案",
    RECEIPT: "签收",
}
# what the days are counted from
BASES = {
    FILING: "报送截止日",
    RETURNED: "退回当日",
    SIGNING: "送审签当日",
    REVIEW: "报送当日",
    MILESTONE: "节点计划完成日期",
    INSTRUCTION: "办理时限",
    ORDER: "回复时限",
    ACTION_PLAN: "方案报送时限",
    RECEIPT: "交办当日",
}


def _ladder(*steps: tuple[int | None, str]) -> Ladder:
    return tuple(Rung(offset, tuple(tells.split())) for offset, tells in steps)


DEFAULTS: dict[str, Ladder] = {
    FILING: _ladder(
        (None, REPORTER),
        (-2, REPORTER),
        (0, REPORTER),
        (1, f"{REPORTER} {SIGNER}"),
        (2, OFFICE),
    ),
    # the day of the return itself is told at once, by the notice of the return
    RETURNED: _ladder((1, REPORTER), (2, f"{REPORTER} {SIGNER}")),
    SIGNING: _ladder((1, SIGNER)),
    REVIEW: _ladder((2, OFFICE)),
    MILESTONE: _ladder((-10, REPORTER), (-3, REPORTER), (0, REPORTER), (1, f"{REPORTER} {SIGNER}")),
    INSTRUCTION: _ladder((-2, REPORTER), (0, REPORTER), (1, f"{REPORTER} {SIGNER}")),
    ORDER: _ladder((-2, REPORTER), (0, REPORTER), (1, f"{REPORTER} {SIGNER}")),
    ACTION_PLAN: _ladder((-2, REPORTER), (0, REPORTER), (1, f"{REPORTER} {SIGNER}")),
    RECEIPT: _ladder((None, REPORTER), (1, REPORTER), (2, f"{REPORTER} {SIGNER}")),
}


@dataclass(frozen=True)
class DueRung:
    """A rung with the working day on which it falls."""

    rung: Rung
    day: date


def rungs_of(
    opens_on: date | None, base: date, ladder: Ladder, overrides: Overrides | None = None
) -> list[DueRung]:
    """Every rung with its day, in order of days; none falls before the opening day, if there is
    one. A rung of the opening day needs one.
    """
    opening = None if opens_on is None else next_workday_on_or_after(opens_on, overrides)

    def day_of(rung: Rung) -> date:
        if rung.offset is None:
            return opening or next_workday_on_or_after(base, overrides)
        day = next_workday_on_or_after(add_workdays(base, rung.offset, overrides), overrides)
        return day if opening is None else max(day, opening)

    return sorted(
        (DueRung(rung, day_of(rung)) for rung in ladder),
        key=lambda due: (due.day, due.rung.urgency),
    )


def reached(rungs: Iterable[DueRung], today: date) -> list[DueRung]:
    """The rungs that fall on `today` or before it, in order."""
    return [due for due in rungs if due.day <= today]
