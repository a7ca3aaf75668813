"""What a unit types into its report in the sample: form keys → values."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from demo import texts
from demo.book import Book, done_on
from demo.figures import Value
from demo.goals import ASKS_THE_CITY, key_of
from demo.story import Story
from progress.contents.promises import DONE, OPEN, promises_of
from progress.lights.facts import WITHOUT_PERCENT
from progress.models import Duty, ProgressReport
from progress.quality.facts import Facts, Measure, Span, Step
from progress.quality.promised import unmet
from tasks.models import IndicatorKind, Task

ASKED_MONTH = 6  # the month in which units ask the city for something


def draft_of(book: Book, report: ProgressReport, story: Story) -> dict[str, Any]:
    """Everything the report's unit fills in."""
    if report.duty == Duty.SHARE:
        return _numbers(book, report)
    values = {**_numbers(book, report), **_steps(book, report)}
    values |= {
        "progress": texts.progress(story),
        "problems": texts.problems(story),
        "next_steps": texts.next_steps(story),
    }
    if report.duty == Duty.MAIN:
        values |= _judgement(book.task_of(report), story)
        values |= _request(book, report, story)
    return values


def said_of_last(next_steps: str, story: Story) -> dict[str, Any]:
    """上期下一步 by line: what its number or step bears out is done, the rest says why not."""
    values: dict[str, Any] = {}
    facts = _facts_of(story)
    for promise in promises_of(next_steps, {}):
        is_open = any(unmet(promise.line, facts)) or (story.is_behind and "滞后" in promise.line)
        values[f"{promise.prefix}state"] = OPEN if is_open else DONE
        if is_open:
            values[f"{promise.prefix}note"] = texts.still_open(story)
    return values


def _facts_of(story: Story) -> Facts:
    return Facts(
        span=Span(story.day.replace(day=1), story.day),
        measures=tuple(
            Measure(name=n.name, unit=n.unit, target=n.target, value=n.value, is_rate=n.is_rate)
            for n in story.numbers
        ),
        steps=tuple(Step(step.title, step.due_on, step.done_on) for step in story.steps),
    )


def _numbers(book: Book, report: ProgressReport) -> dict[str, Any]:
    month = report.period.data_as_of.month
    unit_id = report.responsibility.unit_id
    values: dict[str, Any] = {}
    for indicator in book.own_indicators(report):
        values |= _reading(f"{indicator.pk}:", book.figure(indicator.pk, None, month))
    for share in book.shares.get((report.responsibility.task_id, unit_id), []):
        figure = book.figure(share.indicator_id, unit_id, month)
        if report.duty != Duty.MAIN:
            values |= _reading(f"{share.indicator_id}:{unit_id}", figure)
    return values


def _reading(place: str, figure: Value) -> dict[str, Any]:
    values: dict[str, Any] = {f"reading:{place}:value": figure.value}
    if figure.started is not None:
        values[f"reading:{place}:started"] = figure.started
    if figure.source:
        values[f"reading:{place}:source"] = figure.source
    return values


def _steps(book: Book, report: ProgressReport) -> dict[str, Any]:
    item = key_of(book.task_of(report))
    days = {step.pk: done_on(step, item, report.period) for step in book.own_steps(report)}
    return {f"milestone:{pk}:done_on": day for pk, day in days.items() if day is not None}


def _judgement(task: Task, story: Story) -> dict[str, Any]:
    """Items without a percent propose their light; whoever is behind says why."""
    values: dict[str, Any] = {}
    if not _has_percent(task):
        values["proposed_light"] = story.light
    if story.is_behind:
        values["light_reason"] = texts.light_reason(story)
    return values


def _has_percent(task: Task) -> bool:
    if task.tracking in WITHOUT_PERCENT:
        return False
    counted = [each for each in task.indicators.all() if each.kind == IndicatorKind.CUMULATIVE]
    return bool(counted or task.milestones.all())


def _request(book: Book, report: ProgressReport, story: Story) -> dict[str, Any]:
    is_asking = key_of(book.task_of(report)) in ASKS_THE_CITY
    if not is_asking or report.period.data_as_of.month < ASKED_MONTH:
        return {}
    return {
        "coordination": texts.coordination(story),
        "coordination_lead": story.helper,
        "coordination_by": report.period.data_as_of + timedelta(days=60),
    }
