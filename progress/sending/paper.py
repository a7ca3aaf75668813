"""纸质审签 of several reports: one scan of all stamped sheets, each report leaves with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from progress.evidence.uploads import attach
from progress.lifecycle.by_unit import sign_offline
from progress.lifecycle.permissions import can_send_signed_sheet
from progress.models import Evidence, EvidenceKind, ProgressReport, ReportState
from progress.sending.acts import Outcome
from units.actors import Actor
from units.errors import NotNow, Refused
from units.files.keeping import gone_on_failure
from units.files.uploads import Checked
from units.permissions import require

NOT_A_SCAN = "盖章报送单请上传扫描件或照片（PDF、OFD、JPG、PNG）。"


def sign_on_paper(
    reports: Sequence[ProgressReport], *, checked: Checked, actor: Actor, now: datetime
) -> list[Outcome]:
    """The scan is the signature of each report; one that cannot leave keeps none of the others
    back. Raises `NotNow` for what is no scan.
    """
    if not checked.kind.is_scan:
        raise NotNow(NOT_A_SCAN)
    return [_sign_one(report, checked, actor, now) for report in reports]


def _sign_one(report: ProgressReport, checked: Checked, actor: Actor, now: datetime) -> Outcome:
    kept: list[Evidence] = []
    try:
        require(can_send_signed_sheet(actor, report))
        version = report.latest()
        if version is None or report.state != ReportState.SIGNING:
            raise NotNow(f"当前为“{report.get_state_display()}”")
        with gone_on_failure(kept), transaction.atomic():
            sheet = attach(
                checked=checked,
                kind=EvidenceKind.SIGNED_SHEET,
                task=report.task,
                unit=report.unit,
                subject=report,
                actor=actor,
                now=now,
                version=version,
            )
            kept.append(sheet)
            sign_offline(report=report, actor=actor, now=now, sheet=sheet)
    except (NotNow, Refused) as problem:
        return Outcome(str(report), str(problem).rstrip("。"))
    return Outcome(str(report))
