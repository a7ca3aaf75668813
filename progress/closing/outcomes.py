"""年终结果 of every item, and what goes on next year (结转)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from progress.models import Closure, ClosureState, Outcome, TaskOutcome
from tasks.models import Plan, Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

CLOSED = "{task}已办结销号，结果以销号为准；如需更改，请先登记重新办理。"
NOT_CARRIED = "{task}的年终结果不是“结转”，不能承接到下一年度。"
TAKEN = "{task}已承接{other}。"


@dataclass(frozen=True)
class OutcomeRow:
    """One item: by closure or by the office's word, and the item that continues it."""

    task: Task
    closure: Closure | None
    said: TaskOutcome | None
    carried_to: Task | None

    @property
    def outcome(self) -> str:
        """The value in force; empty while nothing was decided."""
        if self.closure is not None:
            return self.closure.outcome
        return self.said.outcome if self.said is not None else ""

    @property
    def label(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""


def outcomes_of(plan: Plan) -> list[OutcomeRow]:
    """Every item of the plan in the order of the notice; four queries."""
    closed = Closure.objects.filter(task__plan=plan, state=ClosureState.CLOSED)
    closures = {each.task_id: each for each in closed.select_related("approval")}
    said = {each.task_id: each for each in TaskOutcome.objects.filter(task__plan=plan)}
    carried = {
        each.carried_from_id: each
        for each in Task.objects.filter(carried_from__plan=plan).select_related("plan")
    }
    return [
        OutcomeRow(task, closures.get(task.pk), said.get(task.pk), carried.get(task.pk))
        for task in Task.objects.filter(plan=plan)
    ]


def set_outcome(*, task: Task, outcome: str, note: str, actor: Actor, now: datetime) -> TaskOutcome:
    """认定 the year's outcome of an item that is not closed; a change keeps both in the log."""
    require(can_run_the_year(actor))
    if outcome not in Outcome.values:
        raise NotNow("请选择年终结果。")
    with transaction.atomic():
        Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if Closure.objects.filter(task=task, state=ClosureState.CLOSED).exists():
            raise NotNow(CLOSED.format(task=task.code))
        before = TaskOutcome.objects.filter(task=task).first()
        row = before or TaskOutcome(task=task)
        was = row.outcome
        row.outcome, row.note, row.decided_at = outcome, note.strip(), now
        row.decided_by, row.decided_by_name = actor.user, actor.name
        row.save()
        log.record(
            actor=actor,
            action="taskoutcome.set",
            subject=row,
            summary=f"认定年终结果：{task}",
            changes={"outcome": [was, outcome]},
            reason=note,
            now=now,
        )
    return row


def carry_over(*, task: Task, into: Task, actor: Actor, now: datetime) -> Task:
    """结转: `into`, an item of a later year, continues `task`. The last choice counts."""
    require(can_run_the_year(actor))
    with transaction.atomic():
        locked = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=into.pk)
        if locked.plan.year <= task.plan.year:
            raise NotNow("请选择以后年度的事项。")
        row = next(row for row in outcomes_of(task.plan) if row.task == task)
        if row.outcome not in (Outcome.CARRIED_OVER, Outcome.ONGOING):
            raise NotNow(NOT_CARRIED.format(task=task.code))
        if locked.carried_from_id not in (None, task.pk):
            raise NotNow(TAKEN.format(task=locked.code, other=locked.carried_from))
        for other in Task.objects.filter(carried_from=task).exclude(pk=locked.pk):
            other.carried_from = None
            other.save(update_fields=["carried_from"])
        locked.carried_from = task
        locked.save(update_fields=["carried_from"])
        log.record(
            actor=actor,
            action="task.carry_over",
            subject=task,
            summary=f"结转：{task}由{locked.plan.year}年{locked}承接",
            changes={"carried_to": locked.pk},
            now=now,
        )
    return locked
