"""`{% csrf_token %}` of our forms; built in (settings.TEMPLATES), so that none does without."""

from __future__ import annotations

from typing import cast

from django import template
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from units.people.acting import FIELD

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Django's token, and as whom the form acts (`units.people.acting`)."""
    token = cast(SafeString, CsrfTokenNode().render(context))
    actor = getattr(context.get("request"), "actor", None)
    if actor is None:
        return token
    named = '{}<input type="hidden" name="{}" value="{}">'
    return format_html(named, token, FIELD, actor.appointment.pk)
