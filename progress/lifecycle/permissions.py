"""May this person do this with this report, period or decision? A refusal says why.

Acting is bound to the appointment: a stand-in acts under an appointment with the role it stands in
for, so nothing here asks about standing in.
"""

from __future__ import annotations

from datetime import date

from huangshi_tasks.lib import text
from progress.models import (
    ProgressReport,
    ReportVersion,
)
from progress.periods.owed import Filing
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied


def _is_of_the_unit(actor: Actor, report: ProgressReport) -> bool:
    return actor.is_of_a_unit and actor.unit_id == report.unit.pk


def can_write(actor: Actor, report: ProgressReport) -> Verdict:
    """Type, and send for signing: the liaison of the unit that owes the report."""
    if actor.is_reporter and _is_of_the_unit(actor, report):
        return ALLOWED
    return denied(f"此项进展由{report.unit}联络员填报。")


def can_sign(actor: Actor, report: ProgressReport) -> Verdict:
    """Sign on screen: the head of the unit that owes the report."""
    if actor.is_signer and _is_of_the_unit(actor, report):
        return ALLOWED
    return denied(f"此项进展由{report.unit}负责人审签。")


def can_send_signed_sheet(actor: Actor, report: ProgressReport) -> Verdict:
    """Send with the stamped sheet: anyone of the unit, for the signature is on paper."""
    if _is_of_the_unit(actor, report):
        return ALLOWED
    return denied(f"此项进展由{report.unit}报送。")


def can_send_unsigned(actor: Actor, report: ProgressReport) -> Verdict:
    """Let it leave without a signature, marked as such: the office, or the unit's liaison."""
    return ALLOWED if actor.is_office else can_write(actor, report)


def can_review(actor: Actor, report: ProgressReport) -> Verdict:
    """Decide on the latest version: who may verify it."""
    return can_review_version(actor, report.latest())


def can_review_version(actor: Actor, version: ReportVersion | None) -> Verdict:
    """The office, and in it nobody who wrote, sent or signed this version."""
    if not actor.is_office:
        return denied("进展填报由督查室审核。")
    if version is not None and actor.user.pk in _hands_of(version):
        return denied("本人填报或审签的进展，须由督查室其他人员审核。")
    return ALLOWED


def _hands_of(version: ReportVersion) -> set[int | None]:
    return {version.edited_by_id, version.submitted_by_id, version.signed_by_id}


def can_correct(actor: Actor, report: ProgressReport) -> Verdict:
    """Open an accepted report for correction: its unit's liaison, or the office on its behalf."""
    return ALLOWED if actor.is_office else can_write(actor, report)


def can_reopen(actor: Actor, report: ProgressReport) -> Verdict:
    return ALLOWED if actor.is_office else denied("补报由督查室开启。")


def can_see_drafts(actor: Actor, report: ProgressReport) -> Verdict:
    """Versions not yet accepted, returns and findings: the unit's own and the office's."""
    if actor.is_office or _is_of_the_unit(actor, report):
        return ALLOWED
    return denied(f"未经审核的填报只供{report.unit}和督查室查看。")


def window(report: Filing, today: date) -> Verdict:
    """Whether the report may still be typed and sent on `today`; else why not, and who can help.

    Open from the opening day to its closing day; what was filed once may be filed again until
    定稿; a correction is always open; 补报 opens it until its own day.
    """
    period = report.period
    if report.reopened_until is not None and today <= report.reopened_until:
        return ALLOWED
    if today < period.opens_on:
        return denied(f"{period.label}进展报送{text.day(period.opens_on)}开始。")
    if report.accepted_version_id is not None:
        return ALLOWED
    if period.is_finalized:
        return denied(f"{period.label}已定稿，如需补报，请联系督查室开启。")
    if today <= report.closes_on or report.first_left_at is not None:
        return ALLOWED
    closed = text.day(report.closes_on)
    return denied(f"{period.label}进展报送已于{closed}关闭，如需补报，请联系督查室开启。")
