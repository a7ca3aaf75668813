"""All 办理方案 of the year, for the office: which are missing, which wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.models import ActionPlan, ActionPlanState, Plan, Responsibility, Task, Tracking
from units.models import Unit

# Items that are measured: the others are judged in words and need no 办理方案.
PLANNED = (Tracking.QUANTITATIVE, Tracking.MILESTONE)
MISSING = "none"
# What waits for the office comes first.
ORDER = (
    ActionPlanState.REVIEWING,
    MISSING,
    ActionPlanState.DRAFT,
    ActionPlanState.SIGNING,
    ActionPlanState.RETURNED,
    ActionPlanState.ACCEPTED,
)


@dataclass(frozen=True)
class ActionPlanRow:
    task: Task
    unit: Unit | None
    action_plan: ActionPlan | None

    @property
    def state(self) -> str:
        return str(self.action_plan.state) if self.action_plan is not None else MISSING

    @property
    def is_in_force(self) -> bool:
        return self.action_plan is not None and self.action_plan.accepted_version_id is not None


def action_plan_rows(plan: Plan, day: date) -> list[ActionPlanRow]:
    """Every item that is measured, what waits for the office first, then as numbered; with the
    unit that writes its plan on `day`.
    """
    tasks = list(Task.objects.filter(plan=plan, tracking__in=PLANNED).select_related("plan"))
    found = {each.task_id: each for each in ActionPlan.objects.filter(task__in=tasks)}
    primaries = (
        Responsibility.objects.on(day)
        .filter(task__in=tasks, is_primary=True)
        .select_related("unit")
    )
    unit_of = {each.task_id: each.unit for each in primaries}
    rows = [ActionPlanRow(task, unit_of.get(task.pk), found.get(task.pk)) for task in tasks]
    return sorted(rows, key=lambda row: ORDER.index(row.state))


def counts(rows: Iterable[ActionPlanRow]) -> list[tuple[str, int]]:
    """State and number, in the order of the list; states without any are left out."""
    found = Counter(row.state for row in rows)
    return [(str(state), found[state]) for state in ORDER if found[state]]


def in_state(rows: Sequence[ActionPlanRow], state: str) -> list[ActionPlanRow]:
    return [row for row in rows if not state or row.state == state]
