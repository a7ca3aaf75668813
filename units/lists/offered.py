"""The kept filters of a list, as the person finds them: asked on every visit, also where the page
is kept; remembered until somebody keeps or deletes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string

from units.actors import Actor
from units.lists.saved import query_of, views_of
from units.models import SavedView
from units.pages.personal import form_fields, part
from units.session.person import stamps_of
from units.stamps.current import Stamps
from units.stamps.memory import by_stamp


class Offered(NamedTuple):
    """One of them; `is_own`: this person may delete it."""

    pk: int
    name: str
    url: str
    by: str
    is_own: bool
    is_here: bool


def _views_of(actor: Actor, view: str, stamps: Stamps | None) -> Sequence[SavedView]:
    return list(views_of(actor, view)) if stamps is None else _remembered(actor, view, stamps)


@by_stamp(512)
def _remembered(actor: Actor, view: str, stamps: Stamps) -> list[SavedView]:
    return list(views_of(actor, view))


@part("views")
def menu(request: HttpRequest) -> str:
    """What was kept, and a form to keep what stands in the address."""
    asked: Any = request
    actor, match = getattr(asked, "actor", None), request.resolver_match
    if actor is None or match is None:
        return ""
    here = query_of(request.GET.urlencode())
    rows = [
        Offered(
            row.pk,
            row.name,
            f"{request.path}?{row.query}",
            row.owner_name if row.owner_id != actor.user.pk else "",
            row.owner_id == actor.user.pk or actor.is_office,
            row.query == here,
        )
        for row in _views_of(actor, match.view_name, stamps_of(request))
    ]
    context = {
        "rows": rows,
        "back": f"{request.path}?{here}" if here else request.path,
        "may_share": actor.is_office,
        "fields": form_fields(request),
        "chosen": next((row.name for row in rows if row.is_here), ""),
    }
    return render_to_string("units/lists/_views.html", context)
