"""Judgements of many items at once: at a period's date, or as of now.

`reports` and the form ask here; the facts come from `progress.gathering`, the rules from
`progress.lights`. A page of 144 items costs about a dozen queries, whatever the number of items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from progress.judging.gathering import Gatherer
from progress.lights.light import Judgement
from progress.models import Period, ReportVersion
from tasks.models import Task


@dataclass(frozen=True)
class Live:
    """A judgement as of now, with the period it is of and the version its texts come from."""

    judgement: Judgement
    period: Period
    version: ReportVersion | None


def judge(tasks: Iterable[Task], period: Period) -> dict[int, Live]:
    """Judge the tasks at the period's date: task id → judgement."""
    return _judge_pairs([(task, period) for task in tasks])


def judge_live(
    tasks: Iterable[Task], today: date, known: Mapping[str, Period] | None = None
) -> dict[int, Live]:
    """Judge each task in the newest opened period of its own cycle; without one it is left out.

    `known`: cycle → that period, where the caller has the periods of the one plan at hand.
    """
    items = list(tasks)
    if known is not None:
        of_cycle = [(task, known.get(task.cycle)) for task in items]
        return _judge_pairs([(task, period) for task, period in of_cycle if period is not None])
    plans = {task.plan_id for task in items}
    opened = Period.objects.filter(plan__in=plans).opened(today).order_by("data_as_of")
    newest = {(period.plan_id, period.cycle): period for period in opened}
    found = [(task, newest.get((task.plan_id, task.cycle))) for task in items]
    return _judge_pairs([(task, period) for task, period in found if period is not None])


def judge_draft(version: ReportVersion) -> Judgement:
    """What the light would be if this version were accepted as it stands."""
    report = version.report
    gatherer = Gatherer([(report.task, report.period)], trial=version)
    return gatherer.judgement(report.task, report.period)


def _judge_pairs(pairs: Sequence[tuple[Task, Period]]) -> dict[int, Live]:
    if not pairs:
        return {}
    gatherer = Gatherer(pairs)
    return {task.pk: live_of(gatherer, task, period) for task, period in pairs}


def live_of(gatherer: Gatherer, task: Task, period: Period) -> Live:
    """One judgement out of what `gatherer` has loaded."""
    version = gatherer.version_in_force(task, period)
    return Live(gatherer.judgement(task, period), period, version)
