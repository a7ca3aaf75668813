"""由…年沿用: what was taken over from the year before and stands as it came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from progress.turn.acts import FROM
from progress.turn.lines import CONTACTS, OTHER_RULE, RULES
from tasks.models import Indicator, Naming, Plan, PlanRule, Portfolio, Responsibility, TaskCycle


@dataclass(frozen=True)
class Taken:
    """One value with where it is changed."""

    kind: str
    about: str
    says: str
    url: str


def taken_over(plan: Plan, year: int) -> list[Taken]:
    """By kind, in the order of 一并沿用; six queries."""
    return [
        *_portfolios(plan, year),
        *_contacts(plan, year),
        *_namings(plan, year),
        *_baselines(plan, year),
        *_habits(plan, year),
    ]


def _portfolios(plan: Plan, year: int) -> Iterator[Taken]:
    found = Portfolio.objects.open_ended().filter(task__plan=plan, taken_from=year)
    officers = reverse("tasks:officers", args=[plan.slug])
    for each in found.select_related("task__plan", "post").order_by("task__kind", "task__number"):
        yield Taken(each.get_kind_display(), str(each.task), str(each.post), officers)


def _contacts(plan: Plan, year: int) -> Iterator[Taken]:
    found = Responsibility.objects.open_ended().filter(task__plan=plan, contacts_from=year)
    for each in found.select_related("task__plan", "unit"):
        says = " ".join(filter(None, (getattr(each, name) for name in CONTACTS)))
        yield Taken("联系人", f"{each.task} {each.unit}", says, each.task.get_absolute_url())


def _namings(plan: Plan, year: int) -> Iterator[Taken]:
    found = Naming.objects.open_ended().filter(
        designation__task__plan=plan, proposed_by_name=FROM.format(year=year)
    )
    url = reverse("tasks:namings", args=[plan.slug])
    for each in found.select_related("designation__task__plan", "unit"):
        about = f"{each.designation.task} {each.designation.printed}"
        yield Taken("“相关…”", about, f"{each.unit}（{each.get_state_display()}）", url)


def _baselines(plan: Plan, year: int) -> Iterator[Taken]:
    found = Indicator.objects.filter(task__plan=plan, baseline_from=year)
    for each in found.select_related("task__plan"):
        assert each.task is not None
        assert each.baseline is not None
        says = f"{each.baseline.normalize():f}{each.unit_of_measure}"
        yield Taken("上年底数", f"{each.task} {each.name}", says, each.task.get_absolute_url())


def _habits(plan: Plan, year: int) -> Iterator[Taken]:
    cycles = TaskCycle.objects.open_ended().filter(task__plan=plan, reason=FROM.format(year=year))
    for each in cycles.select_related("task__plan"):
        url = reverse("tasks:change", args=[plan.slug, each.task_id])
        yield Taken("报送频次", str(each.task), each.get_cycle_display(), url)
    url = reverse("progress:ladders", args=[plan.slug])
    for rule in PlanRule.objects.open_ended().filter(plan=plan, taken_from=year):
        yield Taken("规则", RULES.get(rule.key, OTHER_RULE), "按上年的设定", url)
