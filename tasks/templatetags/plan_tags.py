"""The chip of a plan, where several are worked on (`tasks.plan_names`)."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from tasks import plan_names
from tasks.models import Plan
from tasks.plan_names import Chip

register = template.Library()


@register.filter
def chip(plan: Plan, chips: Mapping[int, Chip]) -> Chip | None:
    """Of `tasks.plan_names.chips_of`."""
    return chips.get(plan.pk)


@register.filter
def chip_name(plan: Plan, chips: Mapping[int, Chip]) -> str:
    """Its words; empty where only one plan is worked on."""
    found = chips.get(plan.pk)
    return found.label if found is not None else ""


@register.filter
def subject_of(plan: Plan) -> str:
    """2022年市政府重点工作和十件实事: for the head of a page."""
    return f"{plan.year}年{plan_names.subject_of(plan)}"
