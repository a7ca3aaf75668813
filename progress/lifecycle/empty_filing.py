"""空报: the office finds, at any time, that a first filing held nothing, or takes that back.

What it costs is the timeliness of that one filing (design.md section 4, What is owed).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from progress.models import ProgressReport
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

NOT_FILED = "{report}还没有报送，不能认定空报。"


def judge_empty(
    *, report: ProgressReport, reason: str, actor: Actor, now: datetime
) -> ProgressReport:
    """认定空报, or 取消 where it is so judged already; the reason is kept in the log."""
    require(can_run_the_year(actor))
    with transaction.atomic():
        rows = ProgressReport.objects.select_for_update(of=("self",))
        related = rows.select_related("period__plan", "responsibility__task__plan")
        locked = related.get(pk=report.pk)
        if locked.first_left_at is None:
            raise NotNow(NOT_FILED.format(report=locked))
        before = locked.first_was_empty
        locked.first_was_empty = not before
        locked.save(update_fields=["first_was_empty"])
        label = "取消空报" if before else "认定空报"
        log.record(
            actor=actor,
            action="progressreport.judge_empty",
            subject=locked,
            summary=f"{label}：{locked}",
            changes={"first_was_empty": [before, not before]},
            reason=reason,
            now=now,
        )
    return locked
