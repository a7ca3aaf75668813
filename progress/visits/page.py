"""核查 as a list: its rows, what they can be filtered and sorted by."""

from __future__ import annotations

from progress.matters.fields import item_called
from progress.models import SiteVisit, VisitFinding, VisitState
from progress.visits.acts import UNDER_WAY
from tasks.models import Plan, Task
from units.http import Request
from units.lists.narrowing import Facet, Narrowed
from units.lists.tool import Column

HEADINGS: dict[str, str] = {
    VisitState.PLANNED: "待核查",
    VisitState.RECORDED: "已登记结果，待整改或完成",
    VisitState.MENDED: "已整改，待完成",
    VisitState.CLOSED: "已完成",
    VisitState.DROPPED: "已取消",
}
ORDER = list(HEADINGS)
COLUMNS = (
    Column("pick", "选择", stays=True, css="l-ck"),
    Column("item", "事项", lambda each: (each.task.kind, each.task.number), True),
    Column("from", "来源", lambda each: each.was_drawn),
    Column("visited", "核查", lambda each: each.visited_on),
    Column(
        "finding",
        "结论",
        lambda each: VisitFinding.values.index(each.finding) if each.finding else None,
    ),
    Column("figure", "核查数"),
    Column("mend", "整改期限", lambda each: each.mend_by),
)
FACETS = (
    Facet("state", "状态", lambda each: str(each.state), lambda each: HEADINGS[each.state], ORDER),
    Facet(
        "finding",
        "结论",
        lambda each: each.finding or "none",
        lambda each: each.get_finding_display() or "尚无结论",
        [*VisitFinding.values, "none"],
    ),
    Facet(
        "from",
        "来源",
        lambda each: "drawn" if each.was_drawn else "chosen",
        lambda each: "随机抽取" if each.was_drawn else "选定",
    ),
)


def heading_of(visit: SiteVisit) -> str:
    return HEADINGS[visit.state]


def asked_item(request: Request, plan: Plan) -> Task | None:
    """The item that the address names."""
    return item_called(plan, request.GET.get("task", "")[:20])


def narrowed(request: Request, plan: Plan) -> Narrowed[SiteVisit]:
    """What the address leaves of those that the actor may see, by state; `waiting`: those on which
    something is still to be done, as the office's home asks.
    """
    visits = SiteVisit.objects.visible_to(request.actor).filter(task__plan=plan)
    if (item := asked_item(request, plan)) is not None:
        visits = visits.filter(task=item)
    if request.GET.get("waiting") == "1":
        visits = visits.filter(state__in=UNDER_WAY)
    found = list(visits.select_related("task", "draw", "indicator", "part_of"))
    found.sort(key=lambda each: ORDER.index(each.state))
    return Narrowed(request.GET, found, FACETS, _said)


def _said(each: SiteVisit) -> str:
    return f"{each.task.code} {each.task.short_title} {each.people} {each.text}"
