"""The switch of years in the strip, and what another year still asks for beside this page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from huangshi_tasks.lib import text
from progress.models import Period
from progress.periods.access import periods_of
from reports.frame.nav import BELONGS, PLAN_PAGES, pages_of
from tasks.access import seen_ids
from tasks.carried import in_other_years
from tasks.models import Plan, PlanState, TaskKind
from tasks.plan_names import PlanName, short_name, subject_of
from units.actors import Actor
from units.http import Request
from units.session.person import READING

# pages that are one list over all plans that are worked on: nothing is missing there
OF_ALL = frozenset({"reports:desk", "reports:office", "progress:signing", "progress:review"})
# pages of many addresses that are named by more than their plan, and mean the same in each
ALIKE = frozenset({"progress:sheet", "progress:ladder"})
# pages of an item, by what it is
ITEMS = {"reports:item": TaskKind.KEY_TASK, "reports:project": TaskKind.PRACTICAL_PROJECT}
PAGE_OF = {str(kind): view for view, kind in ITEMS.items()}


@dataclass(frozen=True)
class Year:
    """One entry of the switch."""

    name: str
    words: str
    url: str
    is_on: bool


@dataclass(frozen=True)
class Years:
    """`entries` of what is worked on, drafts before them, `earlier` those archived; none where
    there is nothing to choose. `owing`: earlier plans whose window is open, on pages of one plan.
    """

    name: str
    entries: Sequence[Year] = field(default_factory=list)
    earlier: Sequence[Year] = field(default_factory=list)
    owing: Sequence[Year] = field(default_factory=list)

    @property
    def is_choice(self) -> bool:
        """Whether there is another year to go to."""
        return len(self.entries) + len(self.earlier) > 1


def years_of(
    request: Request, plan: Plan, names: Sequence[PlanName], active: Sequence[Plan]
) -> Years:
    """For the plan of this page; no query while nothing was written."""
    name = f"{plan.year}年度" if plan.is_main else f"{plan.year}年度 · {subject_of(plan)}"
    if len(names) < 2:
        return Years(name)
    match = request.resolver_match
    view = match.view_name if match is not None else ""
    kwargs = dict(match.kwargs) if match is not None else {}
    worked_on = {each.pk: each for each in active}
    found = _same_item(view, kwargs, plan, names, request.actor)
    entries: list[Year] = []
    earlier: list[Year] = []
    for each in names:
        words = _words(worked_on.get(each.pk), each, request)
        url = found.get(each.pk) or _same_page(view, kwargs, each.slug, request)
        entry = Year(_full(each), words, url, each.pk == plan.pk)
        (earlier if each.is_archived else entries).append(entry)
    return Years(name, entries, earlier, _owing(view, plan, active, request))


def _full(name: PlanName) -> str:
    return f"{name.year}年度{subject_of(name)}"


def _words(plan: Plan | None, name: PlanName, request: Request) -> str:
    """What is due there: 全年总结报送至1月12日24时; for whoever only reads, what can be read."""
    if plan is None:
        return PlanState(name.state).label
    if request.actor.is_reader:
        return _finalized(plan)
    today = request.today
    window = _window(plan, today)
    if window is not None and window.opens_on <= today:
        if today > window.due_on:
            return f"{window.label}进展已过截止，待定稿"
        return f"{window.label}进展报送至{text.day(window.due_on)}24时"
    begins = f" · {window.label}进展{text.day(window.opens_on)}起报送" if window else ""
    return f"执行中{begins}"


def _finalized(plan: Plan) -> str:
    done = [each for each in periods_of(plan) if each.is_finalized]
    if done:
        return f"{max(done, key=lambda each: each.data_as_of).label}已定稿"
    day = f"{text.day(plan.activated_on)}启用，" if plan.activated_on else ""
    return f"{day}首期定稿前没有状态"


def _window(plan: Plan, today: date) -> Period | None:
    """The period that collects and closes first; else the next to open."""
    periods = [each for each in periods_of(plan) if not each.is_before and not each.is_finalized]
    opened = [each for each in periods if each.opens_on <= today]
    if opened:
        return min(opened, key=lambda each: each.due_on)
    return min(periods, key=lambda each: each.opens_on, default=None)


def _same_item(
    view: str,
    kwargs: dict[str, Any],
    plan: Plan,
    names: Sequence[PlanName],
    actor: Actor,
) -> dict[int, str]:
    """Of a page of an item: plan → the address of what it continues, or is continued by, there."""
    kind = kwargs.get("item_kind") or ITEMS.get(view)
    if kind is None:
        return {}
    others = in_other_years(plan.pk, kind, kwargs["number"])
    return {
        each.pk: reverse(PAGE_OF[item.kind], args=[each.slug, item.number])
        for each in names
        if (item := others.get(each.pk)) is not None and item.pk in seen_ids(each, actor)
    }


def _same_page(view: str, kwargs: dict[str, object], slug: str, request: Request) -> str:
    """The page of this address in another year; where that has none, the list it belongs to. A
    page that answers a POST may be no page to go to, unless the menu leads there.
    """
    asked = kwargs | {"slug": slug}
    own = pages_of(request.actor)
    entry = BELONGS.get(view, view)
    is_page = request.method in READING or view in PLAN_PAGES
    if is_page and (set(kwargs) == {"slug"} or view in ALIKE):
        try:
            return reverse(view, kwargs=asked)
        except NoReverseMatch:
            pass
    start = entry if entry in PLAN_PAGES and entry in own else own[0]
    return reverse(start, args=[slug])


def _owing(view: str, plan: Plan, active: Sequence[Plan], request: Request) -> list[Year]:
    """Plans of earlier years whose window is open, on the pages of the menu that are of one plan;
    whoever only reads owes nothing.
    """
    actor = request.actor
    if actor.is_reader or view in OF_ALL or view not in PLAN_PAGES:
        return []
    found = []
    for other in active:
        window = _window(other, request.today)
        if other.year < plan.year and window is not None and window.opens_on <= request.today:
            words = _words(other, PlanName.of(other), request)
            url = reverse(pages_of(actor)[0], args=[other.slug])
            found.append(Year(short_name(other), words, url, is_on=False))
    return found
