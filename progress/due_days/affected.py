"""Which stored due days the working days of today would have set otherwise.

A day that was counted is counted again; a day that somebody typed is rolled on when it has become a
day off. What was decided for itself is left alone: a period whose dates were moved, a 补报.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Model, Q
from django.urls import reverse

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import (
    Overrides,
    add_workdays,
    is_workday,
    next_workday_on_or_after,
)
from progress.matters.instructions import WORKDAYS
from progress.matters.notices import link_to
from progress.models import (
    Decision,
    Instruction,
    Period,
    PeriodState,
    ProgressReport,
    ReportState,
    SupervisionOrder,
    SupportRequest,
    SupportState,
    Urgency,
)
from progress.periods.calendar import CYCLES, RETURN_WORKDAYS, period_specs
from tasks.models import PlanState
from units.calendar import workdays

Rule = Callable[[Overrides], date]
RETURNED, DUE = "return_due_on", "due_on"


@dataclass(frozen=True)
class Moving:
    """One subject with its days: field → what it is called, as stored, as it would be now.

    `tell` (rung, sentence, moment) reaches who has the day to keep, where `due_days` does not know.
    """

    subject: Model
    kind: str
    link: str
    days: dict[str, tuple[str, date, date]]
    tell: Callable[[str, str, datetime], None] | None = None

    @property
    def key(self) -> str:
        return f"{self.subject._meta.model_name}-{self.subject.pk}"

    @property
    def name(self) -> str:
        """Of a restricted matter only the number: a notice leaves the house."""
        if isinstance(self.subject, Instruction) and self.subject.is_restricted:
            return self.subject.code
        return str(self.subject)

    @property
    def is_later(self) -> bool:
        """Nobody gets less time by it."""
        return all(new >= stored for _, stored, new in self.days.values())


class Calendars:
    """The working days by which due days were stored, and those that hold now."""

    def __init__(self) -> None:
        self.now = workdays.overrides()
        self.before = workdays.remembered()

    @property
    def has_changed(self) -> bool:
        """True also before the first look, when nothing is known of before."""
        return self.before is None or bool(self.changes)

    @property
    def changes(self) -> dict[date, bool]:
        """Day → is it worked now, of those that were not so before."""
        before = self.before or {}
        return {
            day: is_workday(day, self.now)
            for day, was_worked in before.items()
            if is_workday(day, self.now) != was_worked
        }

    def counted(self, stored: date, rule: Rule) -> date:
        """What `rule` gives now, where it gave `stored` before."""
        was = rule(self.before) if self.before is not None else stored
        return rule(self.now) if was == stored else stored

    def typed(self, stored: date) -> date:
        """The next working day, where `stored` was one and is none now."""
        if self.before is None:
            return stored
        return self.counted(stored, lambda days: next_workday_on_or_after(stored, days))


Source = Callable[[Calendars], Iterable[Moving]]
# Of the rooms above this one, which put theirs in when the server starts (`reports.apps`).
ELSEWHERE: list[Source] = []


def affected(today: date) -> list[Moving]:
    """All of them, for the office to look through. Two queries when no working day changed."""
    calendars = Calendars()
    if not calendars.has_changed:
        return []
    sources = (_periods, _returns, _instructions, _orders, _supports, *ELSEWHERE)
    found = (each for source in sources for each in source(calendars))
    return [each for each in found if _is_to_come(each, today)]


def _is_to_come(moving: Moving, today: date) -> bool:
    return bool(moving.days) and all(new >= today for _, _, new in moving.days.values())


def changed(**days: tuple[str, date, date]) -> dict[str, tuple[str, date, date]]:
    """Of the days of a subject those that are another now."""
    return {field: named for field, named in days.items() if named[1] != named[2]}


def _periods(calendars: Calendars) -> Iterator[Moving]:
    periods = Period.objects.filter(state=PeriodState.COLLECTING, note="")
    for period in periods.exclude(plan__state=PlanState.ARCHIVED).select_related("plan"):
        due_on = calendars.counted(period.due_on, _due_of(period))
        closes_on = calendars.counted(period.closes_on, _closing_of(period))
        days = changed(
            due_on=("报送截止", period.due_on, due_on),
            closes_on=("关闭", period.closes_on, closes_on),
        )
        link = reverse("progress:period", args=[period.plan.slug, period.pk])
        yield Moving(period, "填报期", link, days)


def _spec(period: Period, days: Overrides) -> tuple[date, date]:
    specs = period_specs(period.plan.year, period.cycle, days) if period.cycle in CYCLES else []
    found = next((spec for spec in specs if spec.code == period.code), None)
    return (found.due_on, found.closes_on) if found else (period.due_on, period.closes_on)


def _returns(calendars: Calendars) -> Iterator[Moving]:
    returned = Max("versions__decided_at", filter=Q(versions__decision=Decision.RETURNED))
    reports = ProgressReport.objects.filter(
        state=ReportState.RETURNED,
        return_due_on__isnull=False,
        period__state=PeriodState.COLLECTING,
    )
    related = reports.select_related("period__plan", "responsibility__task", "responsibility__unit")
    for report in related.annotate(given_back=returned):
        stored, given_back = report.return_due_on, report.given_back  # type: ignore[attr-defined]  # annotated
        if stored is not None and given_back is not None:
            new = calendars.counted(stored, _from(given_back, RETURN_WORKDAYS))
            link = reverse("progress:report", args=[report.period.plan.slug, report.pk])
            days = changed(return_due_on=("重报期限", stored, new))
            yield Moving(report, "退回重报", link, days)


def _due_of(period: Period) -> Rule:
    return lambda days: _spec(period, days)[0]


def _closing_of(period: Period) -> Rule:
    return lambda days: _spec(period, days)[1]


def _from(moment: datetime, count: int) -> Rule:
    day = moment.astimezone(SHANGHAI).date()
    return lambda days: add_workdays(day, count, days)


def _instructions(calendars: Calendars) -> Iterator[Moving]:
    for matter in Instruction.objects.with_unit().select_related("plan"):
        yield Moving(matter, "交办事项", link_to(matter), _days_of(matter, "办理期限", calendars))


def _orders(calendars: Calendars) -> Iterator[Moving]:
    sent = SupervisionOrder.objects.with_unit().filter(sent_at__isnull=False)
    for matter in sent.select_related("plan", "unit"):
        yield Moving(matter, "督办单", link_to(matter), _days_of(matter, "反馈期限", calendars))


def _supports(calendars: Calendars) -> Iterator[Moving]:
    """Questions to support units that wait for their answer; their day was typed."""
    asked = SupportRequest.objects.filter(state=SupportState.ASKED)
    related = asked.select_related(
        "unit",
        "report__period__plan",
        "report__responsibility__task",
        "report__responsibility__unit",
    )
    for each in related:
        days = changed(due_on=("答复期限", each.due_on, calendars.typed(each.due_on)))
        link = reverse("progress:report", args=[each.report.period.plan.slug, each.report_id])
        yield Moving(each, "配合征询", link, days)


def _days_of(
    matter: Instruction | SupervisionOrder, label: str, calendars: Calendars
) -> dict[str, tuple[str, date, date]]:
    """The day that the unit has now: `due_on` until its first answer has left it."""
    if matter.return_due_on is not None:
        new = calendars.typed(matter.return_due_on)
        return changed(return_due_on=("重报期限", matter.return_due_on, new))
    if matter.first_answered_at is not None:
        return {}
    new = calendars.typed(matter.due_on)
    if isinstance(matter, Instruction) and calendars.before is not None:
        rule = _from(matter.registered_at, WORKDAYS[Urgency(matter.urgency)])
        if rule(calendars.before) == matter.due_on:  # counted, not typed
            new = rule(calendars.now)
    return changed(due_on=(label, matter.due_on, new))
