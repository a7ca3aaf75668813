"""From database rows to the facts a light depends on, for many items in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import DateField, IntegerField, QuerySet

from huangshi_tasks.lib.clock import SHANGHAI
from progress.judging.decided import decided_about
from progress.judging.figures import Figures, figures_of
from progress.judging.loading import (
    deadline_on,
    load_tasks,
    planned_start,
    planned_value,
)
from progress.lights.facts import IndicatorFact, MilestoneFact
from progress.lights.light import Judgement, TaskFacts, Thresholds, light_for
from progress.models import (
    Duty,
    Period,
    ProgressReport,
    ReportState,
    ReportVersion,
    TaskPeriod,
)
from progress.states import Light
from tasks.models import Indicator, Milestone, Task
from units.asking.prepared import Many, prepared
from units.stamps.shown import FINALIZED, LIVE


class Main(NamedTuple):
    """Of what stands in an item's own report, what its judging asks; a year has a thousand."""

    pk: int
    task_id: int
    unit_id: int
    starts_on: date  # of the responsibility
    period_id: int
    as_of: date  # of the period
    first_left_at: datetime | None
    accepted_version_id: int | None
    state: str

    @classmethod
    def of(cls, report: ProgressReport) -> Main:
        """Of a report that is at hand with period and responsibility."""
        held = report.responsibility
        return cls(
            report.pk,
            *(held.task_id, held.unit_id, held.starts_on),
            *(report.period_id, report.period.data_as_of),
            *(report.first_left_at, report.accepted_version_id),
            state=report.state,
        )

    def waited_at_closing(self, closes_on: date) -> bool:
        """待审核: it left the unit before the closing day, and the office has not read it."""
        if self.state != ReportState.REVIEWING or self.first_left_at is None:
            return False
        return self.first_left_at.astimezone(SHANGHAI).date() < closes_on


class Gatherer:
    """What the judgements of these tasks depend on (`gather` loads all of it).

    `mains`: the reports of the items themselves; `versions`: by id the accepted ones of them that
    are in force in the pairs, or more; `figures`: those in force.
    """

    def __init__(
        self,
        pairs: Sequence[tuple[Task, Period]],
        *,
        mains: Iterable[Main],
        figures: Figures,
        versions: Mapping[int, ReportVersion] | None = None,
    ) -> None:
        self.figures = figures
        self._try(None)
        self.ids = [task.pk for task, _ in pairs]
        self.until = _until(pairs)
        self.tasks = load_tasks({task.pk: task for task, _ in pairs}.values())
        self.mains = self._by_item(mains)
        self.versions = versions if versions is not None else self._in_force(pairs)
        self.gaps = _gaps_by_task(self.ids)
        self.decided = decided_about(self.ids)

    def trying(self, version: ReportVersion) -> Gatherer:
        """The same as if `version`, which comes with its readings, were accepted; no query."""
        tried = copy(self)
        tried.figures = self.figures.trying(version)
        tried._try(version)
        return tried

    def _try(self, trial: ReportVersion | None) -> None:
        self.trial = trial
        steps = trial.milestone_readings.all() if trial is not None else []
        self.trial_steps = {step.milestone_id: step.done_on for step in steps}

    def judgement(self, task: Task, period: Period) -> Judgement:
        """Judge one of the pairs: the task at the date of the period."""
        return light_for(self.facts(task, period), self._thresholds(task, period.data_as_of))

    def facts(self, task: Task, period: Period) -> TaskFacts:
        """The facts of one of the pairs, as of the period's date."""
        day = period.data_as_of
        loaded = self.tasks[task.pk]
        indicators = tuple(self._indicator(item, day) for item in loaded.indicators.all())
        version = self.version_in_force(task, period)
        at_period = [main for main in self.mains[task.pk] if main.period_id == period.pk]
        has_left = any(main.first_left_at is not None for main in at_period)
        is_accepted = any(map(self._is_accepted, at_period))
        outcome = self.decided.outcome(task.pk, day)
        is_suspended = self.decided.is_suspended(task.pk, day)
        owes = not is_suspended and not outcome
        return TaskFacts(
            tracking=loaded.tracking,
            data_as_of=day,
            deadline=deadline_on(loaded, day),
            year=loaded.plan.year,
            indicators=indicators,
            milestones=tuple(self._milestone(step) for step in loaded.milestones.all()),
            has_accepted=version is not None,
            proposed_light=version.proposed_light if version is not None else "",
            previous_gap=self._previous_gap(task, period),
            planned_start=planned_start(loaded),
            claimed_on=self.decided.claimed_on(task.pk, day),
            closed_outcome=outcome,
            is_suspended=is_suspended,
            is_missing=owes and not has_left and not is_accepted,
            is_in_review=owes
            and not is_accepted
            and any(main.waited_at_closing(period.closes_on) for main in at_period),
            is_corrected=version is not None and version.is_correction,
            is_estimate=version is not None and version.is_estimate,
            counts_steps=period.counts_steps,
            steps_weight=Decimal(loaded.steps_weight),
        )

    def version_in_force(self, task: Task, period: Period) -> ReportVersion | None:
        """The accepted version of the newest main report up to the period."""
        main = self._newest_accepted(task, period)
        if main is None or self._is_tried(main):
            return self.trial if main is not None else None
        return self.versions[main.accepted_version_id or 0]

    def _newest_accepted(self, task: Task, period: Period) -> Main | None:
        until = period.data_as_of
        newest_first = reversed(self.mains[task.pk])
        return next((m for m in newest_first if m.as_of <= until and self._is_accepted(m)), None)

    def _is_accepted(self, main: Main) -> bool:
        return main.accepted_version_id is not None or self._is_tried(main)

    def _is_tried(self, main: Main) -> bool:
        return self.trial is not None and self.trial.report_id == main.pk

    def _by_item(self, mains: Iterable[Main]) -> dict[int, list[Main]]:
        """By task, the oldest period first."""
        grouped: dict[int, list[Main]] = defaultdict(list)
        for main in mains:
            if main.as_of <= self.until:
                grouped[main.task_id].append(main)
        for those in grouped.values():
            those.sort(key=attrgetter("as_of", "starts_on", "pk"))
        return grouped

    def _in_force(self, pairs: Sequence[tuple[Task, Period]]) -> dict[int, ReportVersion]:
        """Nothing is on trial yet."""
        newest = [self._newest_accepted(task, period) for task, period in pairs]
        wanted = {main.accepted_version_id for main in newest if main is not None}
        return {version.pk: version for version in _versions(pks=wanted)} if wanted else {}

    def _indicator(self, indicator: Indicator, day: date) -> IndicatorFact:
        target = indicator.target_on(day)
        return IndicatorFact(
            name=indicator.name,
            target=target.value if target is not None else None,
            upper=target.upper if target is not None else None,
            actual=self.figures.of_city(indicator.pk, day),
            kind=indicator.kind,
            comparator=indicator.comparator,
            direction=indicator.direction,
            baseline=indicator.baseline,
            planned=planned_value(indicator, None, day),
            unit_of_measure=indicator.unit_of_measure,
            months_before=indicator.months_before,
            weight=Decimal(indicator.weight),
        )

    def _milestone(self, step: Milestone) -> MilestoneFact:
        done_on = self.trial_steps.get(step.pk, step.done_on)
        return MilestoneFact(step.title, step.due_on, Decimal(step.weight), done_on)

    def _previous_gap(self, task: Task, period: Period) -> Decimal | None:
        """The frozen gap of the period before, of the same cycle; what was 待审核 is skipped."""
        return next(
            (
                gap
                for cycle, as_of, gap in reversed(self.gaps[task.pk])
                if cycle == period.cycle and as_of < period.data_as_of
            ),
            None,
        )

    def _thresholds(self, task: Task, day: date) -> Thresholds:
        """The plan's thresholds in force on `day`; the defaults of design.md where it has none."""
        held = self.decided.thresholds(task.plan_id, day)
        return Thresholds(**{key: Decimal(str(value)) for key, value in held.items()})


