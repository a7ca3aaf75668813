"""The agenda of a 调度会: items that are at risk, the worst first, each with its reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.text import number
from progress.board.keeping import board_of
from progress.board.shown import Shown
from progress.matters.coordination import asked_for
from progress.models import Instruction, Meeting, MeetingDecision
from progress.states import Light
from tasks.models import Milestone
from units.actors import Actor

WEIGHTS: dict[str, int] = {Light.LATE: 100, Light.NOT_STARTED: 80, Light.SLOW: 50}
WORSE, STEP, PROBLEM, OPEN = 20, 30, 25, 15
ORDER = (Light.DONE, Light.AHEAD, Light.ON_PACE, Light.SLOW, Light.NOT_STARTED, Light.LATE)


@dataclass(frozen=True)
class AgendaRow:
    """One item: why it is on the agenda, and how heavily that weighs."""

    shown: Shown
    reasons: tuple[str, ...]
    weight: int

    @property
    def lead(self) -> str:
        return next((held.unit.name for held in self.shown.holders if held.is_primary), "")


@dataclass(frozen=True)
class Facts:
    """What is known of items beside their 定稿, by task id."""

    steps: Mapping[int, Sequence[tuple[str, date]]]  # overdue: title and day
    problems: Mapping[int, int]  # of units, that nobody has answered
    open_decisions: Mapping[int, int]  # of the meeting before, not closed


def agenda_of(meeting: Meeting, actor: Actor, today: date) -> list[AgendaRow]:
    """The items of the meeting's post and area that have a reason; four queries."""
    shown = [each for each in board_of(meeting.plan, actor, today).shown if _is_of(meeting, each)]
    facts = _facts(meeting, today)
    rows = [row for each in shown if (row := row_of(each, facts, today)).reasons]
    return sorted(rows, key=lambda row: (-row.weight, row.shown.item.kind, row.shown.item.number))


def _is_of(meeting: Meeting, shown: Shown) -> bool:
    area = shown.item.area
    if meeting.area_id is not None and (area is None or area.pk != meeting.area_id):
        return False
    return meeting.post_id is None or any(post.pk == meeting.post_id for post in shown.posts)


def row_of(shown: Shown, facts: Facts, today: date) -> AgendaRow:
    """Gap, trend, overdue steps, unanswered problems, and what is left of the meeting before."""
    pk = shown.item.pk
    found = [*_judged(shown)]
    for title, due in facts.steps.get(pk, ()):
        found.append((STEP, f"节点“{title}”逾期{(today - due).days}天"))
    if asked := facts.problems.get(pk, 0):
        found.append((PROBLEM, f"{asked}件需协调问题未转办"))
    if left := facts.open_decisions.get(pk, 0):
        found.append((OPEN, f"上次议定{left}件未办结"))
    return AgendaRow(shown, tuple(words for _, words in found), sum(w for w, _ in found))


def _judged(shown: Shown) -> list[tuple[int, str]]:
    frozen = shown.frozen
    if frozen is None:
        return []
    found = []
    if frozen.light in WEIGHTS:
        gap = frozen.gap if frozen.gap is not None else None
        beside = f"，低于计划{number(abs(gap))}个百分点" if gap is not None and gap < 0 else ""
        weight = WEIGHTS[frozen.light] + (int(-gap) if gap is not None and gap < 0 else 0)
        found.append((weight, f"{Light(frozen.light).label}{beside}"))
    if _place(frozen.light) > _place(frozen.before) >= 0:
        found.append((WORSE, f"较上期变差（上期{Light(frozen.before).label}）"))
    return found


def _place(light: str) -> int:
    """In the order of the lights; −1 of what cannot be compared."""
    return ORDER.index(Light(light)) if light in ORDER else -1


def _facts(meeting: Meeting, today: date) -> Facts:
    steps: dict[int, list[tuple[str, date]]] = defaultdict(list)
    late = Milestone.objects.filter(task__plan=meeting.plan, done_on=None, due_on__lt=today)
    for task, title, due in late.values_list("task", "title", "due_on"):
        steps[task].append((title, due))
    problems: dict[int, int] = defaultdict(int)
    asked = asked_for(meeting.plan).exclude(
        pk__in=Instruction.objects.exclude(version=None).values("version")
    )
    for task in asked.values_list("report__responsibility__task", flat=True):
        problems[task] += 1
    left: dict[int, int] = defaultdict(int)
    for each in decisions_before(meeting):
        if each.task_id is not None and not is_over(each):
            left[each.task_id] += 1
    return Facts(steps, problems, left)


def decisions_before(meeting: Meeting) -> list[MeetingDecision]:
    """What the meeting before decided, with what became of it."""
    if meeting.previous_id is None:
        return []
    found = MeetingDecision.objects.filter(meeting=meeting.previous_id)
    return list(found.select_related("task__plan", "unit", "instruction__plan"))


def is_over(decision: MeetingDecision) -> bool:
    """Nobody has anything to do on it any more."""
    return decision.instruction is not None and decision.instruction.closed_on is not None
