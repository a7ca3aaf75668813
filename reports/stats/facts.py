"""Countable facts of units: 未达序时, 未按时报送, 退回, 更正, 未回应; each is one row.

Source: design.md section 4, "Ranking". Only what is finalized counts; no quality marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from progress.contents.promises import promises_of
from progress.judging.loading import by_task
from progress.lights.facts import NEEDS_REASON
from progress.models import Decision, Period, ReportVersion, TaskPeriod
from progress.periods.access import periods_of
from reports.stats.filing_lines import MISSING, PUNCTUAL, FilingLine
from reports.stats.units import LEADING
from tasks.models import Plan, Responsibility, Task
from units.models import Unit

BEHIND, LATE, RETURNED, CORRECTED, UNANSWERED = (
    "behind",
    "late",
    "returned",
    "corrected",
    "unanswered",
)
KINDS = {
    BEHIND: "未达序时进度和未启动",
    LATE: "未按时报送",
    RETURNED: "退回",
    CORRECTED: "更正",
    UNANSWERED: "未说明上期下一步工作",
}


@dataclass(frozen=True)
class Fact:
    """One of them. `period` is the label of the 填报期, `note` why it counts."""

    kind: str
    unit: Unit
    task: Task
    period: str
    note: str


def finalized_until(plan: Plan, day: date | None) -> list[Period]:
    """The periods that are finalized, with data up to `day` (None: all), the oldest first."""
    closed = [period for period in periods_of(plan) if period.is_finalized]
    found = [period for period in closed if day is None or period.data_as_of <= day]
    return sorted(found, key=lambda period: (period.data_as_of, period.pk))


def facts_of(
    plan: Plan, day: date | None, lines: Sequence[FilingLine], unit_id: int | None = None
) -> list[Fact]:
    """All facts of the plan, or of one unit; `lines` are its filings. Four queries."""
    periods = finalized_until(plan, day)
    found = [
        *_behind(plan, day, unit_id),
        *_late(lines, periods),
        *_versions(periods, unit_id),
        *_unanswered(periods, unit_id),
    ]
    for each in found:
        each.task.plan = plan
    return sorted(found, key=_place)


def _place(fact: Fact) -> tuple[int, str, int]:
    return list(KINDS).index(fact.kind), fact.task.kind, fact.task.number


def leads_of(plan: Plan, day: date, unit_id: int | None = None) -> list[Responsibility]:
    """Who leads what on `day`."""
    held = Responsibility.objects.on(day).filter(task__plan=plan, role__in=LEADING)
    if unit_id is not None:
        held = held.filter(unit=unit_id)
    related = held.select_related("unit", "task").order_by("unit__ordinal", "unit", "task")
    return list(related)


def _behind(plan: Plan, day: date | None, unit_id: int | None) -> Iterable[Fact]:
    """By the latest 定稿 of each item that the unit leads at its date."""
    rows = TaskPeriod.objects.latest_of(plan, day).filter(light__in=NEEDS_REASON)
    held = Responsibility.objects.filter(task__plan=plan, role__in=LEADING).select_related("unit")
    leads = by_task(held if unit_id is None else held.filter(unit=unit_id))
    for row in rows.select_related("task", "period"):
        for each in leads[row.task_id]:
            if each.holds_on(row.period.data_as_of):
                words = f"{row.get_light_display()}：{row.reason}"
                yield Fact(BEHIND, each.unit, row.task, row.period.label, words)


def _late(lines: Sequence[FilingLine], periods: Sequence[Period]) -> Iterable[Fact]:
    wanted = {period.pk for period in periods}
    for line in lines:
        if line.report.period_id in wanted and line.timing != PUNCTUAL:
            empty = "空报" if line.report.first_was_empty else "迟报"
            words = "未报送" if line.timing == MISSING else empty
            report = line.report
            yield Fact(LATE, report.unit, report.task, report.period.label, words)


def _of(periods: Sequence[Period], unit_id: int | None) -> dict[str, Any]:
    unit: dict[str, Any] = {} if unit_id is None else {"report__responsibility__unit": unit_id}
    return {"report__period__in": periods, **unit}


RELATED = ("report__period", "report__responsibility__task", "report__responsibility__unit")


def _versions(periods: Sequence[Period], unit_id: int | None) -> Iterable[Fact]:
    """What the office sent back, and what was corrected after it had been accepted."""
    returned = Q(decision=Decision.RETURNED)
    corrected = Q(decision=Decision.ACCEPTED, is_correction=True)
    found = ReportVersion.objects.filter(**_of(periods, unit_id), signed_at__isnull=False)
    for version in found.filter(returned | corrected).select_related(*RELATED):
        if version.decision == Decision.RETURNED:
            yield _fact(RETURNED, version, f"第{version.number}稿退回：{version.return_reason}")
        else:
            yield _fact(CORRECTED, version, f"第{version.number}稿更正")


def _unanswered(periods: Sequence[Period], unit_id: int | None) -> Iterable[Fact]:
    """Steps announced in one period and not come back to in the next report of the same duty."""
    accepted = ReportVersion.objects.filter(
        **_of(periods, unit_id), report__accepted_version=F("pk")
    )
    before: dict[int, ReportVersion] = {}
    for version in accepted.select_related(*RELATED).order_by("report__period__data_as_of", "pk"):
        duty = version.report.responsibility_id
        if duty in before:
            said = promises_of(before[duty].next_steps, version.step_answers)
            left = [each for each in said if not each.is_answered(version.progress)]
            if left:
                yield _fact(UNANSWERED, version, f"{len(left)}条：{left[0].line}")
        before[duty] = version


def _fact(kind: str, version: ReportVersion, note: str) -> Fact:
    report = version.report
    return Fact(kind, report.unit, report.task, report.period.label, note)
