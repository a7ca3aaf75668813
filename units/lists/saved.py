"""Keeping a filter under a name, and those that somebody finds on a list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict

from units import log
from units.actors import Actor
from units.errors import NotNow
from units.lists.tool import PAGE
from units.models import SavedView

MOST = 30  # of one person on one list
LONGEST = 800
TOO_MANY = f"一个列表最多收藏{MOST}个筛选，请先删除不用的。"
TOO_LONG = "筛选条件太多，无法收藏，请减少条件。"


def views_of(actor: Actor, view: str) -> QuerySet[SavedView]:
    """One's own, and for the office what the office shares."""
    own = Q(owner=actor.user)
    return SavedView.objects.filter(own | Q(is_shared=True) if actor.is_office else own, view=view)


def query_of(given: str) -> str:
    """A query without the page, as it is kept."""
    found = QueryDict(given, mutable=True)
    for name in (PAGE, "picked"):
        found.pop(name, None)
    return found.urlencode()


@transaction.atomic
def keep_view(
    *, view: str, name: str, query: str, is_shared: bool, actor: Actor, now: datetime
) -> SavedView:
    """Under a name of one's own; the same name again is the newer query. Only the office shares.

    Raises `NotNow` where there are too many, or too much of it.
    """
    kept = query_of(query)
    if len(kept) > LONGEST:
        raise NotNow(TOO_LONG)
    own = SavedView.objects.filter(owner=actor.user, view=view)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        raise NotNow(TOO_MANY)
    values = {
        "query": kept,
        "is_shared": is_shared and actor.is_office,
        "owner_name": actor.name,
        "kept_at": now,
    }
    row, _ = SavedView.objects.update_or_create(
        owner=actor.user, view=view, name=name, defaults=values
    )
    words = "收藏并共用筛选" if row.is_shared else "收藏筛选"
    log.record(action="view.keep", summary=f"{words}“{name}”", subject=row, actor=actor, now=now)
    return row


@transaction.atomic
def drop_view(*, row: SavedView, actor: Actor, now: datetime) -> None:
    """By whoever kept it; what is shared by anybody of the office."""
    summary = f"删除收藏的筛选“{row.name}”"
    row_was = SavedView(pk=row.pk, name=row.name)
    row.delete()
    log.record(action="view.drop", summary=summary, subject=row_was, actor=actor, now=now)