def gather(pairs: Sequence[tuple[Task, Period]], *, trial: ReportVersion | None = None) -> Gatherer:
    """Load everything, in a fixed number of queries; `trial` counts as if it were accepted."""
    ids, until = [task.pk for task, _ in pairs], _until(pairs)
    mains = map(Main._make, _mains(tasks=ids, until=until))
    gathered = Gatherer(pairs, mains=mains, figures=figures_of(ids, until))
    return gathered if trial is None else gathered.trying(trial)


OF_ITEMS = {"tasks": Many(IntegerField())}


@prepared(FINALIZED, LIVE, **OF_ITEMS, until=DateField())
def _mains(tasks: Any, until: Any) -> QuerySet[ProgressReport, tuple[Any, ...]]:
    reports = ProgressReport.objects.filter(
        duty=Duty.MAIN, responsibility__task__in=tasks, period__data_as_of__lte=until
    )
    of_held = (f"responsibility__{name}" for name in ("task_id", "unit_id", "starts_on"))
    of_period = ("period_id", "period__data_as_of")
    return reports.order_by().values_list(
        "pk", *of_held, *of_period, "first_left_at", "accepted_version_id", "state"
    )


# of report and period: how they were opened again, returned, finalized
UNREAD = (
    *(f"report__{name}" for name in ("reopen_reason", "reopened_until", "return_due_on")),
    *(f"report__period__{name}" for name in ("finalized_at", "finalized_by", "note")),
    *(f"report__period__{name}" for name in ("finalized_by_name", "finalize_reason")),
)


@prepared(pks=Many(IntegerField()))
def _versions(pks: Any) -> QuerySet[ReportVersion]:
    versions = ReportVersion.objects.filter(pk__in=pks).select_related("report__period").order_by()
    return versions.defer(*UNREAD)


def _gaps_by_task(tasks: Iterable[int]) -> dict[int, list[tuple[str, date, Decimal | None]]]:
    """Task id → cycle, day and gap of each of its 定稿, the oldest first."""
    found: dict[int, list[tuple[str, date, Decimal | None]]] = defaultdict(list)
    for task_id, *frozen in _gaps(tasks=tasks):
        found[task_id].append((frozen[0], frozen[1], frozen[2]))
    return found


@prepared(FINALIZED, **OF_ITEMS)
def _gaps(tasks: Any) -> QuerySet[TaskPeriod, tuple[Any, ...]]:
    frozen = TaskPeriod.objects.filter(task__in=tasks).exclude(light=Light.IN_REVIEW)
    in_order = frozen.order_by("period__data_as_of", "pk")
    return in_order.values_list("task_id", "period__cycle", "period__data_as_of", "gap")


def _until(pairs: Sequence[tuple[Task, Period]]) -> date:
    return max(period.data_as_of for _, period in pairs)
