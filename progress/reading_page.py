"""The page of a report that is only read: what was filed, and what this person may do with it
now.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from progress.form_page import heading_of, page_of
from progress.looking import files_of, look_at
from progress.models import Decision, ProgressReport
from progress.permissions import can_see_drafts, can_write, window
from progress.tables import REPORTS
from progress.versions import versions_of
from units.actors import Actor

# A transition that needs more than a click has a form of its own on the page.
WITH_REASON = ("return_to_liaison", "correct", "send_unsigned")


def reading_page(report: ProgressReport, actor: Actor, today: date) -> dict[str, Any]:
    """What `actor` sees of `report`: the latest version with findings, or only the accepted one."""
    sees_drafts = bool(can_see_drafts(actor, report))
    versions = versions_of(report) if sees_drafts else []
    latest = versions[0] if versions else None
    version = latest if sees_drafts else report.accepted_version
    look = look_at(report, version)
    names = {transition.name: transition for transition in REPORTS.available(report, actor)}
    may_write = can_write(actor, report)
    open_now = window(report, today)
    return heading_of(report) | {
        "look": look,
        "page": page_of(look),
        "sees_drafts": sees_drafts,
        "versions": [each for each in versions if each.decision or each.submitted_at],
        "files": files_of(report) if sees_drafts else _accepted_files(report),
        "may": names,
        "with_reason": [names[name] for name in WITH_REASON if name in names],
        "closed_reason": open_now.reason if may_write and report.is_editable else "",
        "today": today,
    }


def _accepted_files(report: ProgressReport) -> list[Any]:
    return [
        file
        for file in files_of(report)
        if file.version is not None and file.version.decision == Decision.ACCEPTED
    ]
