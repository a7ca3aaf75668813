"""How a plan is called beside others: on the chip of a row, in the switch of years, in a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tasks.models import Plan, PlanState

LONGEST = 10  # characters of a series on a chip


class PlanName(NamedTuple):
    """Of what stands in `Plan`, what menus show."""

    pk: int
    slug: str
    year: int
    series: str
    state: str
    is_main: bool

    @classmethod
    def of(cls, plan: Plan) -> PlanName:
        """Without its text, which is long."""
        return cls(plan.pk, plan.slug, plan.year, plan.series, plan.state, plan.is_main)

    @property
    def is_archived(self) -> bool:
        return self.state == PlanState.ARCHIVED


class Chip(NamedTuple):
    """The mark of a row that may come from several plans; `is_old` in a year before the newest."""

    label: str
    is_old: bool


def in_order(plans: Iterable[Plan]) -> list[Plan]:
    """Those of the main series first, the newest first."""
    return sorted(plans, key=lambda plan: (plan.is_main, plan.year, plan.pk), reverse=True)


def subject_of(plan: Plan | PlanName) -> str:
    """市政府重点工作和十件实事: what it is about, as papers and titles say it."""
    return plan.series.removesuffix("责任分解")


def short_name(plan: Plan | PlanName) -> str:
    """2022年; of a special plan 2022年优化营商环境."""
    return f"{plan.year}年" if plan.is_main else f"{plan.year}年{subject_of(plan)[:LONGEST]}"


def names_now() -> dict[str, str]:
    """Address → name of the plans that are worked on at this moment; none where it is but one. One
    query.
    """
    active = Plan.objects.filter(state=PlanState.ACTIVE).defer("source_text", "reading")
    found = {plan.slug: short_name(plan) for plan in active}
    return found if len(found) > 1 else {}


def chips_of(plans: Iterable[Plan]) -> dict[int, Chip]:
    """Plan id → its chip. None where there is but one plan: nothing has to be told apart."""
    found = list(plans)
    if len(found) < 2:
        return {}
    newest = max(plan.year for plan in found)
    return {plan.pk: Chip(short_name(plan), plan.year < newest) for plan in found}
