"""The chip of a plan, where several are worked on (`tasks.plan_names`); and `{% closed_year %}`,
around what a page of a year shows.
"""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.template import Context, NodeList
from django.template.base import Parser, Token
from django.utils.safestring import SafeString, mark_safe

from tasks import plan_names
from tasks.access import closed_page
from tasks.models import Plan, PlanState
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


@register.tag
def closed_year(parser: Parser, token: Token) -> ClosedYear:
    """`{% closed_year %}…{% endclosed_year %}`: of an archived year, without what writes in it."""
    nodes = parser.parse(("endclosed_year",))
    parser.delete_first_token()
    return ClosedYear(nodes)


class ClosedYear(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        html = self.nodelist.render(context)
        plan, request = context.get("plan"), context.get("request")
        if request is None or not isinstance(plan, Plan) or plan.state != PlanState.ARCHIVED:
            return html
        return mark_safe(closed_page(plan, request.path, html))  # noqa: S308  # a cut of our own page
