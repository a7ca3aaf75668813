"""节点: dated steps that nobody has reported as done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.urls import reverse

from huangshi_tasks.lib.workdays import Overrides
from progress.models import MilestoneReading, ReportState
from progress.periods.owed import Reliefs
from progress.reminding.case import Case, until
from progress.reminding.ladder import MILESTONE, Ladder
from tasks.models import REPORTING, Milestone, Plan

HORIZON = timedelta(days=120)  # no rung stands further before its day (ladder.MOST_DAYS)
FILED = (ReportState.REVIEWING, ReportState.ACCEPTED)


def cases(
    plan: Plan, ladders: dict[str, Ladder], today: date, overrides: Overrides
) -> Iterator[Case]:
    """A step counts as done from the moment its completion has left the unit."""
    told = MilestoneReading.objects.filter(
        done_on__isnull=False, version__report__state__in=FILED
    ).values("milestone_id")
    steps = (
        Milestone.objects.filter(task__plan=plan, done_on=None, due_on__lte=today + HORIZON)
        .exclude(pk__in=told)
        .exclude(task__in=Reliefs.of(plan).on(today))
        .select_related("task", *REPORTING)
    )
    for step in steps:
        reporter = step.responsibility.reporter_on(today) or step.responsibility
        yield Case(
            subject=f"milestone:{step.pk}",
            ladder=ladders[MILESTONE],
            base=step.due_on,
            opens_on=max(reporter.starts_on, plan.issued_on),
            says=partial(_sentence, step, overrides),
            link=reverse(
                "reports:project" if step.task.is_project else "reports:item",
                args=[plan.slug, step.task.number],
            ),
            unit=reporter.unit,
            task=step.task,
        )


def _sentence(step: Milestone, overrides: Overrides, today: date) -> str:
    urgency = until(step.due_on, today, overrides, undone="尚未报告完成")
    return f"{step.task}：节点“{step.title}”{urgency}"
