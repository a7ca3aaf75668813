"""What the office does with a report: accept, return, and open it again after that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from progress.contents.versions import next_version
from progress.lifecycle.by_unit import latest_of, mark_returned
from progress.lifecycle.notices import tell_accepted, tell_not_accepted, tell_returned
from progress.lifecycle.workflow import REPORTS
from progress.models import Decision, HeldAcceptance, ProgressReport, Reading, ReportVersion
from progress.periods.calendar import RETURN_WORKDAYS
from progress.states import Light
from tasks.models import Milestone
from units.actors import Actor
from units.calendar.workdays import add_workdays
from units.errors import NotNow

Verified = Mapping[int, tuple[Decimal, str]]
FILED_AGAIN = "{report}在您查看后已重报，本页已换成新稿，请核对后再审核。"


def accept(
    *,
    report: ProgressReport,
    actor: Actor,
    now: datetime,
    digest: str = "",
    next_digest: str = "",
    verified: Verified | None = None,
    override_light: str = "",
    override_reason: str = "",
    seen: str = "",
) -> ProgressReport:
    """通过, with the office's short texts for print (default: the unit's own).

    `verified`: reading id → (核定数, why); statistics use it instead of the filed figure. `seen`:
    id of the version that the reviewer read; raises `NotNow` when it is not the latest any more.
    """
    details: dict[str, Any] = {}
    given = Given(verified or {}, override_light, override_reason, seen)

    def stamp(locked: ProgressReport) -> Sequence[str]:
        version, readings = _asked_about(locked, given)
        _verify(readings, given.verified, actor)
        details["verified"] = [_trace_of(reading) for reading in readings]
        set_override(version, override_light, override_reason)
        version.digest = digest.strip() or version.progress
        version.next_digest = next_digest.strip() or version.next_steps
        _mark_accepted(version, actor, now)
        _take_over_milestones(version)
        locked.accepted_version, locked.return_due_on = version, None
        HeldAcceptance.objects.filter(report=locked).delete()
        tell_accepted(locked, version.number, now)
        return ("accepted_version", "return_due_on")

    return REPORTS.perform("accept", report, actor=actor, now=now, stamp=stamp, details=details)


class Given(NamedTuple):
    """What may be wrong with a 通过, of what `accept` takes."""

    verified: Verified
    override_light: str
    override_reason: str
    seen: str


def acceptable(locked: ProgressReport, actor: Actor, given: Given) -> ReportVersion:
    """The version that `accept` would accept of the locked report; raises what it would raise."""
    REPORTS.require("accept", locked, actor)
    version, _ = _asked_about(locked, given)
    return version


def _asked_about(locked: ProgressReport, given: Given) -> tuple[ReportVersion, Sequence[Reading]]:
    """The version to accept, and the readings to verify; raises `NotNow` for what is wrong."""
    version = _latest_as_seen(locked, given.seen)
    readings = list(version.readings.filter(pk__in=given.verified)) if given.verified else []
    if len(readings) != len(given.verified):
        raise NotNow("核定数不属于这份填报，请刷新页面。")
    if not all(reason.strip() for _, reason in given.verified.values()):
        raise NotNow("核定数须填写原因。")
    require_override(given.override_light, given.override_reason)
    return version, readings


def return_to_unit(
    *,
    report: ProgressReport,
    actor: Actor,
    now: datetime,
    reason: str,
    first_was_empty: bool = False,
    seen: str = "",
) -> ProgressReport:
    """退回, with its own deadline. `first_was_empty` (空报) takes the first filing's timeliness.

    `seen` as in `accept`. It overtakes a 通过 that is held, whoever holds it (`lifecycle.held`).
    """
    if not reason.strip():
        raise NotNow("请填写退回原因。")

    def stamp(locked: ProgressReport) -> Sequence[str]:
        version = _latest_as_seen(locked, seen)
        mark_returned(version, actor, now, reason)
        _overtake(locked, actor, now)
        tell_returned(locked, version.number, reason, now)
        locked.return_due_on = add_workdays(now.date(), RETURN_WORKDAYS)
        locked.first_was_empty = locked.first_was_empty or first_was_empty
        return ("return_due_on", "first_was_empty")

    return REPORTS.perform(
        "return_to_unit", report, actor=actor, now=now, stamp=stamp, reason=reason
    )


def correct(*, report: ProgressReport, actor: Actor, now: datetime, reason: str) -> ProgressReport:
    """更正: a new version of an accepted report; the accepted one stands until it is accepted."""
    if not reason.strip():
        raise NotNow("请填写更正原因。")

    def stamp(locked: ProgressReport) -> Sequence[str]:
        next_version(latest_of(locked), is_correction=True)
        return ()

    return REPORTS.perform("correct", report, actor=actor, now=now, stamp=stamp, reason=reason)


def reopen(
    *, report: ProgressReport, actor: Actor, now: datetime, reason: str, until: date
) -> ProgressReport:
    """补报: open a report again until a day. Of an accepted one it is a correction."""
    if not reason.strip():
        raise NotNow("请填写补报原因。")
    if until < now.date():
        raise NotNow("补报期限不能早于今天。")

    def stamp(locked: ProgressReport) -> Sequence[str]:
        version = locked.latest()
        if version is not None and version.decision == Decision.ACCEPTED:
            next_version(version, is_correction=True)
        locked.reopened_until, locked.reopen_reason = until, reason
        return ("reopened_until", "reopen_reason")

    return REPORTS.perform(
        "reopen",
        report,
        actor=actor,
        now=now,
        stamp=stamp,
        reason=reason,
        details={"reopened_until": until},
    )


def _overtake(report: ProgressReport, actor: Actor, now: datetime) -> None:
    """A 通过 that is held is over; who else held it is told by whom."""
    for held in HeldAcceptance.objects.filter(report=report).select_related("held_by", "version"):
        held.report = report
        HeldAcceptance.objects.filter(pk=held.pk).delete()
        if held.held_by_id != actor.user.pk:
            tell_not_accepted(held, f"{actor.name}已退回。", now)


def require_override(light: str, reason: str) -> None:
    """Raise `NotNow` unless it is a light with its reason, or none."""
    if light and (light == Light.IN_REVIEW or light not in list(Light)):
        raise NotNow("请选择一种进度状态。")
    if light and not reason.strip():
        raise NotNow("调整状态须填写原因。")


def set_override(version: ReportVersion, light: str, reason: str) -> None:
    """Put the office's own light beside the computed one. Saving is the caller's."""
    require_override(light, reason)
    version.override_light = light
    version.override_reason = reason.strip() if light else ""


def _latest_as_seen(report: ProgressReport, seen: str) -> ReportVersion:
    """The version to decide on. Returned and filed again meanwhile, it must be read first."""
    version = latest_of(report)
    if seen and seen != str(version.pk):
        raise NotNow(FILED_AGAIN.format(report=report))
    return version


def _verify(readings: Sequence[Reading], verified: Verified, actor: Actor) -> None:
    for reading in readings:
        value, reason = verified[reading.pk]
        set_verified(reading, value, reason.strip(), actor)


def set_verified(reading: Reading, value: Decimal, reason: str, actor: Actor) -> None:
    """核定数: statistics use it instead of the filed one. Checks and log are the caller's."""
    reading.verified, reading.verified_reason = value, reason
    reading.verified_by = actor.user
    reading.save(update_fields=["verified", "verified_reason", "verified_by"])


def _trace_of(reading: Reading) -> list[Any]:
    return [reading.indicator_id, reading.unit_id, reading.value, reading.verified]


def _mark_accepted(version: ReportVersion, actor: Actor, now: datetime) -> None:
    version.decision, version.decided_at = Decision.ACCEPTED, now
    version.decided_by, version.decided_by_name = actor.user, actor.name
    version.save(
        update_fields=[
            "decision",
            "decided_at",
            "decided_by",
            "decided_by_name",
            "digest",
            "next_digest",
            "override_light",
            "override_reason",
        ]
    )


def _take_over_milestones(version: ReportVersion) -> None:
    """The accepted completion dates become those of the milestones themselves."""
    for step in version.milestone_readings.select_related("milestone"):
        milestone: Milestone = step.milestone
        if milestone.done_on != step.done_on:
            milestone.done_on = step.done_on
            milestone.save(update_fields=["done_on"])
