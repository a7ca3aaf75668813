"""What is owed on an item now, and the one button for whoever has to act on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from progress.lifecycle.permissions import can_see_drafts
from progress.models import ProgressReport, ReportState
from progress.periods.owed import Reliefs, filing_state, is_under_way, still_owed
from progress.todo.filings import due_of, kind_of
from reports.desk.todo import button_of
from units.actors import Actor


@dataclass(frozen=True)
class OwedHere:
    """A filing of the item that is not finalized. `view` is the name of the page it leads to."""

    report: ProgressReport
    state: str
    button: str
    is_mine: bool
    view: str
    due_on: date | None


def owed_here(
    reports: Iterable[ProgressReport], reliefs: Reliefs, actor: Actor, today: date
) -> list[OwedHere]:
    """The unit's own, to the office all of them; whoever only reads sees none.

    `reports` come from `owed.with_versions`. The report of the item comes before its parts.
    """
    own = [
        report
        for report in reports
        if can_see_drafts(actor, report)
        and is_under_way(report, today)
        and still_owed(report, reliefs)
    ]
    found = [_owed(report, actor, today) for report in own]
    return sorted(
        found, key=lambda o: (not o.is_mine, o.report.due_on, not o.report.is_main, o.report.pk)
    )


def _owed(report: ProgressReport, actor: Actor, today: date) -> OwedHere:
    state, due_on = filing_state(report, today), due_of(report)
    if actor.is_office:
        waits = report.state == ReportState.REVIEWING
        view = "progress:review_report" if waits else "progress:report"
        return OwedHere(report, state, "审核" if waits else "查看", waits, view, due_on)
    if report.state in (ReportState.REVIEWING, ReportState.ACCEPTED):
        return OwedHere(report, state, "查看", False, "progress:report", None)
    kind = kind_of(report, today, is_signer=actor.is_signer)
    button, is_mine = button_of(report, kind, actor, today)
    return OwedHere(report, state, button, is_mine, "progress:report", due_on)
