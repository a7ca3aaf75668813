"""Every filing owed so far, and the conditions by which it is counted and listed.

The 督查室 page counts with `Wanted.of`, its list shows the same: a number and its rows agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet

from huangshi_tasks.lib.fold import fold, words_of
from progress.contents.versions import KEPT
from progress.models import PeriodState, ProgressReport, ReportState, ReportVersion
from progress.models.reports import ReportQuerySet
from progress.periods.filed import Filed, as_rows, owed_among, read
from progress.periods.owed import Reliefs, filing_state, is_on_time
from progress.reviewing.queue import REVIEW_WORKDAYS, age_of
from progress.urging.unreported import UNFILED
from reports.ledger.pointing import Item, pointed
from tasks.models import Plan
from units.asking.rows import prepared_rows
from units.calendar import workdays

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

    report: Filed
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
        return str(self.report.unit.pk)

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
    office, `q` words of item or unit.
    """

    day: str = ""
    unit: str = ""
    state: str = ""
    timing: str = ""
    wait: str = ""
    finding: str = ""
    open: str = ""
    q: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Wanted:
        """Of an address; what is too long to be a condition matches nothing."""
        return cls(**{each.name: query.get(each.name, "")[:40] for each in fields(cls)})

    @property
    def query(self) -> str:
        """The address of exactly these rows."""
        return _query(self)

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
            and (not self.q or self._is_named(line))
        )

    def _is_named(self, line: FilingLine) -> bool:
        """By the item (17, 实事3), words of its title, or the unit."""
        meant = pointed(self.q)
        task = line.report.task
        if isinstance(meant, Item):
            return meant == (task.kind, task.number)
        names = fold(f"{line.report.unit} {task.short_title}")
        return all(
            word == str(task.number) if word.isdecimal() else word in names
            for word in words_of(self.q)
        )

    def _is_in_state(self, line: FilingLine) -> bool:
        if self.state in (UNREPORTED, LEFT):
            return line.is_unreported == (self.state == UNREPORTED)
        return self.state == line.state

    def _is_timed(self, line: FilingLine) -> bool:
        if self.timing == UNPUNCTUAL:
            return line.timing in (LATE, MISSING)
        return self.timing == line.timing


@lru_cache(maxsize=4096)  # 督查室 has some hundred numbers, the same every time
def _query(wanted: Wanted) -> str:
    said = {each.name: getattr(wanted, each.name) for each in fields(wanted)}
    return urlencode({name: value for name, value in said.items() if value})


def filing_lines(plan: Plan, now: datetime, unit_id: int | None = None) -> list[FilingLine]:
    """All that is owed in the periods opened so far, by unit: four queries; or of one: two."""
    today, reliefs = now.date(), Reliefs.of(plan)
    if unit_id is not None:
        return lines_of_unit(plan, today, unit_id, reliefs)
    return lines_of([plan], owed_among(read([plan], _made((plan.pk,), today)), reliefs), now)


def lines_of_unit(plan: Plan, today: date, unit_id: int, reliefs: Reliefs) -> list[FilingLine]:
    """Of one unit nobody asks how long it waits, or what the reviewer reads beside it."""
    own = owed_among(read([plan], _made_of((plan.pk,), today, unit_id)), reliefs)
    return [FilingLine(each, filing_state(each, today)) for each in own]


def lines_to_do(plans: Sequence[Plan], now: datetime) -> list[FilingLine]:
    """Of `filing_lines` those that are not over: of the periods that collect, with the office, or
    never sent. The others are counted (`reports.stats.punctuality.left_of`).
    """
    made = _made_to_do(_ids(plans), now.date())
    return lines_of(plans, owed_among(read(plans, made), Reliefs.of(*plans)), now)


