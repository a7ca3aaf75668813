"""What happened to an item, as far as this actor may know it, out of its filings and decisions:
办理情况, newest first, and 调整与办结. Act by act, out of the log, it is told by `trail`.

Everybody on the item sees what was accepted; drafts, returns and filings under way are for the unit
that wrote them and for the office (design.md section 4, Who sees what).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from huangshi_tasks.lib import text
from progress.judging.loading import deadline_on
from progress.lifecycle.permissions import can_see_drafts
from progress.models import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureState,
    Decision,
    DecisionState,
    Duty,
    Period,
    ProgressReport,
    ReportState,
    ReportVersion,
)
from tasks.models import Indicator, IndicatorTarget, ResponsibilityRole, Task
from units.actors import Actor
from units.models import Approval
from units.models.units import place_of

ONE_DAY = timedelta(days=1)


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
        if can_see_drafts(actor, report):
            events += _own(report, versions)
    events += [_shares(period, those) for period, those in shares.items()]
    return sorted(events, key=lambda event: event.at, reverse=True)


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
            f"{report.unit_name} {report.period.label}进展{mark}",
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
        parts=[f"{_place(version.report)}：{_filed(version)}" for version in filed],
    )


def _place(report: ProgressReport) -> str:
    return place_of(report.unit_name, report.unit.kind)


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
    title = f"{who} 退回{report.unit_name}{report.period.label}进展"
    note = f"第{version.number}稿：{_filed(version)}"
    return [Event("returned", version.decided_at, title, version.return_reason, note)]


def _under_way(report: ProgressReport, version: ReportVersion) -> list[Event]:
    if report.state not in (ReportState.SIGNING, ReportState.REVIEWING):
        return []
    at = version.signed_at or version.submitted_at
    if at is None:
        return []
    verb = "报送" if version.signed_at else "送审签"
    title = f"{report.unit_name} {verb}{report.period.label}进展"
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
    title = f"{report.unit_name} {report.period.label}进展"
    note = f"{version.edited_by_name}保存，尚未报送"
    return [Event("report", version.edited_at, title, version.progress, note, "draft", report)]


@dataclass(frozen=True)
class Decided:
    """One decision, or a request for one."""

    kind: str
    state: str
    what: str
    reason: str
    approval: Approval | None


def decisions_of(
    task: Task, adjustments: Iterable[Adjustment], closures: Iterable[Closure], actor: Actor
) -> list[Decided]:
    """Those that the actor may know: whoever only reads sees what was approved.

    `task` comes from `progress.judging.loading.load_tasks`, the decisions with their approvals.
    """
    found = [
        Decided(
            each.get_kind_display(),
            each.get_state_display(),
            _what(task, each),
            each.reason,
            each.approval,
        )
        for each in adjustments
        if not actor.is_reader or each.state == DecisionState.REGISTERED
    ]
    return found + [
        Decided("办结销号", each.get_state_display(), _outcome(each), each.statement, each.approval)
        for each in closures
        if not actor.is_reader or each.state == ClosureState.CLOSED
    ]


def _what(task: Task, adjustment: Adjustment) -> str:
    since = f"自{text.long_day(adjustment.starts_on)}起"
    if adjustment.ends_on:
        since += f"至{text.long_day(adjustment.ends_on)}止"
    try:
        change = _change(task, adjustment)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        change = ""  # a request may be incomplete; what is registered was checked
    return f"{change}，{since}" if change else since


def _change(task: Task, adjustment: Adjustment) -> str:
    before = adjustment.starts_on - ONE_DAY
    if adjustment.kind == AdjustmentKind.EXTENSION:
        new = date.fromisoformat(str(adjustment.detail["due_on"]))
        return f"完成时限由{text.long_day(deadline_on(task, before))}改为{text.long_day(new)}"
    if adjustment.kind == AdjustmentKind.TARGET:
        indicators: dict[int, Indicator] = {each.pk: each for each in task.indicators.all()}
        return _target(indicators[adjustment.detail["indicator"]], adjustment, before)
    if adjustment.kind == AdjustmentKind.RESPONSIBILITY and "then" in adjustment.before:
        was, now = (_leads(adjustment.before[name]) for name in ("held", "then"))
        if not was and now:  # 暂缓 till then
            return f"明确牵头单位为{now}"
        return f"牵头单位由{was}改为{now}" if was != now else "配合单位调整"
    return ""


def _leads(rows: list[list[Any]]) -> str:
    """市住建局（汇总牵头）、市城管委: as they were called when it was registered."""
    leading = [row for row in rows if row[1] != ResponsibilityRole.SUPPORT]
    return "、".join(f"{name}（汇总牵头）" if first else name for name, _, first in leading)


def _target(indicator: Indicator, adjustment: Adjustment, before: date) -> str:
    held = indicator.target_on(before)
    wanted = IndicatorTarget(
        value=adjustment.detail["value"], upper=adjustment.detail.get("upper") or None
    )
    unit = indicator.unit_of_measure
    name = text.full_width(indicator.name)
    was = f"由{_value(held)}{unit}" if held is not None else ""
    return f"{name}{was}改为{_value(wanted)}{unit}"


def _value(target: IndicatorTarget) -> str:
    end = f"—{text.number(target.upper)}" if target.upper is not None else ""
    return f"{text.number(target.value)}{end}"


def _outcome(closure: Closure) -> str:
    if closure.closed_on is None:
        return f"{text.long_day(closure.claimed_on)}申请办结"
    return f"{text.long_day(closure.closed_on)}销号，{closure.get_outcome_display()}"
