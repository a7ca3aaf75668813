"""What is decided about commitments, by the office; and how they become rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tasks.commitments.promised import (
    Listed,
    place_of_number,
    place_of_step,
    seeming,
)
from tasks.models import Commitment, CommitmentDecision, Indicator, Milestone, Task
from tasks.reader.promised.commitments import placed
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

NOT_THERE = "“{}”不在事项原文中，请照原文摘录。"
GONE = "这条承诺已不在此项中，请刷新后重试。"
TWICE = "“{}”已列为承诺，无需再加。"


@transaction.atomic
def stored(task: Task, written: Sequence[str] = ()) -> list[Commitment]:
    """The item's commitments as rows; where it has none yet, those of `written` (verbatim parts of
    its sentence), else those that the sentence seems to make. Numbers and steps are told theirs.
    """
    locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if found := list(locked.commitments.all()):
        return found
    numbers, steps = list(locked.indicators.all()), list(locked.milestones.all())
    spans = ((each.span_start, each.span_end) for each in numbers)
    listed = _written(locked.text, written) if written else seeming(locked.text, spans)
    rows = Commitment.objects.bulk_create(
        Commitment(
            task=locked,
            ordinal=each.ordinal,
            text=each.text,
            span_start=each.span_start,
            span_end=each.span_end,
        )
        for each in listed
    )
    by_place = {row.ordinal: row for row in rows}
    for number in numbers:
        number.commitment = by_place.get(place_of_number(number, listed) or 0)
    for step in steps:
        step.commitment = by_place.get(place_of_step(step, listed) or 0)
    if numbers:
        Indicator.objects.bulk_update(numbers, ["commitment"])
    if steps:
        Milestone.objects.bulk_update(steps, ["commitment"])
    return rows


def _written(text: str, written: Sequence[str]) -> list[Listed]:
    return [
        Listed(place, each.text, each.start, each.end)
        for place, each in enumerate(placed(text, written), start=1)
    ]


@transaction.atomic
def decide(
    *,
    task: Task,
    ordinal: int,
    decision: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Commitment:
    """Judge one in words, leave it open, say that it is none, or ("") take that back."""
    require(can_run_the_year(actor))
    row = next((each for each in stored(task) if each.ordinal == ordinal), None)
    if row is None:
        raise NotNow(GONE)
    before = row.decision
    row.decision, row.reason = decision, reason if decision else ""
    row.decided_by_name, row.decided_at = (actor.name, now) if decision else ("", None)
    row.save(update_fields=["decision", "reason", "decided_by_name", "decided_at"])
    log.record(
        actor=actor,
        action="commitment.decide",
        subject=task,
        summary=f"承诺计量：{task}“{row.text}”{_said(decision)}",
        changes={"decision": [before, decision]},
        reason=reason,
        now=now,
    )
    return row


def _said(decision: str) -> str:
    return str(CommitmentDecision(decision).label) if decision else "撤回决定"


@transaction.atomic
def add(*, task: Task, text: str, actor: Actor, now: datetime) -> Commitment:
    """One more, in the sentence's own words."""
    require(can_run_the_year(actor))
    rows = stored(task)
    if any(row.text == text for row in rows):
        raise NotNow(TWICE.format(text))
    start = task.text.find(text)
    if start < 0:
        raise NotNow(NOT_THERE.format(text))
    row = Commitment.objects.create(
        task=task,
        ordinal=max(row.ordinal for row in rows) + 1,
        text=text,
        span_start=start,
        span_end=start + len(text),
    )
    log.record(
        actor=actor,
        action="commitment.add",
        subject=task,
        summary=f"增加承诺：{task}“{text}”",
        now=now,
    )
    return row


def leave_open(
    task: Task, ordinals: Sequence[int], *, reason: str, actor: Actor, now: datetime
) -> None:
    """Accept knowingly that nothing measures these, as a 办理方案 leaves them."""
    for ordinal in ordinals:
        decide(
            task=task,
            ordinal=ordinal,
            decision=CommitmentDecision.LEFT_OPEN,
            reason=reason,
            actor=actor,
            now=now,
        )
