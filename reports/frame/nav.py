"""The main menu by role, and where each role starts."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from progress.models import ProgressReport, ReportState
from tasks.models import Plan
from units.actors import Actor
from units.models import Role


@dataclass(frozen=True)
class NavEntry:
    """One entry; `count` is what waits there."""

    label: str
    url: str
    icon: str
    is_current: bool = False
    count: int | None = None


# view name → label, icon
PLAN_PAGES = {
    "reports:desk": ("我的工作台", "home"),
    "reports:office": ("督查室", "home"),
    "progress:duties": ("责任清单", "clipboard-list"),
    "progress:signing": ("审签", "pencil-check"),
    "reports:overview": ("总览", "layout-dashboard"),
    "reports:ledger": ("任务台账", "list-details"),
    "progress:review": ("审核", "checkbox"),
    "reports:projects": ("十件实事", "star"),
    "reports:workbooks": ("台账报表", "file-spreadsheet"),
    "progress:matters": ("交办督办", "clipboard-text"),
    "reports:bulletins": ("督查通报", "speakerphone"),
}
# the pages of 交办, 督办 and 催办
MATTERS = (
    "progress:matter_new",
    "progress:matter",
    "progress:matter_do",
    "progress:matter_request",
    "progress:coordination",
    "progress:orders",
    "progress:order_new",
    "progress:order",
    "progress:order_edit",
    "progress:order_do",
    "progress:order_print",
    "progress:unreported",
    "progress:urge",
    "progress:urge_note",
    "progress:urges",
)
# what only the office does, and what it decides: reached from its own page
OF_THE_OFFICE = (
    "reports:filings",
    "reports:reminders",
    "tasks:receipts",
    "tasks:action_plans",
    "tasks:namings",
    "tasks:naming",
    "tasks:changes",
    "tasks:change",
    "tasks:item_new",
    "tasks:officers",
    "progress:periods",
    "progress:period",
    "progress:adjustments",
    "progress:adjustment",
    "progress:closures",
    "progress:closure",
    "progress:outcomes",
    "progress:visits",
    "progress:visit",
    "progress:visit_drawn",
    "progress:ladders",
    "progress:ladder",
    "progress:channels",
    "progress:handovers",
    "progress:handover",
    "units:calendar",
    "progress:due_days",
)
# pages that belong to an entry of the menu without being it
BELONGS = {
    "reports:exports": "reports:workbooks",
    **dict.fromkeys(MATTERS, "progress:matters"),
    **dict.fromkeys(OF_THE_OFFICE, "reports:office"),
    "progress:report": "reports:desk",
    "progress:duty": "progress:duties",
    "progress:sheet": "reports:desk",
    "progress:sheet_upload": "reports:desk",
    "progress:sign": "progress:signing",
    "progress:signing_report": "progress:signing",
    "progress:review_report": "progress:review",
    "progress:accept": "progress:review",  # refused, or taken back: the page of the queue again
    "progress:return_to_unit": "progress:review",
    "progress:undo_accept": "progress:review",
    "reports:item": "reports:ledger",
    "reports:project": "reports:projects",
    "reports:project_parts": "reports:projects",
    "reports:bulletin": "reports:bulletins",
    "reports:bulletin_edit": "reports:bulletins",
    "reports:bulletin_refresh": "reports:bulletins",
    "reports:bulletin_check": "reports:bulletins",
    "reports:leader_page": "reports:overview",
    "reports:area": "reports:ledger",
    "reports:counties": "reports:ledger",
    "reports:county": "reports:ledger",
    "reports:matrix": "reports:ledger",
    "reports:search": "reports:ledger",
    "reports:timeline": "reports:ledger",
}


def pages_of(actor: Actor) -> list[str]:
    """The pages in the menu of a role, in order (ui/design.md §9, as far as they exist)."""
    if actor.is_office:
        return [
            "reports:office",
            "reports:overview",
            "reports:ledger",
            "progress:review",
            "reports:projects",
            "reports:bulletins",
            "reports:workbooks",
        ]
    if actor.is_reader:
        handed_out = ["progress:matters"] if actor.role == Role.LEADER else []
        pages = ["reports:overview", "reports:projects", "reports:ledger"]
        return [*pages, *handed_out, "reports:bulletins", "reports:workbooks"]
    if actor.is_signer:
        return [
            "reports:desk",
            "progress:signing",
            "progress:duties",
            "reports:ledger",
            "progress:matters",
            "reports:projects",
            "reports:bulletins",
        ]
    if actor.is_reporter:
        return [
            "reports:desk",
            "progress:duties",
            "reports:ledger",
            "progress:matters",
            "reports:projects",
            "reports:bulletins",
        ]
    return []


def nav_of(request: HttpRequest, actor: Actor, plan: Plan | None) -> list[NavEntry]:
    """The menu of `actor`, with the entry of the present page marked."""
    match = request.resolver_match
    view = match.view_name if match is not None else ""
    here = BELONGS.get(view, view)
    if here == "progress:matters" and actor.is_office:
        here = "reports:office"
    if here.startswith("reports:standing") and pages_of(actor):
        here = pages_of(actor)[0]  # 单位推进情况 is reached from everybody's first page
    if actor.is_admin:
        handover = reverse("progress:handovers")
        return [
            NavEntry("账号和单位", reverse("admin:index"), "users", is_current=False),
            NavEntry("联络员交接", handover, "replace", view.startswith("progress:handover")),
        ]
    if actor.is_auditor:
        return [NavEntry("操作日志", reverse("units:audit"), "list-search", here == "units:audit")]
    if plan is None:
        return []
    return [
        NavEntry(
            PLAN_PAGES[name][0],
            reverse(name, args=[plan.slug]),
            PLAN_PAGES[name][1],
            is_current=name == here,
            count=_waiting(name, actor, plan, request),
        )
        for name in pages_of(actor)
    ]


def _waiting(name: str, actor: Actor, plan: Plan, request: HttpRequest) -> int | None:
    """What waits for this actor behind an entry; of the page that lists it, what it found."""
    known: dict[str, int] = getattr(request, "waiting", {})
    if name in known:
        return known[name]
    reports = ProgressReport.objects.filter(period__plan=plan)
    if name == "progress:signing":
        return reports.of_unit(actor.unit).filter(state=ReportState.SIGNING).count()
    if name == "progress:review":
        return reports.filter(state=ReportState.REVIEWING).count()
    return None


def home_of(actor: Actor, plan: Plan | None) -> str | None:
    """Where the actor starts; None when there is no plan to start in."""
    if actor.is_admin:
        return reverse("admin:index")
    if actor.is_auditor:
        return reverse("units:audit")
    if plan is None:
        return None
    return reverse(pages_of(actor)[0], args=[plan.slug])
