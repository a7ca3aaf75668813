"""Filings as they lie with a unit: what it has to do, and what it has sent on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from progress.models import ProgressReport, ReportState
from progress.periods.filed import Filed, as_rows
from progress.periods.owed import Filing, filing_state
from units.asking.rows import prepared_rows

RETURNED, SIGNING, DRAFT = ReportState.RETURNED, ReportState.SIGNING, ReportState.DRAFT
IN_UNIT = (DRAFT, RETURNED, SIGNING)  # what has not left its unit


@prepared_rows
def filings_of_unit(plan_ids: tuple[int, ...], unit_id: int) -> QuerySet[Any, Any]:
    """All filings of a unit in its years, for `progress.periods.filed.read`."""
    of_unit = ProgressReport.objects.filter(responsibility__unit=unit_id)
    return as_rows(of_unit.filter(period__plan__in=plan_ids), ("due_on", "pk"))


def kind_of(report: Filing, today: date, *, is_signer: bool) -> str:
    """Where it stands in the list; for the head of the unit a signature is owed, late or not."""
    state = str(report.state)
    if state == RETURNED or (state == SIGNING and is_signer):
        return state
    return filing_state(report, today)


def due_of(report: Filing) -> date | None:
    """The day until which it is expected now; a correction has none."""
    if report.state == RETURNED and report.return_due_on is not None:
        return report.return_due_on
    if report.accepted_version_id is not None:
        return None
    return report.due_on if report.reopened_until is None else report.reopened_until


def is_sent(report: Filed, *, is_signer: bool) -> bool:
    """Whether it lies with somebody else now: with the signer, or with the office."""
    return report.state == ReportState.REVIEWING or (report.state == SIGNING and not is_signer)
