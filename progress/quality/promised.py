"""Steps of last period answered as done, against the amount or step that they named. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from huangshi_tasks.lib.text import number
from progress.quality.amounts import base_of, plain
from progress.quality.done import step_named
from progress.quality.facts import STEPS_BEFORE, Contradiction, Facts
from progress.quality.reading import Told, measure_of, read
from progress.quality.roles import Role

_REACHED = (Role.DONE, Role.PLANNED, Role.TARGET, Role.UNSAID)


def checks(facts: Facts) -> Iterator[Contradiction]:
    """The lines answered with 已完成 that the figures and days do not bear out."""
    for line in facts.said_done:
        for other, place in unmet(line, facts):
            yield Contradiction("done", line, 0, 0, other, place, line, STEPS_BEFORE)
            break


def unmet(line: str, facts: Facts) -> Iterator[tuple[str, str]]:
    """What the line announced and is not there: the other side in words, and its place."""
    for told in read(line, facts):
        yield from _short_of(told, facts)
    for step in facts.steps:
        if step.done is None and step_named(step, plain(line)):
            yield f"节点“{step.name}”未填完成日期", step.place


def _short_of(told: Told, facts: Facts) -> Iterator[tuple[str, str]]:
    measure = measure_of(told, facts)
    if measure is None or measure.value is None or told.whose or told.amount.is_share:
        return
    is_whole = "累计" in told.before or "达" in told.before
    real = measure.value * base_of(measure.unit)[1]
    if told.role in _REACHED and is_whole and told.amount.value > real:
        yield f"{measure.name}为{number(measure.value)}{measure.unit}", f"{measure.place}value"
