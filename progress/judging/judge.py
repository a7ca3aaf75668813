"""Judgements of many items at once: at a period's date, or as of now.

`reports` and the form ask here; the facts come from `progress.judging.gathering`, the rules from
`progress.lights`. A page of 144 items costs about a dozen queries, whatever the number of items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from progress.judging.gathering import Gatherer, gather
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


def judge_live(tasks: Iterable[Task], newest: Mapping[str, Period]) -> dict[int, Live]:
    """Judge each task of a plan in the newest opened period of its own cycle (`newest_opened`);
    without one it is left out.
    """
    return _judge_pairs([(task, newest[task.cycle]) for task in tasks if task.cycle in newest])


def _judge_pairs(pairs: Sequence[tuple[Task, Period]]) -> dict[int, Live]:
    if not pairs:
        return {}
    gatherer = gather(pairs)
    return {task.pk: live_of(gatherer, task, period) for task, period in pairs}


def live_of(gatherer: Gatherer, task: Task, period: Period) -> Live:
    """One judgement out of what `gatherer` has loaded."""
    version = gatherer.version_in_force(task, period)
    return Live(gatherer.judgement(task, period), period, version)
