"""The ladder of reminders: which rung of an owed filing falls on which day. Pure.

Source: design.md section 4, "Reminders". A rung on a day that is not worked goes on the next
working day; the ladder ends at the office. Days are counted in working days from `due_on`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.workdays import Overrides, add_workdays, next_workday_on_or_after

REPORTER, SIGNER, OFFICE = "reporter", "signer", "office"


@dataclass(frozen=True)
class Rung:
    """One step: `offset` working days from the due date; None is the opening day.

    `tells` are the roles that are told. A higher `urgency` stands first in a digest.
    """

    name: str
    offset: int | None
    tells: tuple[str, ...]
    urgency: int


LADDER = (
    Rung("opening", None, (REPORTER,), 1),
    Rung("d-2", -2, (REPORTER,), 2),
    Rung("d0", 0, (REPORTER,), 3),
    Rung("d+1", 1, (REPORTER, SIGNER), 4),
    Rung("d+2", 2, (OFFICE,), 5),
)


@dataclass(frozen=True)
class DueRung:
    """A rung with the working day on which it falls."""

    rung: Rung
    day: date


def rungs_of(
    opens_on: date,
    due_on: date,
    ladder: Iterable[Rung] = LADDER,
    overrides: Overrides | None = None,
) -> list[DueRung]:
    """Every rung of a filing with its day, in order; none falls before the opening day."""
    opening = next_workday_on_or_after(opens_on, overrides)

    def day_of(rung: Rung) -> date:
        if rung.offset is None:
            return opening
        day = add_workdays(due_on, rung.offset, overrides)
        return max(next_workday_on_or_after(day, overrides), opening)

    return [DueRung(rung, day_of(rung)) for rung in ladder]


def reached(rungs: Iterable[DueRung], today: date) -> list[DueRung]:
    """The rungs that fall on `today` or before it, in order."""
    return [due for due in rungs if due.day <= today]
