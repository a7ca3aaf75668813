"""What 总览 shows of the rows that were chosen: each block once, from `reports.stats`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from reports.ledger.asked import LIVE, is_short
from reports.ledger.coordination import problems_of
from reports.ledger.filters import LedgerFilter
from reports.ledger.rows import LedgerRow, newest_date
from reports.numbers.headlines import headlines_of
from reports.overview.trend_chart import Trend
from reports.projects.page import projects_of
from reports.stats.areas import by_area
from reports.stats.lights import tally
from reports.stats.moves import moves
from reports.stats.severity import behind
from reports.stats.trend import history_of, trend
from tasks.models import Plan
from units.actors import Actor
from units.city.words import said


def own_portfolio(actor: Actor, rows: Sequence[LedgerRow]) -> str:
    """The id of the actor's post where it is in charge of any of the rows; else empty."""
    own = actor.appointment.post_id
    return str(own) if any(post.pk == own for row in rows for post in row.posts) else ""


def overview_page(
    plan: Plan, filters: LedgerFilter, today: date, *, everything_behind: bool
) -> dict[str, Any]:
    """The context of the page. What stands now is without figures and trend: those are of 定稿."""
    rows, chosen = filters.matching_rows(), filters.chosen
    is_live = LIVE in chosen
    context = {
        "leaders": filters.index.facet("leader", said("分管市领导"), chosen),
        "own_post": str(filters.actor.appointment.post_id or ""),
        "leader": chosen.get("leader", ""),
        "is_live": is_live,
        # goes before every further filter of a link to the ledger
        "scope": "".join(f"{urlencode({key: value})}&" for key, value in chosen.items()),
        "tally": tally(rows),
        "moves": moves(rows),
        "as_of": newest_date(rows),
        "behind": behind(rows, everything=everything_behind),
        "areas": by_area(rows),
        "project_tally": tally([row for row in rows if row.task.is_project]),
    }
    return context if is_live else context | _of_finalized(plan, rows, today)


def _of_finalized(plan: Plan, rows: Sequence[LedgerRow], today: date) -> dict[str, Any]:
    problems = problems_of(rows)
    return {
        "short": sum(map(is_short, rows)),
        "problems": problems,
        "asking": len({each.row.task.pk for each in problems}),
        "projects": projects_of(rows),
        "headlines": headlines_of(plan, today),
        "trend": Trend(tuple(trend(rows, history_of(rows)))),
    }
