"""Every filing owed so far, and the conditions by which it is counted and listed.

The 督查室 page counts with `Wanted.of`, its list shows the same: a number and its rows agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F

from progress.models import Period, ProgressReport, ReportState, ReportVersion
from progress.models.reports import ReportQuerySet
from progress.periods.access import periods_of
from progress.periods.owed import Reliefs, filing_state, is_on_time, still_owed, told_apart
from progress.reviewing.queue import Queue, queue_of
from progress.urging.unreported import UNFILED
from tasks.models import Plan, Responsibility
from units.models import Unit

NEW, DUE, OLD = "new", "due", "old"
PUNCTUAL, LATE, MISSING = "punctual", "late", "missing"
UNPUNCTUAL = "unpunctual"  # late or missing
UNREPORTED = "unreported"  # has not left its unit, as in 未报清单
LEFT = "left"  # has left it
COLLECTING, FINALIZED = "1", "0"  # of `open`


@dataclass(frozen=True)
class FilingLine:
    """One filing owed: `wait` says how long it has been with the office, empty when it is not;
    `findings` are the kinds that the unit answered with a sentence before it sent it. What a page
    asks of every line a dozen times is answered once.
    """

    report: ProgressReport
    state: str
    wait: str = ""
    age: int = 0
    findings: frozenset[str] = frozenset()

    @cached_property
    def day(self) -> str:
        """Its 数据截至, as addresses write it."""
        return self.report.period.data_as_of.isoformat()

    @cached_property
    def unit(self) -> str:
        """The id of its unit, as addresses write it."""
        return str(self.report.responsibility.unit_id)

    @cached_property
    def is_open(self) -> bool:
        return not self.report.period.is_finalized

    @cached_property
    def is_unreported(self) -> bool:
        return self.report.state in UNFILED and self.report.first_left_at is None

    @cached_property
    def timing(self) -> str:
        """Whether it left its unit in time; what has never left is missing."""
        punctual = is_on_time(self.report)
        return MISSING if punctual is None else PUNCTUAL if punctual else LATE


@dataclass(frozen=True)
class Wanted:
    """The conditions, as the address writes them; an empty one asks for nothing.

    `day` is a 数据截至, `open` "1" the periods that collect and "0" those finalized, `state` that
    of a filing, `unreported` or `left`, `timing` whether it was in time, `wait` its age with the
    office.
    """

    day: str = ""
    unit: str = ""
    state: str = ""
    timing: str = ""
    wait: str = ""
    finding: str = ""
    open: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Wanted:
        """Of an address; what is too long to be a condition matches nothing."""
        return cls(**{each.name: query.get(each.name, "")[:40] for each in fields(cls)})

    @property
    def query(self) -> str:
        """The address of exactly these rows."""
        return urlencode({each.name: v for each in fields(self) if (v := getattr(self, each.name))})

    @property
    def is_filtering(self) -> bool:
        return bool(self.query)

    def of(self, lines: Iterable[FilingLine]) -> list[FilingLine]:
        """The lines that it asks for."""
        return [line for line in lines if self._holds(line)]

    def _holds(self, line: FilingLine) -> bool:
        return (
            self.day in ("", line.day)
            and self.unit in ("", line.unit)
            and (not self.state or self._is_in_state(line))
            and (not self.timing or self._is_timed(line))
            and self.wait in ("", line.wait)
            and (not self.finding or self.finding in line.findings)
            and (not self.open or self.open == (COLLECTING if line.is_open else FINALIZED))
        )

    def _is_in_state(self, line: FilingLine) -> bool:
        if self.state in (UNREPORTED, LEFT):
            return line.is_unreported == (self.state == UNREPORTED)
        return self.state == line.state

    def _is_timed(self, line: FilingLine) -> bool:
        if self.timing == UNPUNCTUAL:
            return line.timing in (LATE, MISSING)
        return self.timing == line.timing


def filing_lines(plan: Plan, now: datetime, unit_id: int | None = None) -> list[FilingLine]:
    """All that is owed in the periods opened so far, by unit: ten queries; or of one: six."""
    today = now.date()
    opened = [period for period in periods_of(plan) if period.opens_on <= today]
    found = _owed(plan, opened, unit_id)
    # of one unit nobody asks how long it waits, or what the reviewer reads beside it
    queue = queue_of(plan, now) if unit_id is None else Queue([])
    waits = {row.report.pk: (_wait(row.is_old, row.is_due), row.age) for row in queue.rows}
    current = [each for each in found if unit_id is None and not each.period.is_finalized]
    findings = _findings(current, queue) if current else {}
    return [
        FilingLine(
            report=each,
            state=filing_state(each, today),
            wait=waits.get(each.pk, ("", 0))[0],
            age=waits.get(each.pk, ("", 0))[1],
            findings=findings.get(each.pk, frozenset()),
        )
        for each in found
    ]


def _owed(plan: Plan, periods: Sequence[Period], unit_id: int | None) -> list[ProgressReport]:
    """The rows of `progress.periods.owed.owed` for several periods at once, by unit and item."""
    reports = told_apart(ProgressReport.objects.filter(period__in=periods))
    if unit_id is not None:
        reports = reports.filter(responsibility__unit=unit_id)
    reliefs = Reliefs.of(plan)
    in_order = reports.order_by(
        "responsibility__unit__ordinal",
        "responsibility__unit",
        "responsibility__task__kind",
        "responsibility__task__number",
        "-period__data_as_of",
        "pk",
    )
    return [each for each in _joined(plan, periods, in_order) if still_owed(each, reliefs)]


def _joined(plan: Plan, periods: Sequence[Period], reports: ReportQuerySet) -> list[ProgressReport]:
    """With period, item and unit at hand, each made once: a year has thousands of filings."""
    found = list(reports)
    by_id = {period.pk: period for period in periods}
    held = Responsibility.objects.in_bulk({each.responsibility_id for each in found})
    tasks = plan.tasks.in_bulk({each.task_id for each in held.values()})
    units = Unit.objects.in_bulk({each.unit_id for each in held.values()})
    for each in held.values():
        each.task, each.unit = tasks[each.task_id], units[each.unit_id]
    for report in found:
        report.period = by_id[report.period_id]
        report.responsibility = held[report.responsibility_id]
    return found


def _wait(is_old: bool, is_due: bool) -> str:
    return OLD if is_old else DUE if is_due else NEW


def _findings(reports: Sequence[ProgressReport], queue: Queue) -> dict[int, frozenset[str]]:
    """Report → the kinds of what the unit explained in the version that left it last."""
    waiting = {row.report.pk: row.version.explanations for row in queue.rows}
    left = [each.pk for each in reports if each.state == ReportState.ACCEPTED]
    accepted = ReportVersion.objects.filter(
        report__accepted_version=F("pk"), report__in=left
    ).values_list("report_id", "explanations")
    return {pk: _kinds(said) for pk, said in {**dict(accepted), **waiting}.items()}


def _kinds(explanations: Mapping[str, object]) -> frozenset[str]:
    """The codes before the fields: ``jump:i3:value`` is a jump."""
    return frozenset(
        key.split(":", 1)[0] for key, sentence in explanations.items() if str(sentence).strip()
    )


def by_day(lines: Iterable[FilingLine]) -> list[date]:
    """The 数据截至 days among them, in order."""
    return sorted({line.report.period.data_as_of for line in lines})
