"""Items of a new year beside those of the year before: what continues what, said or proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from progress.closing.outcomes import OutcomeRow, outcomes_of
from progress.turn.likeness import Candidate, bare, candidates
from tasks.models import Plan, PlanState, Task

FINISHED = ("done", "mostly_done")  # of `Outcome`: what comes again, comes every year


@dataclass(frozen=True)
class Proposal:
    """An item of the year before, and how alike it is."""

    row: OutcomeRow
    candidate: Candidate

    @property
    def task(self) -> Task:
        return self.row.task


@dataclass(frozen=True)
class Pair:
    """An item of the new year: `before` where it was confirmed, else what is proposed."""

    task: Task
    before: OutcomeRow | None
    proposals: Sequence[Proposal] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        """The very sentence stands in both years."""
        return bool(self.proposals) and self.proposals[0].candidate.is_same


@dataclass(frozen=True)
class Turn:
    """Both years. `alone`: items of the year before that nothing continues."""

    plan: Plan
    earlier: Plan
    pairs: Sequence[Pair]
    alone: Sequence[OutcomeRow]

    @property
    def confirmed(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.before is not None]

    @property
    def open(self) -> list[Pair]:
        """To be confirmed, the likest first."""
        found = [pair for pair in self.pairs if pair.before is None and pair.proposals]
        return sorted(found, key=lambda pair: -pair.proposals[0].candidate.score)

    @property
    def sure(self) -> set[int]:
        """Items proposed with the tick set: the very sentence, which no other item has too."""
        same = [pair for pair in self.open if pair.is_same]
        times = Counter(pair.proposals[0].task.pk for pair in same)
        return {pair.task.pk for pair in same if times[pair.proposals[0].task.pk] == 1}

    @property
    def new(self) -> list[Pair]:
        """Nothing of the year before is like them."""
        return [pair for pair in self.pairs if pair.before is None and not pair.proposals]


def predecessor(plan: Plan) -> Plan | None:
    """The newest plan of an earlier year that this one may continue: the main series the main
    series, a special plan its own.
    """
    earlier = Plan.objects.filter(year__lt=plan.year, is_main=plan.is_main)
    if not plan.is_main:
        earlier = earlier.filter(series=plan.series)
    return earlier.exclude(state=PlanState.DRAFT).order_by("-year", "-pk").first()


def turn_of(plan: Plan, earlier: Plan) -> Turn:
    """Six queries; what is said already is not proposed again."""
    before = {row.task.pk: row for row in outcomes_of(earlier)}
    tasks = list(plan.tasks.order_by("kind", "number"))
    taken = {task.carried_from_id for task in tasks}
    free = {pk: bare(row.task.words) for pk, row in before.items() if pk not in taken}
    pairs = []
    for task in tasks:
        if task.carried_from_id is not None:
            pairs.append(Pair(task, before.get(task.carried_from_id)))
            continue
        found = candidates(task.words, free)
        pairs.append(Pair(task, None, [Proposal(before[each.pk], each) for each in found]))
    proposed = {each.task.pk for pair in pairs for each in pair.proposals}
    alone = [row for pk, row in before.items() if pk not in taken and pk not in proposed]
    return Turn(plan, earlier, pairs, alone)


def word_of(row: OutcomeRow) -> str:
    """结转 of what was not finished; else the item comes every year."""
    return "每年重提" if row.outcome in FINISHED else "结转"
