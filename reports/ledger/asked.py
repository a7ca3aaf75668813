"""The rows that an address asks for: of the last 定稿, or (for the office) as they stand now.

Ledger, its Excel, overview and `manage.py explain` take their rows here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from huangshi_tasks.lib.clock import SHANGHAI
from progress.finalizing.finalize import row_to_freeze
from progress.judging.judge import judge_live
from progress.periods.access import newest_opened, periods_of
from reports.ledger.coordination import problems_of
from reports.ledger.facets import NOW
from reports.ledger.frozen import tables_at_finalizing
from reports.ledger.rows import LedgerRow, load_rows
from reports.numbers.lines import Tables
from tasks.models import Plan
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
    if given.get(LIVE) == NOW and actor.is_office and until is None:
        asked.append((LIVE, NOW))
        rows = _judged_now(rows, plan, today)
    if given.get(OUTLOOK):
        short = short_of(tables_at_finalizing(rows, today))
        rows = [replace(row, short=row.task.pk in short) for row in rows]
    if given.get(PROBLEM):
        asking = {each.row.task.pk for each in problems_of(rows)}
        rows = [replace(row, asking=row.task.pk in asking) for row in rows]
    return [replace(row, asked=tuple(asked)) for row in rows]


def _finalized(plan: Plan, given: str) -> date | None:
    """The day of a 定稿 that `given` names; None for anything else."""
    days = {each.data_as_of for each in periods_of(plan) if each.is_finalized}
    return next((day for day in days if day.isoformat() == given), None)


def _judged_now(rows: Sequence[LedgerRow], plan: Plan, today: date) -> list[LedgerRow]:
    """With what would be finalized now in the place of the last 定稿; that becomes `before`, and
    what is not judged anew has not moved since.
    """
    judged = judge_live([row.task for row in rows], newest_opened(plan, today))
    until = datetime.combine(today, time.max, SHANGHAI)
    found = []
    for row in rows:
        frozen, live = row.frozen, judged.get(row.task.pk)
        was = frozen.light if frozen is not None else ""
        if live is not None and not live.period.is_finalized:
            frozen = row_to_freeze(row.task, live, until)
        found.append(replace(row, frozen=frozen, was=was))
    return found


def short_of(tables: Mapping[int, Tables]) -> set[int]:
    """The items with a number that will lack something at the end of the year."""
    return {
        task_id
        for task_id, those in tables.items()
        if any(line.outlook is not None and line.outlook.is_short for line in those.lines)
    }
