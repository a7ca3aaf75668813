"""The commitments of items, each with what measures it.

Stored ones are rows; of an item without any they are those that its sentence seems to make, until
somebody decides the first (`acts`). Reading writes nothing, and no judgement depends on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import IntegerField, QuerySet
from django.utils.timezone import localtime

from tasks.commitments.matching import of_span, of_words
from tasks.models import Commitment, CommitmentDecision, Indicator, Milestone, Task, Tracking
from tasks.reader.parsed import ParsedIndicator
from tasks.reader.promised.commitments import ParsedCommitment, find_commitments
from units.asking.prepared import Many, prepared
from units.stamps.shown import FINALIZED

IN_WORDS = frozenset({Tracking.QUALITATIVE, Tracking.ONGOING})
BY_NUMBER, BY_STEP, OPEN = "指标", "节点", "未定"
BY_TRACKING = "按事项性质以文字评定"
LONGEST = 200


class Listed(NamedTuple):
    """One commitment as it stands in `Commitment`, or would."""

    ordinal: int
    text: str
    span_start: int
    span_end: int
    decision: str = ""
    reason: str = ""
    decided_by_name: str = ""
    decided_on: date | None = None
    pk: int | None = None


@dataclass(frozen=True)
class Promised:
    """A commitment with the names of its numbers and the ids of its steps."""

    listed: Listed
    numbers: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()
    in_words: bool = False  # as the whole item is

    @property
    def ordinal(self) -> int:
        return self.listed.ordinal

    @property
    def text(self) -> str:
        return self.listed.text

    @property
    def is_measured(self) -> bool:
        """By a number or a step."""
        return bool(self.numbers or self.steps)

    @property
    def is_open(self) -> bool:
        """Whether nothing says how far it is: what was left open knowingly is open all the same."""
        decided = self.listed.decision in (CommitmentDecision.WORDS, CommitmentDecision.DROPPED)
        return not (self.is_measured or decided or self.in_words)

    @property
    def is_undecided(self) -> bool:
        """Open, and nobody has accepted that."""
        return self.is_open and not self.listed.decision

    @property
    def measure(self) -> str:
        """By what: 指标、节点、文字评定、暂不计量、未定."""
        words = [word for word, by in ((BY_NUMBER, self.numbers), (BY_STEP, self.steps)) if by]
        if words:
            return "和".join(words)
        if self.listed.decision:
            return str(CommitmentDecision(self.listed.decision).label)
        return str(CommitmentDecision.WORDS.label) if self.in_words else OPEN

    @property
    def why(self) -> str:
        """The numbers by name, or who decided when and why; empty where nobody did."""
        said = self.listed
        if self.numbers:
            return "、".join(self.numbers)
        if self.steps:
            return f"{len(self.steps)}个节点"
        if said.decision and said.decided_on is not None:
            when = f"{said.decided_on.month}月{said.decided_on.day}日"
            return f"{said.reason}（{said.decided_by_name}，{when}）"
        return BY_TRACKING if self.in_words and not said.decision else ""


def listed_of(tasks: Collection[int]) -> dict[int, list[Listed]]:
    """Task id → what is stored of it, in its order; one query."""
    found: dict[int, list[Listed]] = defaultdict(list)
    for task, at, pk, *said in _stored(tasks=tasks):
        day = localtime(at).date() if at is not None else None
        found[task].append(Listed._make([*said, day, pk]))
    return found


_STORED = ("ordinal", "text", "span_start", "span_end", "decision", "reason", "decided_by_name")


@prepared(FINALIZED, tasks=Many(IntegerField()))
def _stored(tasks: Any) -> QuerySet[Commitment, tuple[Any, ...]]:
    rows = Commitment.objects.filter(task__in=tasks).order_by("task", "ordinal")
    return rows.values_list("task_id", "decided_at", "pk", *_STORED)


def seeming(text: str, numbers: Iterable[tuple[int, int]]) -> list[Listed]:
    """The commitments that a sentence seems to make."""
    found = _found(text, tuple(numbers))
    return [
        Listed(place, each.text[:LONGEST], each.start, each.end)
        for place, each in enumerate(found, start=1)
    ]


@lru_cache(maxsize=1024)  # every board asks it of every item again
def _found(text: str, numbers: tuple[tuple[int, int], ...]) -> tuple[ParsedCommitment, ...]:
    return find_commitments(text, numbers)


def promised_of(task: Any, stored: Sequence[Listed]) -> list[Promised]:
    """Of an item that is at hand with its numbers and steps; without what is no commitment."""
    steps = [(step.pk, step) for step in task.milestones.all()]
    kept = standing(task, stored)
    by_step: dict[int | None, list[int]] = defaultdict(list)
    for pk, step in steps:
        by_step[place_of_step(step, kept)].append(pk)
    return measured(task, kept, by_step)


def standing(task: Any, stored: Sequence[Listed]) -> list[Listed]:
    """Those of the item that are commitments: stored, else as its sentence seems to make them."""
    spans = ((each.span_start, each.span_end) for each in task.indicators.all())
    listed = stored or seeming(task.text, spans)
    return [each for each in listed if each.decision != CommitmentDecision.DROPPED]


def measured(
    task: Any, kept: Sequence[Listed], by_step: Mapping[int | None, Sequence[int]]
) -> list[Promised]:
    """Each with its numbers; `by_step`: its place → the steps that measure it."""
    by_number: dict[int | None, list[str]] = defaultdict(list)
    for number in task.indicators.all():
        by_number[place_of_number(number, kept)].append(number.name)
    in_words = task.tracking in IN_WORDS
    return [
        Promised(
            each,
            tuple(by_number[each.ordinal]),
            tuple(by_step.get(each.ordinal, ())),
            in_words=in_words,
        )
        for each in kept
    ]


def place_of_number(number: Indicator, listed: Sequence[Listed]) -> int | None:
    """The place of the commitment that it measures: the one named, else that of its own words."""
    named = _named(number.commitment_id, listed)
    return named or of_span(number.span_start, number.span_end, listed) or _only(listed)


def place_of_step(step: Milestone, listed: Sequence[Listed]) -> int | None:
    """The same of a step; without a word in common it is of the only one there is."""
    named = _named(step.commitment_id, listed) or of_words(step.title, listed)
    return named or _only(listed)


def _only(listed: Sequence[Listed]) -> int | None:
    return listed[0].ordinal if len(listed) == 1 else None


def _named(pk: int | None, listed: Sequence[Listed]) -> int | None:
    return next((each.ordinal for each in listed if pk is not None and each.pk == pk), None)


def read_from(text: str, numbers: Sequence[ParsedIndicator], tracking: str) -> list[Promised]:
    """Of an item that was read and is not in force: what its numbers do not measure is open."""
    listed = seeming(text, ((each.start, each.end) for each in numbers))
    by_number: dict[int | None, list[str]] = defaultdict(list)
    for each in numbers:
        by_number[of_span(each.start, each.end, listed) or _only(listed)].append(each.name)
    in_words = tracking in IN_WORDS
    return [Promised(it, tuple(by_number[it.ordinal]), in_words=in_words) for it in listed]


def promised_by(task: Task) -> list[Promised]:
    """Of one item; three queries where nothing of it is loaded."""
    return promised_of(task, listed_of([task.pk])[task.pk])


def open_ones(promised: Iterable[Promised]) -> list[Promised]:
    """Those that nothing measures."""
    return [each for each in promised if each.is_open]
