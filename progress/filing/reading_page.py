"""The page of a report that is only read: what was filed, and what this person may do with it
now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from progress.checking.copies import with_copies
from progress.checking.look import Look, files_of, look_at, look_at_accepted
from progress.contents.versions import versions_of
from progress.filing.page import heading_of, page_of
from progress.lifecycle.permissions import can_see_drafts, can_write, window
from progress.lifecycle.workflow import REPORTS
from progress.models import ProgressReport, ReportVersion
from units.actors import Actor


def reading_page(report: ProgressReport, actor: Actor, today: date) -> dict[str, Any]:
    """What `actor` sees of `report`: the latest version with findings, or only the accepted one."""
    if can_see_drafts(actor, report):
        return latest_page(report, versions_of(report), actor, today)
    return _page(look_at_accepted(report), [], actor, today)


def latest_page(
    report: ProgressReport, versions: Sequence[ReportVersion], actor: Actor, today: date
) -> dict[str, Any]:
    """The page of who sees drafts (`can_see_drafts`). `versions`: all of them, the newest first."""
    look = with_copies(look_at(report, versions[0] if versions else None))
    return _page(look, versions, actor, today) | {"sees_drafts": True}


def _page(
    look: Look, versions: Sequence[ReportVersion], actor: Actor, today: date
) -> dict[str, Any]:
    report = look.report
    names = {transition.name: transition for transition in REPORTS.available(report, actor)}
    may_write = can_write(actor, report)
    open_now = window(report, today)
    return heading_of(report) | {
        "look": look,
        "page": page_of(look),
        "sees_drafts": False,
        "versions": [each for each in versions if each.decision or each.submitted_at],
        "files": files_of(report, actor),
        "may": names,
        "closed_reason": open_now.reason if may_write and report.is_editable else "",
        "today": today,
    }
