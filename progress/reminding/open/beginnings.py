"""What is asked of units at the beginning of a year: 签收 of what was assigned, and 办理方案."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

from django.urls import reverse

from huangshi_tasks.lib.workdays import Overrides, add_workdays
from progress.reminding.case import Case, until
from progress.reminding.ladder import ACTION_PLAN, RECEIPT, Ladder
from progress.todo.kinds import ACTION_PLAN_DAYS
from tasks.holders.receipts import receivable
from tasks.models import ActionPlanState, Plan, Responsibility, Task, Tracking
from units.models import Unit

PLANNED = (Tracking.QUANTITATIVE, Tracking.MILESTONE)
WEIGHT = -8
WRITTEN = (ActionPlanState.REVIEWING, ActionPlanState.ACCEPTED)


def cases(
    plan: Plan, ladders: dict[str, Ladder], today: date, overrides: Overrides
) -> Iterator[Case]:
    """Receipts by unit and day of assignment; 办理方案 by unit."""
    yield from _receipts(plan, ladders[RECEIPT], today)
    yield from _action_plans(plan, ladders[ACTION_PLAN], today, overrides)


def _receipts(plan: Plan, ladder: Ladder, today: date) -> Iterator[Case]:
    held = receivable(plan, today).filter(received_at=None)
    waiting = Counter((each.unit, max(each.starts_on, plan.begins_on)) for each in held)
    is_first = bool(waiting) and not Plan.objects.filter(year=plan.year, pk__lt=plan.pk).exists()
    for (unit, day), count in waiting.items():
        sentence = f"{unit}有{count}项任务尚未签收，请签收或提出意见。"
        yield Case(
            subject=_receipt(plan, unit, day, is_first=is_first),
            ladder=ladder,
            opens_on=day,
            base=day,
            says=partial(_always, sentence),
            link=reverse("progress:duties", args=[plan.slug]),
            weight=WEIGHT,
            unit=unit,
        )


def _receipt(plan: Plan, unit: Unit, day: date, *, is_first: bool) -> str:
    """The same for ever: it follows from nothing that can be changed. The first plan of a year goes
    without its name in that year, as ever; another may begin on the very day.
    """
    subject = f"receipt:{unit.pk}:{day:%Y%m%d}"
    return subject if is_first and day.year == plan.year else f"{subject}:{plan.pk}"


def _action_plans(plan: Plan, ladder: Ladder, today: date, overrides: Overrides) -> Iterator[Case]:
    due_on = add_workdays(plan.begins_on, ACTION_PLAN_DAYS, overrides)
    tasks = Task.objects.filter(plan=plan, tracking__in=PLANNED)
    tasks = tasks.exclude(action_plan__state__in=WRITTEN)
    tasks = tasks.exclude(action_plan__accepted_version__isnull=False)
    primaries = Responsibility.objects.on(today).filter(task__in=tasks, is_primary=True)
    missing = Counter(each.unit for each in primaries.select_related("unit"))
    for unit, count in missing.items():
        yield Case(
            subject=f"action_plan:{plan.pk}:{unit.pk}",
            ladder=ladder,
            opens_on=plan.begins_on,
            base=due_on,
            says=partial(_plan_sentence, unit, count, due_on, overrides),
            link=reverse("reports:desk", args=[plan.slug]),
            weight=WEIGHT,
            unit=unit,
        )


def _plan_sentence(unit: Unit, count: int, due_on: date, overrides: Overrides, today: date) -> str:
    return f"{unit}有{count}项办理方案{until(due_on, today, overrides, undone='尚未报送')}"


def _always(sentence: str, today: date) -> str:
    return sentence
