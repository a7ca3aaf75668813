"""Every number of 总览, 十件实事 and 督查室 with the rows that it counts, as `manage.py explain`
prints them; and what is kept of that in an archive, for whoever restores it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from progress.periods.access import periods_of, plans_of
from reports.ledger.asked import LIVE, OUTLOOK, PERIOD, PROBLEM, rows_asked
from reports.ledger.facets import NOW
from reports.ledger.rows import LedgerRow
from reports.office.tiles import office_tiles
from reports.stats.tiles import Tile, rows_behind, tiles_of
from reports.stats.trend import history_of, trend
from tasks.models import Plan
from units.actors import Actor
from units.face.marks import LIGHTS
from units.models import Appointment, Role

Rows = list[LedgerRow]


@dataclass(frozen=True)
class Explained:
    """One number: its name, what it says, how many of what, and the rows behind it, one line
    each.
    """

    name: str
    title: str
    count: int
    lines: Callable[[], Sequence[str]]
    measure: str = "项"


def head_of_office(today: date) -> Actor | None:
    """By whose eyes the numbers are read."""
    heads = Appointment.objects.on(today).filter(role=Role.OFFICE, is_head=True)
    head = heads.select_related("user", "unit").order_by("pk").first()
    return Actor(head.user, head) if head is not None else None


def ledger_numbers(
    plan: Plan,
    actor: Actor,
    today: date,
    *,
    until: date | None = None,
    live: bool = False,
    narrowed: Callable[[Rows], Rows] = list,
) -> list[Explained]:
    """The numbers of 总览 and 十件实事: of the newest 定稿, of that of `until`, or as of now.
    `narrowed` leaves rows out.
    """
    asked = {OUTLOOK: "1", PROBLEM: "1", LIVE: NOW if live else ""}
    rows = narrowed(rows_asked(plan, actor, today, asked, until=until))
    months = trend(rows, {} if live else history_of(rows))
    known: dict[str, Rows] = {"": rows}

    def lines_of(tile: Tile) -> list[str]:
        if tile.day not in known:
            known[tile.day] = narrowed(rows_asked(plan, actor, today, {PERIOD: tile.day}))
        return [_line(row) for row in rows_behind(tile, known[tile.day])]

    tiles = tiles_of(rows, [m for m in months if until is None or m.day <= until])
    return [Explained(t.name, t.title, t.count, partial(lines_of, t)) for t in tiles]


def office_numbers(plan: Plan, now: datetime) -> list[Explained]:
    """The numbers of 督查室, as they stand now."""
    return [Explained(t.name, t.title, t.count, t.rows, t.measure) for t in office_tiles(plan, now)]


def digests(plan: Plan, now: datetime) -> dict[str, dict[str, str]]:
    """Which numbers (now, of the newest 定稿, of each 定稿) → name → how many and the hash of its
    rows. Empty without a head of the office.
    """
    actor = head_of_office(now.date())
    if actor is None:
        return {}
    plan = plans_of(actor).get(pk=plan.pk)
    return {
        title: {each.name: _digest(each) for each in numbers}
        for title, numbers in _every(plan, actor, now)
    }


def _every(plan: Plan, actor: Actor, now: datetime) -> Iterator[tuple[str, list[Explained]]]:
    today = now.date()
    yield "督查室", office_numbers(plan, now)
    yield "最新定稿", ledger_numbers(plan, actor, today)
    yield "当前情况", ledger_numbers(plan, actor, today, live=True)
    for period in periods_of(plan):
        if period.is_finalized:
            numbers = ledger_numbers(plan, actor, today, until=period.data_as_of)
            yield period.code, numbers


def _digest(number: Explained) -> str:
    lines = "\n".join(number.lines()).encode()
    return f"{number.count}项 {hashlib.sha256(lines).hexdigest()[:16]}"


def _line(row: LedgerRow) -> str:
    unit = row.primary.name if row.primary is not None else ""
    day = row.data_as_of.isoformat() if row.data_as_of is not None else ""
    words = [row.task.code, row.task.short_title, unit, LIGHTS[row.light].label, day]
    if row.frozen is not None and row.frozen.lowest_in_words:
        words.append(row.frozen.lowest_in_words)
    return "\t".join(words)
