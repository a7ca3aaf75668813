"""What the walk looks up: items, figures and people; and the story of a report in a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from zlib import crc32

from demo.figures import Series, Value, all_figures
from demo.goals import LATE_BY_PERCENT, SLOW_BY_PERCENT, key_of, light_of
from demo.people import REPORTER, SIGNER
from demo.story import Number, Step, Story, subject_of
from demo.targets import sample_data
from demo.times import chance
from progress.judging.loading import load_tasks
from progress.models import Duty, Period, ProgressReport
from tasks.models import Indicator, IndicatorKind, IndicatorShare, Milestone, Plan, Task
from units.actors import Actor
from units.models import Unit

FIRST_MONTH = 2
STEP_DUE_IN_JUNE_STAYS_OPEN = SLOW_BY_PERCENT | LATE_BY_PERCENT


@dataclass
class Book:
    """The sample year as one looks it up; read once, after the targets are written."""

    plan: Plan
    people: dict[str, Actor]

    @cached_property
    def tasks(self) -> dict[int, Task]:
        return load_tasks(Task.objects.filter(plan=self.plan).select_related("plan"))

    @cached_property
    def figures(self) -> Series:
        return all_figures(self.plan, sample_data())

    @cached_property
    def helpers(self) -> dict[int, list[str]]:
        """Task → the units beside its primary, by name."""
        names: dict[int, list[str]] = {}
        for task in Task.objects.filter(plan=self.plan).prefetch_related("responsibilities__unit"):
            held = [row for row in task.responsibilities.all() if not row.is_primary]
            names[task.pk] = [row.unit.name for row in held]
        return names

    @cached_property
    def leaders(self) -> dict[int, str]:
        """Task → the unit that writes its report."""
        return {
            row.task_id: row.unit.name
            for task in Task.objects.filter(plan=self.plan).prefetch_related(
                "responsibilities__unit"
            )
            for row in task.responsibilities.all()
            if row.is_primary
        }

    @cached_property
    def shares(self) -> dict[tuple[int, int], list[IndicatorShare]]:
        """(task, unit) → the unit's parts."""
        found: dict[tuple[int, int], list[IndicatorShare]] = {}
        for share in IndicatorShare.objects.select_related("indicator"):
            assert share.indicator.task_id is not None
            found.setdefault((share.indicator.task_id, share.unit_id), []).append(share)
        return found

    def reporter(self, unit: Unit) -> Actor:
        return self.people[f"{unit.name} {REPORTER}"]

    def signer(self, unit: Unit) -> Actor | None:
        return self.people.get(f"{unit.name} {SIGNER}")

    def task_of(self, report: ProgressReport) -> Task:
        return self.tasks[report.responsibility.task_id]

    def own_indicators(self, report: ProgressReport) -> list[Indicator]:
        """The city's figures that this very report fills."""
        held = self.task_of(report).indicators.all()
        return [each for each in held if each.responsibility_id == report.responsibility_id]

    def own_steps(self, report: ProgressReport) -> list[Milestone]:
        held = self.task_of(report).milestones.all()
        return [each for each in held if each.responsibility_id == report.responsibility_id]

    def figure(self, indicator_id: int, unit_id: int | None, month: int) -> Value:
        return self.figures[indicator_id, unit_id][month]

    def story(self, report: ProgressReport, extra: Sequence[str] = ()) -> Story:
        """The facts that the texts of this report are about."""
        task, period = self.task_of(report), report.period
        item = key_of(task)
        is_main = report.duty == Duty.MAIN
        unit = report.responsibility.unit.name
        pieces, finished = _pieces(item, unit, period)
        indicators = list(task.indicators.all()) if is_main else self.own_indicators(report)
        steps = list(task.milestones.all()) if is_main else self.own_steps(report)
        return Story(
            code=task.code,
            short=subject_of(task.short_title),
            unit=unit,
            helpers=tuple(name for name in self.helpers[task.pk] if name != unit),
            period=period.label,
            day=period.data_as_of,
            light=light_of(item, period.code),
            turn=_turn(item, unit, period.data_as_of),
            pieces=pieces,
            finished=finished,
            numbers=tuple(self._number(each, period.data_as_of.month) for each in indicators),
            steps=tuple(Step(s.title, s.due_on, done_on(s, item, period)) for s in steps),
            part_of="" if is_main else self.leaders[task.pk],
            extra=tuple(extra),
        )

    def _number(self, indicator: Indicator, month: int) -> Number:
        figure = self.figure(indicator.pk, None, month)
        before = self.figure(indicator.pk, None, month - 1).value if month > FIRST_MONTH else 0
        target = indicator.target_on(date(self.plan.year, month, 1))
        assert target is not None
        return Number(
            name=indicator.name,
            value=figure.value,
            before=Decimal(before),
            target=target.value,
            unit=indicator.unit_of_measure,
            started=figure.started,
            is_rate=indicator.kind == IndicatorKind.RATE,
        )


def done_on(step: Milestone, item: str, period: Period) -> date | None:
    """The day on which a step was done, if that is known in `period`: a little before it is due."""
    if step.due_on > period.data_as_of:
        return None
    if item in STEP_DUE_IN_JUNE_STAYS_OPEN and step.ordinal > 1:
        return None
    return step.due_on - timedelta(days=chance("step", step.title).randrange(0, 9))


def _turn(item: str, unit: str, day: date) -> int:
    """The wording of a report: it moves on by one with every month."""
    return crc32(f"{item}{unit}".encode()) % 997 + day.month


def _pieces(item: str, unit: str, period: Period) -> tuple[int, int]:
    """Into how many jobs the item is cut, and how many are over by the end of the period."""
    dice = chance("pieces", item, unit)
    pieces = dice.randrange(5, 13)
    return pieces, max(1, pieces * period.data_as_of.month // 13)
