"""What still stands in the way of 归档: whatever somebody would have to do after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from progress.closing.outcomes import outcomes_of
from progress.models import ProgressReport, ReportState, SupportRequest
from progress.models.reports import ReportQuerySet
from progress.periods.access import periods_of
from reports.frame.waiting import waiting_sets
from reports.models import EDITABLE, BulletinState, StandingState
from tasks.models import ActionPlan, ActionPlanState, Plan

# of `waiting_sets`: name → words and the list that shows the rows
OPEN = {
    "matters": ("件交办事项未办结", "progress:matters"),
    "orders": ("件督办单未反馈", "progress:orders"),
    "adjustments": ("项调整待登记", "progress:adjustments"),
    "closures": ("项办结销号待核查或批准", "progress:closures"),
    "visits": ("项核查未完成（含整改）", "progress:visits"),
}


@dataclass(frozen=True)
class Obstacle:
    """A sentence and where its rows are."""

    sentence: str
    url: str


def _under_way(plan: Plan, today: date) -> ReportQuerySet:
    """Of finalized periods what can still be decided on, as `progress.periods.owed.is_under_way`
    says of one; what never came is not waited for.
    """
    reopened = Q(reopened_until__gte=today) | Q(accepted_version__isnull=False)
    open_ones = Q(state=ReportState.REVIEWING) | (reopened & ~Q(state=ReportState.ACCEPTED))
    return ProgressReport.objects.filter(open_ones, period__plan=plan)


def obstacles(plan: Plan, today: date) -> list[Obstacle]:
    """In the order in which a year ends; none where it may be archived."""
    return list(_obstacles(plan, today))


def _obstacles(plan: Plan, today: date) -> Iterator[Obstacle]:
    open_ones = [p for p in periods_of(plan) if not p.is_finalized and not p.is_before]
    if running := dict.fromkeys(period.label for period in open_ones):
        sentence = f"{'、'.join(running)}还没有定稿"
        yield Obstacle(sentence, reverse("progress:periods", args=[plan.slug]))
    if waiting := _under_way(plan, today).count():
        yield Obstacle(
            f"{waiting}份进展待审核、正在补报或更正",
            reverse("reports:filings", args=[plan.slug]),
        )
    sets = waiting_sets(plan, today)
    for name, (words, address) in OPEN.items():
        if count := sets[name].distinct().count():
            yield Obstacle(f"{count}{words}", reverse(address, args=[plan.slug]))
    asked = SupportRequest.objects.of_plan(plan).filter(state="asked").count()
    if asked:
        yield Obstacle(f"{asked}件配合征询未答复", reverse("reports:office", args=[plan.slug]))
    open_plans = (ActionPlanState.SIGNING, ActionPlanState.REVIEWING)
    if count := ActionPlan.objects.filter(task__plan=plan, state__in=open_plans).count():
        url = reverse("tasks:action_plans", args=[plan.slug])
        yield Obstacle(f"{count}项办理方案待审签或待审核", url)
    yield from _unsaid(plan)


def _unsaid(plan: Plan) -> Iterator[Obstacle]:
    """What the office has not said of the year yet, and could not say any more."""
    if count := sum(not row.outcome for row in outcomes_of(plan)):
        yield Obstacle(f"{count}项没有年终结果", reverse("progress:outcomes", args=[plan.slug]))
    if count := plan.bulletins.filter(state__in=[*EDITABLE, BulletinState.SIGNED]).count():
        url = reverse("reports:bulletins", args=[plan.slug])
        yield Obstacle(f"{count}份通报、专报或公示稿未签发或未印发", url)
    if count := plan.standings.filter(state=StandingState.DRAFT).count():
        url = reverse("reports:standings", args=[plan.slug])
        yield Obstacle(f"{count}期单位推进情况未批准", url)
