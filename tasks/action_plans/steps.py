"""The lines of milestones in the form of a 办理方案. Names: see `tasks.action_plans.form`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from huangshi_tasks.lib.days import NOT_A_DAY, day_of
from tasks.action_plans.content import Content, PlannedStep
from tasks.action_plans.outline import Outline

SPARE_STEPS = 3  # empty lines for more milestones
MOST_STEPS = 60
TITLE_LENGTH = 120
HEAVIEST = 1000
NAMES = ("title", "due_on", "weight", "responsibility", "id", "commitment")


@dataclass
class StepRow:
    """A line of milestones: typed texts by field, errors by field."""

    place: int
    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    step: PlannedStep | None = None

    @property
    def is_blank(self) -> bool:
        return not any(self.typed[name].strip() for name in ("title", "due_on"))


def step_rows(outline: Outline, shown: Content, data: QueryDict | None) -> list[StepRow]:
    """The lines as posted; without `data` those of the draft and some empty ones."""
    if data is not None:
        return [_step(outline, shown, *line) for line in enumerate(_posted(data), start=1)]
    lines = [_typed(step) for step in shown.milestones]
    lines += [dict.fromkeys(NAMES, "") for _ in range(SPARE_STEPS)]
    return [_step(outline, shown, *line) for line in enumerate(lines, start=1)]


def _posted(data: QueryDict) -> Iterator[dict[str, str]]:
    for place in range(MOST_STEPS):
        if f"step-{place}-title" not in data and f"step-{place}-due_on" not in data:
            return
        yield {
            name: data.get(f"step-{place}-{name}", "").replace("\x00", "").strip() for name in NAMES
        }


def _step(outline: Outline, shown: Content, place: int, typed: dict[str, str]) -> StepRow:
    row = StepRow(place, typed)
    if row.is_blank:
        return row
    due_on, weight = day_of(typed["due_on"]), whole(typed["weight"] or "1")
    holder = _holder(outline, typed["responsibility"])
    row.errors = dict(_errors(typed["title"], due_on, weight, holder))
    if due_on is not None and weight is not None and holder is not None and not row.errors:
        known = _known(shown, typed["id"])
        measures = _commitment(outline, typed["commitment"])
        row.step = PlannedStep(typed["title"], due_on, weight, holder, known, measures)
    return row


def _errors(
    title: str, due_on: date | None, weight: int | None, holder: int | None
) -> Iterator[tuple[str, str]]:
    if not title:
        yield "title", "请填写节点内容；不需要的，请把日期也删去。"
    elif len(title) > TITLE_LENGTH:
        yield "title", f"不超过{TITLE_LENGTH}字，请删减。"
    if due_on is None:
        yield "due_on", NOT_A_DAY
    if weight is None:
        yield "weight", f"请填写1至{HEAVIEST}的整数。"
    if holder is None:
        yield "responsibility", "请在列出的单位中选择。"


def _holder(outline: Outline, typed: str) -> int | None:
    """The responsibility that reports the step; the primary's when nothing is chosen."""
    ids = [each.pk for each in outline.holders]
    if not typed:
        return ids[0] if ids else None
    return next((pk for pk in ids if str(pk) == typed), None)


def _commitment(outline: Outline, typed: str) -> int | None:
    """The place of the commitment that was chosen; None where none was."""
    places = (each.ordinal for each in outline.commitments)
    return next((place for place in places if str(place) == typed), None)


def _known(shown: Content, typed: str) -> int | None:
    """The milestone that a line goes on; what is not of this item is a new one."""
    own = (step.milestone_id for step in shown.milestones)
    return next((pk for pk in own if pk is not None and str(pk) == typed), None)


def _typed(step: PlannedStep) -> dict[str, str]:
    return {
        "title": step.title,
        "due_on": step.due_on.isoformat(),
        "weight": str(step.weight),
        "responsibility": str(step.responsibility_id),
        "id": str(step.milestone_id or ""),
        "commitment": str(step.commitment or ""),
    }


def whole(typed: str) -> int | None:
    """A weight; None where it is none."""
    is_whole = typed.isascii() and typed.isdigit() and len(typed) <= 4
    return int(typed) if is_whole and 1 <= int(typed) <= HEAVIEST else None
