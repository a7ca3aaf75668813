"""办理情况: what happened to an item, newest first, as far as this actor may know it.

Everybody on the item sees what was accepted; drafts, returns and filings under way are for the unit
that wrote them and for the office (design.md section 4, Who sees what).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huangshi_tasks.lib import text
from progress.models import Decision, Duty, Period, ProgressReport, ReportState, ReportVersion
from units.actors import Actor


@dataclass(frozen=True)
class Event:
    """One line of the timeline. `kind` is the class of its mark, `state` a tag beside the title."""

    kind: str
    at: datetime
    title: str
    text: str = ""
    note: str = ""
    state: str = ""
    report: ProgressReport | None = None  # whose filing can be opened from here
    parts: list[str] = field(default_factory=list)


def events_of(reports: Iterable[ProgressReport], actor: Actor) -> list[Event]:
    """The events of an item's reports, newest first; reports come with their versions."""
    events: list[Event] = []
    shares: dict[Period, list[ReportVersion]] = defaultdict(list)
    for report in reports:
        versions = sorted(report.versions.all(), key=lambda version: version.number)
        for version in versions:
            if version.decision == Decision.ACCEPTED:
                if report.duty == Duty.SHARE and not version.is_correction:
                    shares[report.period].append(version)
                else:
                    events += _accepted(version, actor)
        if _is_own(report, actor):
            events += _own(report, versions)
    events += [_shares(period, those) for period, those in shares.items()]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _is_own(report: ProgressReport, actor: Actor) -> bool:
    return actor.is_office or (actor.is_of_a_unit and report.unit.pk == actor.unit_id)


def _accepted(version: ReportVersion, actor: Actor) -> list[Event]:
    """An accepted filing: the office's text for print, else what the unit wrote."""
    report = version.report
    if version.decided_at is None:
        return []
    by = version.decided_by_name if actor.is_office else "督查室"
    mark = "（更正）" if version.is_correction else ""
    said = version.digest or version.progress
    if version.no_progress and not said:
        said = f"本期无新进展：{version.no_progress_reason}"
    return [
        Event(
            "accepted",
            version.decided_at,
            f"{report.unit} {report.period.label}进展{mark}",
            said,
            f"{_filed(version)}；{by}{text.moment(version.decided_at)}审核通过",
            str(ReportState.ACCEPTED),
            report,
        )
    ]


def _shares(period: Period, versions: Sequence[ReportVersion]) -> Event:
    """The rows of the counties, accepted without a text of their own: one line for all of them."""
    decided = [version.decided_at for version in versions if version.decided_at is not None]
    filed = sorted(versions, key=lambda version: version.report.unit.ordinal)
    return Event(
        "accepted",
        max(decided),
        f"{len(versions)}个单位{period.label}分县数据",
        state=str(ReportState.ACCEPTED),
        parts=[f"{version.report.unit.place}：{_filed(version)}" for version in filed],
    )


def _filed(version: ReportVersion) -> str:
    """市住建局 联络员填报，市住建局 负责人7月5日14:28线上审签."""
    words = f"{version.submitted_by_name}填报"
    if version.signed_at is None:
        return words
    who = version.signed_by_name if version.signature != "unsigned" else ""
    return f"{words}，{who}{text.moment(version.signed_at)}{version.get_signature_display()}"


def _own(report: ProgressReport, versions: Sequence[ReportVersion]) -> list[Event]:
    """Returns, what is under way and what is being typed."""
    returned = [event for version in versions for event in _returned(version)]
    if not versions or versions[-1].decision:
        return returned
    newest = versions[-1]
    before = versions[-2] if len(versions) > 1 else None
    return returned + _under_way(report, newest) + _draft(report, newest, before)


def _returned(version: ReportVersion) -> list[Event]:
    if version.decision != Decision.RETURNED or version.decided_at is None:
        return []
    report = version.report
    who = "督查室" if version.signed_at else version.decided_by_name
    title = f"{who} 退回{report.unit}{report.period.label}进展"
    note = f"第{version.number}稿：{_filed(version)}"
    return [Event("returned", version.decided_at, title, version.return_reason, note)]


def _under_way(report: ProgressReport, version: ReportVersion) -> list[Event]:
    if report.state not in (ReportState.SIGNING, ReportState.REVIEWING):
        return []
    at = version.signed_at or version.submitted_at
    if at is None:
        return []
    verb = "报送" if version.signed_at else "送审签"
    title = f"{report.unit} {verb}{report.period.label}进展"
    return [
        Event("report", at, title, version.progress, _filed(version), str(report.state), report)
    ]


def _draft(
    report: ProgressReport, version: ReportVersion, before: ReportVersion | None
) -> list[Event]:
    """What is being typed; the copy that a return makes is none until somebody types in it."""
    is_typing = report.state in (ReportState.DRAFT, ReportState.RETURNED)
    if not is_typing or version.edited_at is None:
        return []
    if before is not None and before.decided_at and version.edited_at <= before.decided_at:
        return []
    title = f"{report.unit} {report.period.label}进展"
    note = f"{version.edited_by_name}保存，尚未报送"
    return [Event("report", version.edited_at, title, version.progress, note, "draft", report)]
