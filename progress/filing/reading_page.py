"""The page of a report that is only read: what was filed, and what this person may do with it
now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from progress.checking.look import files_of, look_at, look_at_accepted
from progress.contents.versions import versions_of
from progress.filing.page import heading_of, page_of
from progress.lifecycle.permissions import can_see_drafts, can_write, window
from progress.lifecycle.workflow import REPORTS
from progress.models import ProgressReport, ReportVersion
from units.actors import Actor


def reading_page(
    report: ProgressReport,
    actor: Actor,
    today: date,
    versions: Sequence[ReportVersion] | None = None,
) -> dict[str, Any]:
    """What `actor` sees of `report`: the latest version with findings, or only the accepted one.

    `versions`, the newest first, spares their query to a caller that has loaded them.
    """
    sees_drafts = bool(can_see_drafts(actor, report))
    if sees_drafts and versions is None:
        versions = versions_of(report)
    versions = versions if versions is not None and sees_drafts else []
    if sees_drafts:
        look = look_at(report, versions[0] if versions else None)
    else:
        look = look_at_accepted(report)
    names = {transition.name: transition for transition in REPORTS.available(report, actor)}
    may_write = can_write(actor, report)
    open_now = window(report, today)
    return heading_of(report) | {
        "look": look,
        "page": page_of(look),
        "sees_drafts": sees_drafts,
        "versions": [each for each in versions if each.decision or each.submitted_at],
        "files": files_of(report, actor),
        "may": names,
        "closed_reason": open_now.reason if may_write and report.is_editable else "",
        "today": today,
    }
