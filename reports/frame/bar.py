"""The second bar of the office: five words with what waits behind them, and where a page stands
among them. Both are asked on every visit, also where the page is kept.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest

from reports.frame.context import current_plan
from reports.frame.office_words import BY_SLUG, WORDS, Function, Word, place_of
from reports.frame.waiting import Counts, waiting_of
from tasks.models import Plan
from units.face.named import ALL_PLANS, NOW
from units.face.remembered import drawn
from units.pages.personal import part

# they fill the window
WITHOUT = frozenset(
    {
        "progress:review",
        "progress:review_report",
        "progress:accept",
        "progress:return_to_unit",
        "progress:undo_accept",
        "tasks:draft_items",
    }
)


class WordFace(NamedTuple):
    """One word; `is_late`: something behind it is."""

    label: str
    url: str
    waiting: int
    is_late: bool
    is_current: bool
    name: str  # of the number, and what it is counted over (`units.face.named`)
    scope: str


class Crumb(NamedTuple):
    """The steps before a page, and the page itself where the crumb says it."""

    steps: tuple[tuple[str, str], ...]
    here: str


@part("sub")
def bar(request: HttpRequest) -> str:
    """Empty for everybody else, without a plan, and on pages that fill the window."""
    plan = _plan_of_office(request)
    view = _view(request)
    if plan is None or view in WITHOUT:
        return ""
    counts = counts_of(request, plan)
    here = _here(request)
    return drawn("_sub.html", tuple(_face(word, plan, counts, here) for word in WORDS))


@part("crumb")
def crumb(request: HttpRequest) -> str:
    """报送 / 未报清单 on the page of a function; pages below it begin theirs with `crumb_word`."""
    found = _place(request)
    if found is None:
        return ""
    plan, word, function = found
    if _view(request) != function.view:
        return ""
    return drawn("_crumb.html", Crumb(((word.label, word.url(plan)),), function.label))


@part("crumb_word")
def crumb_word(request: HttpRequest) -> str:
    """The first step of a page below a function: its word."""
    found = _place(request)
    if found is None:
        return ""
    plan, word, _ = found
    return drawn("_crumb_word.html", (word.label, word.url(plan)))


def counts_of(request: HttpRequest, plan: Plan) -> Counts:
    """What waits: 未报 of all plans, as 未报清单 has them, everything else of this one."""
    own, *others = waiting_of(request, plan)
    of_all = {
        name: sum(each[name] for each in (own, *others))
        for name in ("unreported", "unreported_overdue", "review")
    }
    return own | of_all


def _face(word: Word, plan: Plan, counts: Counts, here: Word | None) -> WordFace:
    is_of_all = word.waits == ("unreported",)
    return WordFace(
        word.label,
        word.url(plan),
        sum(counts[name] for name in word.waits),
        any(counts[name] for name in word.late),
        word is here,
        "office-unreported" if is_of_all else f"bar-{word.slug}",
        f"{ALL_PLANS if is_of_all else plan.slug}@{NOW}",
    )


def _plan_of_office(request: HttpRequest) -> Plan | None:
    actor: Any = getattr(request, "actor", None)
    if actor is None or getattr(request, "is_held", False) or not actor.is_office:
        return None
    return current_plan(request, actor)


def _place(request: HttpRequest) -> tuple[Plan, Word, Function] | None:
    plan = _plan_of_office(request)
    found = place_of(_view(request), _kind(request)) if plan is not None else None
    if plan is None or found is None:
        return None
    word, function = found
    return plan, word, function


def _here(request: HttpRequest) -> Word | None:
    view = _view(request)
    if view == "reports:office_word":
        match = request.resolver_match
        return BY_SLUG.get(str(match.kwargs.get("word"))) if match is not None else None
    found = place_of(view, _kind(request))
    return found[0] if found is not None else None


def _view(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match is not None else ""


def _kind(request: HttpRequest) -> str:
    match = request.resolver_match
    return str(match.kwargs.get("kind", "")) if match is not None else ""
