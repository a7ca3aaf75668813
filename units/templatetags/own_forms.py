"""Built in (settings.TEMPLATES): `{% csrf_token %}` of our forms, so that none does without; and
`{% personal %}` for what in a page is the person's own.
"""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from units.pages.personal import personal as part_of

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Django's token, and as whom the form acts (`units.people.acting`)."""
    return personal(context, "form")


@register.simple_tag(takes_context=True)
def personal(context: Context, name: str) -> SafeString:
    """A part that is the person's own (`units.pages.personal`); nothing without a request."""
    request = context.get("request")
    return SafeString("") if request is None else part_of(request, name)
