"""From database rows to the facts a light depends on, for many items in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from progress.judging.earlier import last_frozen
from progress.judging.figures import Figures, figures_of
from progress.judging.loading import (
    by_task,
    deadline_on,
    load_tasks,
    planned_start,
    planned_value,
)
from progress.lights.facts import IndicatorFact, MilestoneFact
from progress.lights.light import Judgement, TaskFacts, Thresholds, light_for
from progress.models import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureState,
    DecisionState,
    Duty,
    Period,
    ProgressReport,
    ReportVersion,
    TaskPeriod,
)
from tasks.models import Indicator, Milestone, PlanRule, Task

STANDING_CLAIMS = frozenset({ClosureState.CLAIMED, ClosureState.CHECKED, ClosureState.CLOSED})
THRESHOLDS_RULE = "thresholds"  # {"ahead": "10", "on_pace": "-5", "slow": "-15"}


class Gatherer:
    """What the judgements of these tasks depend on (`gather` loads all of it).

    `reports`: every report of the tasks, or the main ones, with its accepted version; `figures`:
    the figures in force. `trial` counts as if it were accepted.
    """

    def __init__(
        self,
        pairs: Sequence[tuple[Task, Period]],
        *,
        reports: Iterable[ProgressReport],
        figures: Figures,
        trial: ReportVersion | None = None,
    ) -> None:
        self.trial, self.figures = trial, figures
        steps = trial.milestone_readings.all() if trial is not None else []
        self.trial_steps = {step.milestone_id: step.done_on for step in steps}
        self.ids = [task.pk for task, _ in pairs]
        self.until = _until(pairs)
        self.tasks = load_tasks({task.pk: task for task, _ in pairs}.values())
        self.reports = self._by_item(reports)
        self.frozen = by_task(
            TaskPeriod.objects.filter(task__in=self.ids)
            .select_related("period", "version")
            .order_by("period__data_as_of", "pk")
        )
        decided = {"task__in": self.ids}
        self.closures = by_task(Closure.objects.filter(**decided).select_related("approval"))
        self.adjustments = by_task(Adjustment.objects.filter(**decided).select_related("approval"))
        self.rules = list(PlanRule.objects.filter(key=THRESHOLDS_RULE))

    def judgement(self, task: Task, period: Period) -> Judgement:
        """Judge one of the tasks at the date of one of the periods."""
        return light_for(self.facts(task, period), self._thresholds(task, period.data_as_of))

    def facts(self, task: Task, period: Period) -> TaskFacts:
        """The facts of one task as of the period's date."""
        day = period.data_as_of
        loaded = self.tasks[task.pk]
        indicators = tuple(self._indicator(item, day) for item in loaded.indicators.all())
        version = self.version_in_force(task, period)
        at_period = [r for r in self.reports[task.pk] if r.period_id == period.pk]
        has_left = any(report.first_left_at is not None for report in at_period)
        is_accepted = any(self._accepted(report) is not None for report in at_period)
        outcome = self._outcome(task, day)
        is_suspended = any(_suspends(each, day) for each in self.adjustments[task.pk])
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
            claimed_on=self._claimed_on(task, day),
            closed_outcome=outcome,
            is_suspended=is_suspended,
            is_missing=owes and not has_left and not is_accepted,
            is_in_review=has_left and not is_accepted,
            is_corrected=version is not None and version.is_correction,
            is_estimate=version is not None and version.is_estimate,
        )

    def version_in_force(self, task: Task, period: Period) -> ReportVersion | None:
        """The accepted version of the newest main report up to the period."""
        for report in reversed(self.reports[task.pk]):
            version = self._accepted(report)
            if version is not None and report.period.data_as_of <= period.data_as_of:
                return version
        return None

    def _accepted(self, report: ProgressReport) -> ReportVersion | None:
        if self.trial is not None and self.trial.report_id == report.pk:
            return self.trial
        return report.in_force

    def _by_item(self, reports: Iterable[ProgressReport]) -> dict[int, list[ProgressReport]]:
        """Main reports by task, the oldest period first."""
        grouped: dict[int, list[ProgressReport]] = defaultdict(list)
        for report in reports:
            if report.is_main and report.period.data_as_of <= self.until:
                grouped[report.responsibility.task_id].append(report)
        for those in grouped.values():
            those.sort(key=lambda r: (r.period.data_as_of, r.responsibility.starts_on, r.pk))
        return grouped

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
        )

    def _milestone(self, step: Milestone) -> MilestoneFact:
        done_on = self.trial_steps.get(step.pk, step.done_on)
        return MilestoneFact(step.title, step.due_on, Decimal(step.weight), done_on)

    def _previous_gap(self, task: Task, period: Period) -> Decimal | None:
        """The frozen gap of the period before."""
        frozen = last_frozen(self.frozen[task.pk], period)
        return frozen.gap if frozen is not None else None

    def _claimed_on(self, task: Task, day: date) -> date | None:
        claims = [c for c in self.closures[task.pk] if c.state in STANDING_CLAIMS]
        return min((c.claimed_on for c in claims if c.claimed_on <= day), default=None)

    def _outcome(self, task: Task, day: date) -> str:
        for closure in self.closures[task.pk]:
            closed_on = closure.closed_on
            if closure.state == ClosureState.CLOSED and closed_on and closed_on <= day:
                return closure.outcome
        return ""

    def _thresholds(self, task: Task, day: date) -> Thresholds:
        """The plan's thresholds in force on `day`; the defaults of design.md where it has none."""
        for rule in self.rules:
            if rule.plan_id == task.plan_id and rule.holds_on(day):
                return Thresholds(**{key: Decimal(str(v)) for key, v in rule.value.items()})
        return Thresholds()


def gather(pairs: Sequence[tuple[Task, Period]], *, trial: ReportVersion | None = None) -> Gatherer:
    """Load everything, in a fixed number of queries; `trial` counts as if it were accepted."""
    ids, until = [task.pk for task, _ in pairs], _until(pairs)
    reports = ProgressReport.objects.filter(
        duty=Duty.MAIN, responsibility__task__in=ids, period__data_as_of__lte=until
    ).select_related("period", "responsibility", "accepted_version")
    figures = figures_of(ids, until, trial=trial.pk if trial is not None else None)
    return Gatherer(pairs, reports=reports, figures=figures, trial=trial)


def _until(pairs: Sequence[tuple[Task, Period]]) -> date:
    return max(period.data_as_of for _, period in pairs)


def _suspends(adjustment: Adjustment, day: date) -> bool:
    return (
        adjustment.kind == AdjustmentKind.SUSPENSION
        and adjustment.state == DecisionState.REGISTERED
        and adjustment.holds_on(day)
    )
