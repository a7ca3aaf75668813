"""The rows that an address asks for: of the last 定稿, or (for the office) as they stand now.

Ledger, its Excel, overview and `manage.py explain` take their rows here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from msgspec import structs

from huangshi_tasks.lib.clock import SHANGHAI
from progress.board.at_finalizing import tables_at
from progress.board.keeping import Board
from progress.board.numbers import Tables
from progress.board.problems import problems_at
from progress.board.shown import Asking, Frozen, Source
from progress.judging.freezing import row_to_freeze
from progress.judging.judge import judge_live
from progress.periods.access import periods_of
from reports.ledger.coordination import problems_of
from reports.ledger.facets import NOW
from reports.ledger.filings_now import open_periods
from reports.ledger.frozen import tables_at_finalizing
from reports.ledger.rows import LedgerRow, ledger_tasks, load_rows
from tasks.models import Plan, Task
from units.actors import Actor

LIVE, OUTLOOK, PERIOD, PROBLEM = "live", "outlook", "period", "problem"


def rows_asked(
    plan: Plan,
    actor: Actor,
    today: date,
    given: Mapping[str, str],
    *,
    with_filings: bool = False,
    until: date | None = None,
) -> list[LedgerRow]:
    """Every row the actor may see, as `given` (what the address says) asks for them.

    `period` is the day of a 定稿; `live`, for the office, what stands now; `outlook` also
    projects, `problem` also looks for what units ask of the city.
    """
    asked = []
    if until is None and (until := _finalized(plan, given.get(PERIOD, ""))) is not None:
        asked.append((PERIOD, until.isoformat()))
    rows = load_rows(plan, actor, today, with_filings=with_filings, until=until)
    is_live = given.get(LIVE) == NOW and actor.is_office and until is None
    if is_live:
        asked.append((LIVE, NOW))
        rows = _judged_now(rows, plan, actor, today)
    if given.get(OUTLOOK):
        tables = tables_at_finalizing(rows) if is_live else {}
        rows = [replace(row, short=is_short(row, tables.get(row.task.pk))) for row in rows]
    if given.get(PROBLEM):
        asking = {each.row.task.pk for each in problems_of(rows)}
        rows = [replace(row, asking=row.task.pk in asking) for row in rows]
    return [replace(row, asked=tuple(asked)) for row in rows] if asked else rows


def _finalized(plan: Plan, given: str) -> date | None:
    """The day of a 定稿 that `given` names; None for anything else."""
    days = {each.data_as_of for each in periods_of(plan) if each.is_finalized}
    return next((day for day in days if day.isoformat() == given), None)


def _judged_now(
    rows: Sequence[LedgerRow], plan: Plan, actor: Actor, today: date
) -> list[LedgerRow]:
    """With what would be finalized now in the place of the last 定稿; that becomes `before`, and
    what is not judged anew, since nothing of its cycle is collected, has not moved since.
    """
    collecting = open_periods(plan, today)
    tasks = {task.pk: task for task in ledger_tasks(plan, actor).filter(cycle__in=collecting)}
    until = datetime.combine(today, time.max, SHANGHAI)
    judged = {
        pk: Frozen.of(row_to_freeze(tasks[pk], live, until), Source.of_version(live.version))
        for pk, live in judge_live(tasks.values(), collecting).items()
    }
    problems = problems_at(judged, {plan.pk})
    board = _live_board(rows[0].board if rows else None, judged, tasks, today)
    return [
        replace(
            _now(row, judged[row.task.pk], problems[row.task.pk]) if row.task.pk in judged else row,
            was=row.light if row.frozen is not None else "",
            board=board,
        )
        for row in rows
    ]


def _now(row: LedgerRow, judged: Frozen, problems: Sequence[Asking]) -> LedgerRow:
    assert row.shown is not None  # it was read from the board
    shown = structs.replace(row.shown, frozen=judged, problems=tuple(problems), figures_on=None)
    of = max(row.of or judged.period.data_as_of, judged.period.data_as_of)
    return replace(row, frozen=judged, shown=shown, of=of)


def _live_board(
    kept: Board | None, judged: Mapping[int, Frozen], tasks: Mapping[int, Task], today: date
) -> Board:
    """The numbers behind what is `judged` now; of the others those of the board."""

    def tables(wanted: Collection[int]) -> dict[int, Tables]:
        found = tables_at([tasks[pk] for pk in wanted if pk in judged], judged, today, {})
        others = [pk for pk in wanted if pk not in judged]
        return found | kept.tables(others) if others and kept is not None else found

    return Board((), tables)


def is_short(row: LedgerRow, tables: Tables | None = None) -> bool:
    """Whether a number will lack something at the end of the year: as finalized, or by `tables`."""
    if tables is not None:
        return tables.is_short
    return row.shown is not None and row.shown.is_short
