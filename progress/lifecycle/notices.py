"""What is told at once: 退回 and 通过. Rows of the same ledger, written in the transition itself.

A notice that the transaction writes cannot be lost between the decision and the telling.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from progress.models import ProgressReport, Reminder
from progress.telling.notice import fitted, people_of
from units.models import Role

RETURNED_URGENCY, ACCEPTED_URGENCY = 9, 0


def tell_returned(report: ProgressReport, number: int, reason: str, now: datetime) -> None:
    """Tell the unit that version `number` came back from the office, and why."""
    text = f"{report.task}：{report.period.label}进展被督查室退回。{reason}"
    _tell(report, f"returned:{number}", text, RETURNED_URGENCY, (Role.REPORTER, Role.SIGNER), now)


def tell_returned_by_signer(
    report: ProgressReport, number: int, reason: str, now: datetime
) -> None:
    """Tell the liaison that the head of the unit did not sign version `number`, and why."""
    text = f"{report.task}：{report.period.label}进展被本单位负责人退回。{reason}"
    _tell(report, f"unsigned:{number}", text, RETURNED_URGENCY, (Role.REPORTER,), now)


def tell_accepted(report: ProgressReport, number: int, now: datetime) -> None:
    """Tell the liaison that version `number` was accepted."""
    text = f"{report.task}：{report.period.label}进展已通过审核。"
    _tell(report, f"accepted:{number}", text, ACCEPTED_URGENCY, (Role.REPORTER,), now)


def _tell(
    report: ProgressReport,
    rung: str,
    text: str,
    urgency: int,
    roles: Iterable[Role],
    now: datetime,
) -> None:
    Reminder.objects.bulk_create(
        Reminder(
            subject=f"report:{report.pk}",
            rung=rung,
            recipient=person,
            unit=report.unit,
            report=report,
            due_on=now.date(),
            urgency=urgency,
            is_immediate=True,
            text=fitted(text),
            link=reverse("progress:report", args=[report.period.plan.slug, report.pk]),
        )
        for person in people_of(report.unit, now.date(), roles)
    )
