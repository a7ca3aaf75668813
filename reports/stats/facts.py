"""Countable facts of units: 未达序时, 未按时报送, 退回, 更正, 未回应; each is one row.

Source: design.md section 4, "Ranking". Only what is finalized counts; no quality marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from progress.contents.promises import promises_of
from progress.lights.facts import NEEDS_REASON
from progress.models import Decision, Period, PeriodState, ReportVersion
from progress.periods.access import periods_of
from progress.periods.filed import ITEM, UNIT, ItemName, UnitName
from reports.stats.filing_lines import MISSING, PUNCTUAL, FilingLine
from reports.stats.newest import Judged, newest_of
from reports.stats.units import LEADING
from tasks.models import Plan, Responsibility
from units.asking.rows import prepared_rows
from units.models.dated import holds

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
    unit: UnitName
    task: ItemName
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
    """All facts of the plan, or of one unit; `lines` are its filings. Three queries."""
    led = leads_ever(plan, unit_id)
    behind = behind_among(led, newest_of(plan, unit_id, day))
    return all_facts(plan, day, behind, lines, unit_id)


def all_facts(
    plan: Plan,
    day: date | None,
    behind: Iterable[Fact],
    lines: Sequence[FilingLine],
    unit_id: int | None,
) -> list[Fact]:
    """What is `behind` and what the finalized filings add to it, in order. One query."""
    versions = _versions(plan, unit_id, day)
    return sorted(
        [
            *behind,
            *_late(lines, finalized_until(plan, day)),
            *_decided(versions),
            *_unanswered(versions),
        ],
        key=_place,
    )


def _place(fact: Fact) -> tuple[int, str, int]:
    return list(KINDS).index(fact.kind), fact.task.kind, fact.task.number


class Lead(NamedTuple):
    """That a unit led an item for a time; of what stands in `Responsibility`."""

    unit: UnitName
    task: ItemName
    starts_on: date
    ends_on: date | None


def leads_ever(plan: Plan, unit_id: int | None = None) -> list[Lead]:
    """Who leads or led what; who writes the report of an item stands first on it. One query."""
    return [
        Lead(UnitName(*row[:4]), ItemName(*row[4:8]), *row[8:]) for row in _led(plan.pk, unit_id)
    ]


@prepared_rows
def _led(plan_id: int, unit_id: int | None) -> QuerySet[Any, Any]:
    held = Responsibility.objects.filter(task__plan=plan_id, role__in=LEADING)
    if unit_id is not None:
        held = held.filter(unit=unit_id)
    columns = (*(f"unit__{name}" for name in UNIT), *(f"task__{name}" for name in ITEM))
    in_order = held.order_by("-is_primary", "ordinal", "pk")
    return in_order.values_list(*columns, "starts_on", "ends_on")


def leads_of(plan: Plan, day: date, unit_id: int | None = None) -> list[Responsibility]:
    """Who leads what on `day`."""
    held = Responsibility.objects.on(day).filter(task__plan=plan, role__in=LEADING)
    if unit_id is not None:
        held = held.filter(unit=unit_id)
    related = held.select_related("unit", "task").order_by("unit__ordinal", "unit", "task")
    return list(related)


def behind_among(led: Iterable[Lead], newest: Mapping[int, Judged]) -> Iterable[Fact]:
    """By the newest 定稿 of each item, of whoever led it at its date."""
    for each in led:
        row = newest.get(each.task.pk)
        if row is None or row.light not in NEEDS_REASON:
            continue
        if holds(each.starts_on, each.ends_on, row.period.data_as_of):
            words = f"{row.light_label}：{row.reason}"
            yield Fact(BEHIND, each.unit, each.task, row.period.label, words)


def _late(lines: Sequence[FilingLine], periods: Sequence[Period]) -> Iterable[Fact]:
    wanted = {period.pk for period in periods}
    for line in lines:
        report = line.report
        if report.period.pk in wanted and line.timing != PUNCTUAL:
            empty = "空报" if report.first_was_empty else "迟报"
            words = "未报送" if line.timing == MISSING else empty
            yield Fact(LATE, report.unit, report.task, report.period.label, words)


class Version(NamedTuple):
    """Of what stands in `ReportVersion`. `duty` is the responsibility that it answers."""

    unit: UnitName
    task: ItemName
    period: Period
    duty: int
    report: int
    is_in_force: bool
    number: int
    decision: str
    is_correction: bool
    is_signed: bool
    return_reason: str
    progress: str
    next_steps: str
    step_answers: dict[str, Any]


OF_REPORT = "report__responsibility__"
COLUMNS = (
    *(f"{OF_REPORT}unit__{name}" for name in UNIT),
    *(f"{OF_REPORT}task__{name}" for name in ITEM),
    "report__period_id",
    "report__responsibility_id",
    "report_id",
    "pk",
    "report__accepted_version_id",
    *Version._fields[6:9],
    "signed_at",
    *Version._fields[10:],
)


def _versions(plan: Plan, unit_id: int | None, until: date | None) -> list[Version]:
    """Of what is finalized what the office sent back, what was corrected after it had been
    accepted, and what is in force; the oldest period first.
    """
    by_id = {period.pk: period for period in periods_of(plan)}
    return [
        Version._make(
            (
                UnitName(*row[:4]),
                ItemName(*row[4:8]),
                by_id[row[8]],
                *row[9:11],
                row[11] == row[12],
                *row[13:16],
                row[16] is not None,
                *row[17:],
            )
        )
        for row in _said(plan.pk, unit_id, until)
    ]


@prepared_rows
def _said(plan_id: int, unit_id: int | None, until: date | None) -> QuerySet[Any, Any]:
    decided = Q(decision=Decision.RETURNED) | Q(decision=Decision.ACCEPTED, is_correction=True)
    found = ReportVersion.objects.filter(
        Q(decided, signed_at__isnull=False) | Q(report__accepted_version=F("pk")),
        report__period__plan=plan_id,
        report__period__state=PeriodState.FINALIZED,
    )
    if unit_id is not None:
        found = found.filter(report__responsibility__unit=unit_id)
    if until is not None:
        found = found.filter(report__period__data_as_of__lte=until)
    return found.order_by("report__period__data_as_of", "pk").values_list(*COLUMNS)


def _decided(versions: Iterable[Version]) -> Iterable[Fact]:
    """What came back and what was corrected, report by report."""
    for version in sorted(versions, key=lambda each: (each.report, each.number)):
        if not version.is_signed:
            continue
        if version.decision == Decision.RETURNED:
            words = f"第{version.number}稿退回：{version.return_reason}"
            yield _fact(RETURNED, version, words)
        elif version.decision == Decision.ACCEPTED and version.is_correction:
            yield _fact(CORRECTED, version, f"第{version.number}稿更正")


def _unanswered(versions: Iterable[Version]) -> Iterable[Fact]:
    """Steps announced in one period and not come back to in the next report of the same duty."""
    before: dict[int, Version] = {}
    for version in versions:
        if not version.is_in_force:
            continue
        if version.duty in before:
            said = promises_of(before[version.duty].next_steps, version.step_answers)
            left = [each for each in said if not each.is_answered(version.progress)]
            if left:
                yield _fact(UNANSWERED, version, f"{len(left)}条：{left[0].line}")
        before[version.duty] = version


def _fact(kind: str, version: Version, note: str) -> Fact:
    return Fact(kind, version.unit, version.task, version.period.label, note)
