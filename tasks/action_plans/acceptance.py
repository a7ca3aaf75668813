"""From the accepted 办理方案 to the rows that lights and forms read, and back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import ProtectedError

from tasks.action_plans.content import Content, PlannedStep
from tasks.commitments.acts import stored
from tasks.commitments.matching import of_words
from tasks.models import (
    REPORTING,
    Designation,
    Indicator,
    IndicatorPlan,
    IndicatorShare,
    Milestone,
    Naming,
    NamingState,
    Responsibility,
    Task,
)
from tasks.naming.acts import drop, propose
from units.actors import Actor
from units.errors import NotNow

STANDING = (NamingState.PROPOSED, NamingState.CONFIRMED)
ONE_DAY = timedelta(days=1)


def content_in_force(task: Task, day: date) -> Content:
    """What holds for the item on `day`, spelled as a draft."""
    plans = IndicatorPlan.objects.filter(indicator__task=task)
    shares = IndicatorShare.objects.on(day).filter(indicator__task=task)
    namings = Naming.objects.not_over(day).filter(
        designation__task=task, unit__isnull=False, state__in=STANDING
    )
    return Content(
        values={(row.indicator_id, row.unit_id, row.as_of): row.value for row in plans},
        shares={(row.indicator_id, row.unit_id): row.value for row in shares},
        milestones=tuple(
            PlannedStep(
                *(step.title, step.due_on, step.weight, _reporter(step, day), step.pk),
                step.commitment.ordinal if step.commitment is not None else None,
            )
            for step in Milestone.objects.filter(task=task).select_related("commitment", *REPORTING)
        ),
        needs=frozenset(
            (row.designation_id, row.unit_id) for row in namings if row.unit_id is not None
        ),
        weights=_weights(task),
    )


def _weights(task: Task) -> dict[int | None, int]:
    rows = Indicator.objects.filter(task=task, weight__gt=1).values_list("pk", "weight")
    weights: dict[int | None, int] = {}
    weights.update(rows)
    if task.steps_weight > 1:
        weights[None] = task.steps_weight
    return weights


def _reporter(step: Milestone, day: date) -> int:
    """The responsibility that reports the step on `day`; the last that did where nobody does."""
    reporter = step.responsibility.reporter_on(day)
    return reporter.pk if reporter is not None else step.responsibility_id


def put_in_force(task: Task, content: Content, *, actor: Actor, now: datetime) -> None:
    """Write the rows; call inside the transaction of the acceptance, which logs old and new.

    What was frozen before keeps what it was judged by; the versions keep what was planned before.
    """
    held = Responsibility.objects.on(now.date()).filter(task=task)
    if {step.responsibility_id for step in content.milestones} - {row.pk for row in held}:
        raise NotNow("有节点的填报单位已不承担此项，请退回修改。")
    _write_values(task, content)
    _write_shares(task, content, now.date())
    _write_weights(task, content)
    _write_milestones(task, content, now.date())
    _write_needs(task, content, actor, now)


def _write_values(task: Task, content: Content) -> None:
    IndicatorPlan.objects.filter(indicator__task=task).delete()
    own = set(Indicator.objects.filter(task=task).values_list("pk", flat=True))
    IndicatorPlan.objects.bulk_create(
        IndicatorPlan(indicator_id=indicator, unit_id=unit, as_of=as_of, value=value)
        for (indicator, unit, as_of), value in sorted(
            content.values.items(), key=lambda item: (item[0][0], item[0][1] or 0, item[0][2])
        )
        if indicator in own
    )


def _write_shares(task: Task, content: Content, today: date) -> None:
    """Parts are dated: what changes is closed the day before and followed by a new row."""
    standing = IndicatorShare.objects.open_ended().filter(indicator__task=task)
    kept = set()
    for share in standing:
        key = (share.indicator_id, share.unit_id)
        if content.shares.get(key) == share.value:
            kept.add(key)
        elif share.starts_on >= today:
            share.delete()  # never held on any day that was judged
        else:
            share.ends_on = today - ONE_DAY
            share.save(update_fields=["ends_on"])
    IndicatorShare.objects.bulk_create(
        IndicatorShare(indicator_id=indicator, unit_id=unit, value=value, starts_on=today)
        for (indicator, unit), value in sorted(content.shares.items())
        if (indicator, unit) not in kept
    )


def _write_weights(task: Task, content: Content) -> None:
    for each in Indicator.objects.filter(task=task):
        weight = content.weights.get(each.pk, 1)
        if each.weight != weight:
            each.weight = weight
            each.save(update_fields=["weight"])
    of_steps = content.weights.get(None, 1)
    if task.steps_weight != of_steps:
        task.steps_weight = of_steps
        task.save(update_fields=["steps_weight"])


def _write_milestones(task: Task, content: Content, today: date) -> None:
    """Those that go on keep their row and what was reported of them; places are renumbered.

    Where the same goes on reporting, the row that reported before it stays the one that is named:
    a report of an earlier period is still its own.
    """
    commitments = {row.ordinal: row for row in stored(task)}
    steps = Milestone.objects.filter(task=task).select_related(*REPORTING)
    existing = {step.pk: step for step in steps}
    going_on = {step.milestone_id for step in content.milestones}
    highest = max((step.ordinal for step in existing.values()), default=0)
    for pk, step in existing.items():
        if pk not in going_on:
            _take_out(step)
            continue
        step.ordinal += highest + len(content.milestones)  # out of the way of the new places
        step.save(update_fields=["ordinal"])
    for place, planned in enumerate(content.milestones, start=1):
        # popped: a line that names the same milestone again is a new one
        found = existing.pop(planned.milestone_id or 0, None) or Milestone(task=task)
        found.ordinal, found.title, found.due_on = place, planned.title, planned.due_on
        found.weight = planned.weight
        measured = planned.commitment or of_words(planned.title, list(commitments.values()))
        found.commitment = commitments.get(measured or 0)
        if found.pk is None or _reporter(found, today) != planned.responsibility_id:
            found.responsibility_id = planned.responsibility_id
        found.save()


def _take_out(step: Milestone) -> None:
    try:
        step.delete()
    except ProtectedError:
        raise NotNow(f"节点“{step.title}”已有填报，不能删去；请保留，或退回修改。") from None


def _write_needs(task: Task, content: Content, actor: Actor, now: datetime) -> None:
    namings = Naming.objects.not_over(now.date()).filter(designation__task=task)
    standing = {(row.designation_id, row.unit_id): row for row in namings}
    for row in standing.values():
        is_wanted = (row.designation_id, row.unit_id) in content.needs
        if row.state == NamingState.PROPOSED and not is_wanted:
            drop(naming=row, reason="牵头单位修订办理方案，不再需要。", actor=actor, now=now)
    of_task = {row.pk: row for row in Designation.objects.filter(task=task)}
    for designation, unit in sorted(content.needs):
        if designation in of_task and (designation, unit) not in standing:
            propose(designation=of_task[designation], unit_id=unit, actor=actor, now=now)
