"""What pages say of closures: the groups of the list, and one claim with its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from progress.closing.workflow import CLOSURES
from progress.judging.figures import figures_of
from progress.models import Closure, ClosureFigure, ClosureState, Evidence
from tasks.models import Indicator, Plan, Task
from units.actors import Actor
from units.transitions import Transition

# heading → the states under it, in the order of the page
WAITING = "待核查、待销号"
GROUPS = {
    WAITING: (ClosureState.CLAIMED, ClosureState.CHECKED),
    "已销号": (ClosureState.CLOSED,),
    "不予办结、重新办理": (ClosureState.DECLINED, ClosureState.REOPENED),
}


@dataclass(frozen=True)
class ClosurePage:
    """One claim with its numbers, files and what this actor may do with it now."""

    closure: Closure
    figures: list[ClosureFigure]
    files: list[Evidence]
    arrows: dict[str, Transition[Closure]]


def closures_of(plan: Plan, actor: Actor) -> dict[str, list[Closure]]:
    """Heading → closures that the actor may know; the closed ones by date, the newest first."""
    visible = Closure.objects.visible_to(actor).filter(task__plan=plan)
    found = list(visible.select_related("task", "approval").order_by("-closed_on", "-claimed_at"))
    for each in found:
        each.task.plan = plan
    return {name: [c for c in found if c.state in states] for name, states in GROUPS.items()}


def page_of_closure(closure: Closure, actor: Actor) -> ClosurePage:
    """Ready to print."""
    files = Evidence.objects.visible_to(actor).filter(closure=closure)
    return ClosurePage(
        closure,
        list(closure.figures.select_related("indicator")),
        list(files),
        {arrow.name: arrow for arrow in CLOSURES.available(closure, actor)},
    )


def reached_by(task: Task, day: date) -> dict[int, Decimal | None]:
    """Indicator id → the figure accepted last, with which the claim starts."""
    figures = figures_of([task.pk], day)
    indicators = Indicator.objects.filter(task=task)
    return {each.pk: figures.of_city(each.pk, day) for each in indicators}
