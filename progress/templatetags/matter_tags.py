"""Tags of the pages of 交办, 督办 and 催办: ``{% load matter_tags %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from progress.matters.permissions import Matter, unit_name_of
from progress.models import Instruction, ProgressReport, UnitRole, UrgeSubject
from progress.urging.reasons import Subject, name_of, plan_of
from tasks.models import Plan
from units.face.drawings import icon
from units.face.marks import STATES

register = template.Library()

# state of a matter → the look of the report state that means the same to the eye
LOOKS = {
    "registered": "none",
    "draft": "draft",
    "signed": "draft",
    "answering": "reviewing",
    "sent": "reviewing",
    "signing": "signing",
    "returned": "returned",
    "answered": "accepted",
    "followed_up": "reviewing",
    "closed": "closed",
    "revoked": "none",
    "requested": "reviewing",
    "granted": "accepted",
    "declined": "returned",
}


@register.simple_tag
def matter_tag(row: Any, is_late: bool = False) -> SafeString:
    """The state of a matter as a tag; 逾期 is said in the word, not by colour alone."""
    mark = STATES["overdue" if is_late else LOOKS[row.state]]
    word = f"{row.get_state_display()} · 逾期" if is_late else row.get_state_display()
    return format_html('<span class="rtag r-{}">{}{}</span>', mark.style, icon(mark.icon), word)


@register.filter
def lead_unit(matter: Matter) -> str:
    """承办单位 now, as it was called when the matter was given to it."""
    return unit_name_of(matter)


@register.filter
def co_units(instruction: Instruction) -> list[str]:
    """协办单位 now, called likewise; no query where units are loaded."""
    held = instruction.units.all()
    return [each.unit_name for each in held if each.role == UnitRole.CO and each.is_open_ended]


@register.filter
def urge_field(subject: Subject) -> str:
    """Name of the parameter by which 催办 takes a matter."""
    if isinstance(subject, ProgressReport):
        return "report"
    return "matter" if isinstance(subject, Instruction) else "order"


@register.filter
def urge_plan(subject: Subject) -> Plan:
    """The year to which it belongs."""
    return plan_of(subject)


@register.filter
def urged_name(row: UrgeSubject) -> str:
    """What was urged, by name: 重点工作第49项6月进展."""
    subject = row.report or row.instruction or row.order
    return name_of(subject) if subject is not None else ""
