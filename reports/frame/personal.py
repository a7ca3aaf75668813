"""What the frame shows of the person: menu with what waits, bell, 当前身份, watermark."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django.db.models import IntegerField, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import conditional_escape, format_html

from huangshi_tasks.lib import text
from progress.models import Reminder
from reports.frame.context import current_plan
from reports.frame.nav import nav_of
from tasks.models import Plan
from units.actors import Actor
from units.asking.prepared import prepared
from units.face.remembered import drawn
from units.factors.required import days_left, is_on
from units.http import Request
from units.once import claims
from units.pages.personal import form_fields, part

FORM = "<!--form-->"  # where a form of the drawn tools takes its fields
COUNTED = 100  # unread messages; the bell shows 99+
MARKS = 12  # of the watermark on a page


class Tools(NamedTuple):
    """What `_tools.html` shows; `others` are id and label of further appointments."""

    label: str
    search_url: str
    unread: int
    others: tuple[tuple[int, str], ...]
    has_protection: bool
    has_tokens: bool
    form: str = FORM


@part("nav")
def nav(request: HttpRequest) -> str:
    """The main menu."""
    actor = _actor(request)
    if actor is None or _is_held(request):
        return ""
    entries = tuple(nav_of(request, actor, current_plan(request, actor)))
    return drawn("_nav.html", entries) if entries else ""


@part("tools")
def tools(request: HttpRequest) -> str:
    """Search, bell and 当前身份."""
    actor = _actor(request)
    if actor is None:
        return ""
    face = Tools(
        actor.label,
        _search_url(request, actor),
        _unread(request, actor),
        _others(request, actor),
        has_protection=is_on(),
        has_tokens=actor.is_signer,
    )
    return drawn("_tools.html", face).replace(FORM, form_fields(request))


@part("watermark")
def watermark(request: HttpRequest) -> str:
    """水印: who looks at the page, and when."""
    actor = _actor(request)
    if actor is None:
        return ""
    now = cast(Request, request).now
    mark = f"<span>{conditional_escape(actor.name)} {text.moment(now)}</span>"
    return f'<div class="wm" aria-hidden="true">{mark * MARKS}</div>'


@part("moment")
def moment(request: HttpRequest) -> str:
    """When the page was opened; `loaded`: the same for a script."""
    return text.moment(cast(Request, request).now)


@part("loaded")
def loaded(request: HttpRequest) -> str:
    """See `moment`."""
    return cast(Request, request).now.isoformat()


@part("grace")
def grace(request: HttpRequest) -> str:
    """How long somebody may still do without a second factor."""
    actor = _actor(request)
    if actor is None or _is_held(request):
        return ""
    left = days_left(request, actor.user, cast(Request, request).appointments)
    return "" if left is None else drawn("units/factors/_grace.html", left)


def _is_held(request: HttpRequest) -> bool:
    return bool(getattr(request, "is_held", False))


def _actor(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def _search_url(request: HttpRequest, actor: Actor) -> str:
    if _is_held(request):
        return ""
    plan: Plan | None = current_plan(request, actor)
    return reverse("reports:search", args=[plan.slug]) if plan is not None else ""


def _unread(request: HttpRequest, actor: Actor) -> int:
    return 0 if _is_held(request) else len(_unread_of(user=actor.user.pk))


@prepared(user=IntegerField())
def _unread_of(user: Any) -> QuerySet[Any, Any]:
    unread = Reminder.objects.in_bell_of(user).filter(read_at=None)
    return unread.order_by().values_list("pk")[:COUNTED]


def _others(request: Any, actor: Actor) -> tuple[tuple[int, str], ...]:
    if _is_held(request):
        return ()
    own = actor.appointment.pk
    return tuple((each.pk, each.label) for each in request.appointments if each.pk != own)


@part("once")
def once(request: HttpRequest) -> str:
    """The one-time key of a form on a page that is kept: another for every visit."""
    key = claims.key_for(request)
    return format_html('<input type="hidden" name="{}" value="{}">', claims.FIELD, key)