def lines_wanted(plan: Plan, now: datetime, wanted: Wanted) -> list[FilingLine]:
    """Those of `filing_lines` that are `wanted`, without reading the others where it can."""
    if wanted.unit:
        known = wanted.unit.isascii() and wanted.unit.isdecimal() and len(wanted.unit) <= 12
        made = _made_of((plan.pk,), now.date(), int(wanted.unit)) if known else []
        return wanted.of(lines_of([plan], owed_among(read([plan], made), Reliefs.of(plan)), now))
    is_to_do = (
        wanted.open == COLLECTING
        or wanted.wait
        or wanted.finding
        or wanted.timing == MISSING
        or wanted.state in (UNREPORTED, WAITING)
    )
    return wanted.of(lines_to_do([plan], now) if is_to_do else filing_lines(plan, now))


def _ids(plans: Sequence[Plan]) -> tuple[int, ...]:
    return tuple(plan.pk for plan in plans)


def _opened(plan_ids: tuple[int, ...], today: date) -> ReportQuerySet:
    return ProgressReport.objects.filter(period__plan__in=plan_ids, period__opens_on__lte=today)


@prepared_rows
def _made(plan_ids: tuple[int, ...], today: date) -> QuerySet[Any, Any]:
    return as_rows(_opened(plan_ids, today))


@prepared_rows
def _made_of(plan_ids: tuple[int, ...], today: date, unit_id: int) -> QuerySet[Any, Any]:
    return as_rows(_opened(plan_ids, today).filter(responsibility__unit=unit_id))


@prepared_rows
def _made_to_do(plan_ids: tuple[int, ...], today: date) -> QuerySet[Any, Any]:
    collects = Q(period__state=PeriodState.COLLECTING)
    todo = collects | Q(first_left_at=None) | Q(state=WAITING)
    return as_rows(_opened(plan_ids, today).filter(todo))


def lines_of(plans: Sequence[Plan], found: Iterable[Filed], now: datetime) -> list[FilingLine]:
    """Each with its state, how long it waits and what its unit explained. Two queries."""
    said = _said(plans, now)
    return [
        FilingLine(each, filing_state(each, now.date()), *said.get(each.pk, ())) for each in found
    ]


WAITING = ReportState.REVIEWING


class Said(NamedTuple):
    """Of a filing that is with the office: its wait, and the kinds of what its unit explained."""

    wait: str
    age: int
    findings: frozenset[str]


def _said(plans: Sequence[Plan], now: datetime) -> dict[int, Said]:
    """Report → that of the version that waits, or of the one accepted in a period that collects."""
    said = {pk: rest for pk, *rest in _versions_read(_ids(plans))}  # the newest version stays
    days = workdays.overrides() if any(state == WAITING for state, *_ in said.values()) else {}
    found = {}
    for pk, (state, signed_at, explanations) in said.items():
        age = age_of(signed_at, now, days) if state == WAITING else 0
        wait = _wait(age) if state == WAITING else ""
        found[pk] = Said(wait, age, _kinds(explanations))
    return found


@prepared_rows
def _versions_read(plan_ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    # first the few reports, then their versions: a year has thousands of both
    collecting = Q(state=ReportState.ACCEPTED, period__state=PeriodState.COLLECTING)
    todo = Q(state=WAITING) | collecting
    reports = ProgressReport.objects.filter(todo, period__plan__in=plan_ids)
    versions = ReportVersion.objects.filter(
        Q(report__state=WAITING) | Q(report__accepted_version=F("pk")),
        report__in=reports.values("pk"),
    ).order_by("number")
    return versions.values_list("report_id", "report__state", "signed_at", "explanations")


def _wait(age: int) -> str:
    return OLD if age > REVIEW_WORKDAYS else DUE if age == REVIEW_WORKDAYS else NEW


def _kinds(explanations: Mapping[str, object]) -> frozenset[str]:
    """The codes before the fields: ``jump:i3:value`` is a jump, ``number.3fa8:progress`` a number.
    What was said in an earlier period (`KEPT`) is not of this one.
    """
    return frozenset(
        key.split(":", 1)[0].split(".")[0]
        for key, sentence in explanations.items()
        if str(sentence).strip() and not key.startswith(KEPT)
    )
