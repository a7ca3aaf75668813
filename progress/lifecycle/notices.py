"""What is told in the transition itself: the unit of 退回 and 通过, an officer of a 通过 that was
held and not carried out, the office of what came in again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from progress.models import HeldAcceptance, ProgressReport
from progress.telling.notice import DECIDED, DONE, TO_DO, tell
from progress.telling.people import holders_of, people_of
from units.models import Role
from units.models.people import UNIT_ROLES


def tell_returned(report: ProgressReport, number: int, reason: str, now: datetime) -> None:
    """Tell the unit that version `number` came back from the office, and why."""
    text = f"{report.task}：{report.period.label}进展被督查室退回。{reason}"
    _tell(report, f"returned:{number}", text, UNIT_ROLES, now)


def tell_returned_by_signer(
    report: ProgressReport, number: int, reason: str, now: datetime
) -> None:
    """Tell the liaison that the head of the unit did not sign version `number`, and why."""
    text = f"{report.task}：{report.period.label}进展被本单位负责人退回。{reason}"
    _tell(report, f"unsigned:{number}", text, (Role.REPORTER,), now)


def tell_accepted(report: ProgressReport, number: int, now: datetime) -> None:
    """Tell the liaison that version `number` was accepted."""
    text = f"{report.task}：{report.period.label}进展已通过审核。"
    _tell(report, f"accepted:{number}", text, (Role.REPORTER,), now, urgency=DONE)


def tell_filed_again(report: ProgressReport, number: int, now: datetime) -> None:
    """Tell the office that what it sent back, or what is corrected, came in again."""
    tell(
        holders_of(Role.OFFICE, now.date()),
        f"report:{report.pk}",
        f"again:{number}",
        f"{report.unit}重新报送{report.task}{report.period.label}进展（第{number}稿），请审核。",
        reverse("progress:review_report", args=[report.period.plan.slug, report.pk]),
        now=now,
        urgency=DECIDED,
        report=report,
        once=True,
    )


def tell_not_accepted(held: HeldAcceptance, why: str, now: datetime) -> None:
    """Tell who held a 通过 that it was not carried out, with the own words for print."""
    report = held.report
    text = f"{report}没有通过：{why}"
    if held.digest != held.version.progress:
        text += f"您填写的采用稿：{held.digest}"
    tell(
        {held.held_by: None},
        f"report:{report.pk}",
        f"held:{held.pk}",
        text,
        reverse("progress:report", args=[report.period.plan.slug, report.pk]),
        now=now,
        urgency=DECIDED,
        report=report,
    )


def _tell(
    report: ProgressReport,
    rung: str,
    text: str,
    roles: Iterable[Role],
    now: datetime,
    *,
    urgency: int = TO_DO,
) -> None:
    tell(
        people_of(report.unit, day=now.date(), roles=roles),
        f"report:{report.pk}",
        rung,
        text,
        reverse("progress:report", args=[report.period.plan.slug, report.pk]),
        now=now,
        urgency=urgency,
        report=report,
    )
