"""What the unit does with its report: send for signing, withdraw, sign, return to the liaison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from progress.checking.copies import with_copies
from progress.checking.look import Look, examine
from progress.contents.frozen_lists import freeze
from progress.contents.versions import next_version
from progress.lifecycle.notices import tell_filed_again, tell_returned_by_signer
from progress.lifecycle.permissions import window
from progress.lifecycle.workflow import REPORTS
from progress.models import (
    Decision,
    Evidence,
    EvidenceKind,
    ProgressReport,
    Reading,
    ReportVersion,
    Signature,
)
from units.actors import Actor, has_signer
from units.errors import NotNow


def submit(
    *, report: ProgressReport, actor: Actor, now: datetime, look: Look | None = None
) -> ProgressReport:
    """送本单位审签. Raises `NotNow` outside the window or while findings are not dealt with.

    `look`, just made, is believed while nobody saved since; else the version is examined here.
    """
    figures: dict[str, Any] = {}

    def stamp(locked: ProgressReport) -> Sequence[str]:
        _require_window(locked, now.date())
        version = latest_of(locked)
        seen = look if look is not None and look.holds_for(version) else examine(version)
        if found := with_copies(seen).objections:
            raise NotNow(f"还有{len(found)}处需要处理：{found[0].sentence}")
        version.submitted_at, version.submitted_by = now, actor.user
        version.submitted_by_name = actor.name
        version.save(update_fields=["submitted_at", "submitted_by", "submitted_by_name"])
        figures.update(_figures_of(seen.version or version), sub_items=freeze(version))
        return ()

    return REPORTS.perform("submit", report, actor=actor, now=now, stamp=stamp, details=figures)


def withdraw(*, report: ProgressReport, actor: Actor, now: datetime) -> ProgressReport:
    """撤回: take it back before the signer acts."""
    return REPORTS.perform("withdraw", report, actor=actor, now=now)


def sign(*, report: ProgressReport, actor: Actor, now: datetime, seen: str = "") -> ProgressReport:
    """审签并报送: the head of the unit signs on screen, and the report leaves the unit.

    `seen`: the stamp of the version that was read (`ReportVersion.stamp`); empty asks nothing.
    Raises `NotNow` when the liaison withdrew it, changed it and sent it again meanwhile.
    """

    def stamp(locked: ProgressReport) -> Sequence[str]:
        version = latest_of(locked)
        if seen and seen != version.stamp:
            raise NotNow(f"{report}在您打开后有改动，没有审签。请核对现在的内容后再审签。")
        return _leave(version, Signature.ONLINE, actor, now)

    return REPORTS.perform("sign", report, actor=actor, now=now, stamp=stamp)


def sign_offline(
    *, report: ProgressReport, actor: Actor, now: datetime, sheet: Evidence
) -> ProgressReport:
    """线下审签: the stamped sheet, scanned and attached to this version, is the signature."""

    def stamp(locked: ProgressReport) -> Sequence[str]:
        version = latest_of(locked)
        if sheet.kind != EvidenceKind.SIGNED_SHEET or sheet.version_id != version.pk:
            raise NotNow("请上传本稿的盖章报送单扫描件。")
        return _leave(version, Signature.OFFLINE, actor, now)

    return REPORTS.perform("sign_offline", report, actor=actor, now=now, stamp=stamp)


def send_unsigned(
    *, report: ProgressReport, actor: Actor, now: datetime, reason: str
) -> ProgressReport:
    """未经审签报送, marked as such: by the office, or where the unit has nobody who signs."""
    _require_reason(reason, "请填写未经审签的原因。")

    def stamp(locked: ProgressReport) -> Sequence[str]:
        if not actor.is_office and has_signer(locked.unit, now.date()):
            raise NotNow(f"{locked.unit}有负责人，请送审签。")
        return _leave(latest_of(locked), Signature.UNSIGNED, actor, now)

    return REPORTS.perform(
        "send_unsigned", report, actor=actor, now=now, stamp=stamp, reason=reason
    )


def return_to_liaison(
    *, report: ProgressReport, actor: Actor, now: datetime, reason: str
) -> ProgressReport:
    """退回联络员 before it leaves the unit: no return in the statistics of the office."""
    _require_reason(reason, "请填写退回原因。")

    def stamp(locked: ProgressReport) -> Sequence[str]:
        version = latest_of(locked)
        mark_returned(version, actor, now, reason)
        tell_returned_by_signer(locked, version.number, reason, now)
        return ()

    return REPORTS.perform(
        "return_to_liaison", report, actor=actor, now=now, stamp=stamp, reason=reason
    )


def latest_of(report: ProgressReport) -> ReportVersion:
    """The version that a transition is about. Raises `NotNow` when nothing was typed yet."""
    version = report.latest()
    if version is None:
        raise NotNow(f"{report}尚未填写。")
    return version


def mark_returned(version: ReportVersion, actor: Actor, now: datetime, reason: str) -> None:
    """Decide against `version` and make the next one; the returned one stays as it was filed."""
    version.decision, version.decided_at, version.decided_by = Decision.RETURNED, now, actor.user
    version.decided_by_name, version.return_reason = actor.name, reason
    version.save(
        update_fields=["decision", "decided_at", "decided_by", "decided_by_name", "return_reason"]
    )
    next_version(version)


def _leave(
    version: ReportVersion, signature: Signature, actor: Actor, now: datetime
) -> Sequence[str]:
    """Stamp the signature and the moment at which the report first left the unit."""
    report = version.report
    _require_window(report, now.date())
    version.signature, version.signed_at = signature, now
    version.signed_by, version.signed_by_name = actor.user, actor.name
    version.save(update_fields=["signature", "signed_at", "signed_by", "signed_by_name"])
    if report.first_left_at is not None:
        tell_filed_again(report, version.number, now)
        return ()
    report.first_left_at = now
    return ("first_left_at",)


def _require_window(report: ProgressReport, today: date) -> None:
    verdict = window(report, today)
    if not verdict:
        raise NotNow(verdict.reason)


def _require_reason(reason: str, otherwise: str) -> None:
    if not reason.strip():
        raise NotNow(otherwise)


def _figures_of(version: ReportVersion) -> dict[str, Any]:
    """What the log keeps of a filing, which was looked at: every number, the city's behind those of
    the units, and every date of a milestone.
    """
    readings = sorted(version.readings.all(), key=_place)
    steps = sorted(version.milestone_readings.all(), key=attrgetter("milestone_id"))
    return {
        "version": version.number,
        "readings": [[r.indicator_id, r.unit_id, r.value, r.started] for r in readings],
        "milestones": [[step.milestone_id, step.done_on] for step in steps],
    }


def _place(reading: Reading) -> tuple[int, bool, int]:
    return reading.indicator_id, reading.unit_id is None, reading.unit_id or 0
