"""Items of the year before beside those of a new year: what continues what, said or proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from huangshi_tasks.lib.text import full_width
from progress.closing.outcomes import OutcomeRow, outcomes_of
from progress.models import Outcome, TurnAnswer, TurnAnswerKind
from progress.turn.common import parted
from progress.turn.likeness import Candidate, bare, candidates
from tasks.models import Plan, PlanState, Task

FINISHED = (Outcome.DONE, Outcome.MOSTLY_DONE)  # what comes again, comes every year
GOING_ON = (Outcome.NOT_DONE, Outcome.CARRIED_OVER)


@dataclass(frozen=True)
class Proposal:
    """An item of the new year, and how alike it is."""

    task: Task
    candidate: Candidate
    old: Task

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """Its sentence, with what the old one says too."""
        return parted(full_width(self.task.words), full_width(self.old.words))


@dataclass(frozen=True)
class OpenRow:
    """An item of the year before that nobody has answered for, and what may continue it."""

    row: OutcomeRow
    proposals: Sequence[Proposal] = field(default_factory=list)

    @property
    def task(self) -> Task:
        return self.row.task

    @property
    def word(self) -> str:
        return word_of(self.row)

    @property
    def likeness(self) -> str:
        """很相近, 有2项相近, 没有相近."""
        if not self.proposals:
            return "没有相近"
        if len(self.proposals) > 1:
            return f"有{len(self.proposals)}项相近"
        return self.proposals[0].candidate.word

    @property
    def verb(self) -> str:
        """On the button: 确认结转, 每年重提; of several the one that is chosen."""
        if len(self.proposals) > 1:
            return "所选为同一项"
        return "每年重提" if self.word == "每年重提" else "确认结转"

    @property
    def is_to_carry(self) -> bool:
        """拟结转: it was not finished."""
        return self.row.outcome in GOING_ON


@dataclass(frozen=True)
class Pair:
    """An item of the new year that continues `before`."""

    task: Task
    before: OutcomeRow

    @property
    def word(self) -> str:
        return word_of(self.before)


@dataclass(frozen=True)
class Alone:
    """An item of the year before that nothing continues, as somebody said."""

    row: OutcomeRow
    answer: TurnAnswer


@dataclass(frozen=True)
class Turn:
    """Both years. `open` are to be answered, `new` items of the new year that continue none."""

    plan: Plan
    earlier: Plan
    open: Sequence[OpenRow]
    confirmed: Sequence[Pair]
    alone: Sequence[Alone]
    new: Sequence[Task]
    apart: Sequence[TurnAnswer]

    @property
    def to_carry(self) -> list[OpenRow]:
        return [row for row in self.open if row.is_to_carry]

    @property
    def same(self) -> list[tuple[Task, Task]]:
        """文字相同: old and new of those whose very sentence stands once in either year."""
        found = [
            (row.task, each.task)
            for row in self.open
            for each in row.proposals
            if each.candidate.is_same
        ]
        times = Counter(pk for old, new in found for pk in (old.pk, new.pk))
        return [(old, new) for old, new in found if times[old.pk] == times[new.pk] == 1]

    @property
    def carried(self) -> int:
        """Of those confirmed the 结转; the others are 每年重提."""
        return sum(pair.word == "结转" for pair in self.confirmed)

    @property
    def total(self) -> int:
        return len(self.open) + len(self.confirmed) + len(self.alone)


def predecessor(plan: Plan) -> Plan | None:
    """The newest plan of an earlier year that this one may continue: the main series the main
    series, a special plan its own.
    """
    earlier = Plan.objects.filter(year__lt=plan.year, is_main=plan.is_main)
    if not plan.is_main:
        earlier = earlier.filter(series=plan.series)
    return earlier.exclude(state=PlanState.DRAFT).order_by("-year", "-pk").first()


def turn_of(plan: Plan, earlier: Plan) -> Turn:
    """Seven queries; what is said already is not proposed again."""
    rows = outcomes_of(earlier)
    before = {row.task.pk: row for row in rows}
    tasks = list(plan.tasks.order_by("kind", "number"))
    said = list(plan.turn_answers.filter(old__plan=earlier).select_related("new", "old"))
    apart = [each for each in said if each.kind == TurnAnswerKind.NOT_SAME]
    ended = {each.old_id: each for each in said if each.new_id is None}
    confirmed = [
        Pair(task, before[task.carried_from_id]) for task in tasks if task.carried_from_id in before
    ]
    taken = {pair.before.task.pk for pair in confirmed}
    asked = [row for row in rows if row.task.pk not in taken and row.task.pk not in ended]
    free = {task.pk: task for task in tasks if task.carried_from_id is None}
    left_out = {(each.old_id, each.new_id) for each in apart}
    open_rows = _open(asked, free, left_out)
    proposed = {each.task.pk for row in open_rows for each in row.proposals}
    return Turn(
        plan=plan,
        earlier=earlier,
        open=sorted(open_rows, key=_urgency),
        confirmed=confirmed,
        alone=[Alone(row, ended[row.task.pk]) for row in rows if row.task.pk in ended],
        new=[task for pk, task in free.items() if pk not in proposed],
        apart=apart,
    )


def _open(
    asked: Sequence[OutcomeRow],
    free: Mapping[int, Task],
    left_out: Collection[tuple[int, int | None]],
) -> list[OpenRow]:
    words = {pk: bare(task.words) for pk, task in free.items()}
    rows = []
    for row in asked:
        may_be = {pk: words[pk] for pk in words if (row.task.pk, pk) not in left_out}
        found = candidates(row.task.words, may_be)
        rows.append(OpenRow(row, [Proposal(free[each.pk], each, row.task) for each in found]))
    return rows


def _urgency(row: OpenRow) -> tuple[bool, bool, float]:
    """Unfinished ones first, then the likest."""
    score = row.proposals[0].candidate.score if row.proposals else 0
    return not row.is_to_carry, not row.proposals, -score


def word_of(row: OutcomeRow) -> str:
    """结转 of what was not finished; else the item comes every year."""
    return "每年重提" if row.outcome in FINISHED else "结转"
