"""What should have been told to whom: a plain loop over the days of a year.

Written apart from the engine: of the project it imports the calendar alone. The ladders are typed
here once more, from design.md section 4 and the office's own list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from huangshi_tasks.lib.workdays import is_workday

# days from the base day (None: the opening day), and who is told
LADDERS: dict[str, list[tuple[int | None, str]]] = {
    "filing": [
        (None, "reporter"),
        (-2, "reporter"),
        (0, "reporter"),
        (1, "reporter"),
        (1, "signer"),
    ],
    "late list": [(2, "office")],
    "returned": [(1, "reporter"), (2, "reporter"), (2, "signer")],
    "signing": [(1, "signer")],
    "review": [(2, "office")],
    "milestone": [
        (-10, "reporter"),
        (-3, "reporter"),
        (0, "reporter"),
        (1, "reporter"),
        (1, "signer"),
    ],
    "receipt": [(None, "reporter"), (1, "reporter"), (2, "reporter"), (2, "signer")],
    "action_plan": [(-2, "reporter"), (0, "reporter"), (1, "reporter"), (1, "signer")],
}


@dataclass
class Life:
    """From when to when one thing was open; `group` puts several into one line for the office.

    Of a late list `shows_after` is the deadline, behind which the thing is on it.
    """

    ladder: str
    subject: str
    base: date
    born: datetime
    opens_on: date | None = None
    unit: int | None = None
    prefix: str = ""
    ended: datetime | None = None
    shows_after: date | None = None

    def is_open_at(self, moment: datetime) -> bool:
        if self.born > moment or (self.ended is not None and self.ended <= moment):
            return False
        return self.shows_after is None or moment.date() > self.shows_after


@dataclass(frozen=True)
class Held:
    """Somebody's time in a role; the office has no unit."""

    person: int
    role: str
    unit: int | None
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Turn:
    """One turn of the schedule; a broken one planned and died before it sent."""

    moment: datetime
    is_broken: bool = False


Key = tuple[str, str, int]  # subject, rung, person


@dataclass
class Expected:
    """`rows`: what the ledger should say of each rung; `unmanned`: rungs that reached nobody."""

    rows: dict[Key, str] = field(default_factory=dict)
    unmanned: set[tuple[str, str]] = field(default_factory=set)


def expect(lives: list[Life], people: list[Held], turns: Iterable[Turn]) -> Expected:
    """Walk the turns in order."""
    found = Expected()
    waiting: dict[Key, Life] = {}
    for turn in turns:
        today = turn.moment.date()
        if not is_workday(today):
            continue
        alive = [life for life in lives if life.is_open_at(turn.moment)]
        open_now = {(life.subject, life.prefix) for life in alive}
        for key, life in list(waiting.items()):
            if (life.subject, life.prefix) not in open_now:
                found.rows[key] = "cancelled"
                del waiting[key]
        for life in {(each.subject, each.prefix): each for each in alive}.values():
            for key, state in _of_life(life, people, today, found):
                if key not in found.rows:
                    found.rows[key] = state
                    if state == "due":
                        waiting[key] = life
        if not turn.is_broken:
            for key in waiting:
                found.rows[key] = "sent"
            waiting.clear()
    return found


def _of_life(
    life: Life, people: list[Held], today: date, found: Expected
) -> Iterator[tuple[Key, str]]:
    """Per person: the newest rung reached is due, those before it are skipped."""
    reached: dict[int, list[str]] = {}
    days = [(_day(life, offset), offset, role) for offset, role in LADDERS[life.ladder]]
    for day, offset, role in sorted(days, key=lambda each: (each[0], _order(each[1]))):
        if day > today:
            continue
        name = _name(life, offset)
        told = {
            held.person
            for held in people
            if held.role == role and held.holds_on(today) and held.unit == _unit(life, role)
        }
        if not told:
            found.unmanned.add((life.subject, name))
        for person in told:
            names = reached.setdefault(person, [])
            if name not in names:
                names.append(name)
    for person, names in reached.items():
        for name in names[:-1]:
            yield (life.subject, name, person), "skipped"
        yield (life.subject, names[-1], person), "due"


def _unit(life: Life, role: str) -> int | None:
    return None if role == "office" else life.unit


def _order(offset: int | None) -> int:
    return -1000 if offset is None else offset


def _name(life: Life, offset: int | None) -> str:
    name = "opening" if offset is None else "d0" if offset == 0 else f"d{offset:+d}"
    return f"{life.prefix}/{name}" if life.prefix else name


def _day(life: Life, offset: int | None) -> date:
    opening = None if life.opens_on is None else _on_or_after(life.opens_on)
    if offset is None:
        assert opening is not None
        return opening
    day, left, step = life.base, abs(offset), timedelta(days=1 if offset > 0 else -1)
    while left:
        day += step
        left -= is_workday(day)
    day = _on_or_after(day)
    return day if opening is None else max(day, opening)


def _on_or_after(day: date) -> date:
    while not is_workday(day):
        day += timedelta(days=1)
    return day
