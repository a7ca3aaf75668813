"""The main menu by role, and where each role starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.urls import reverse

from progress.models import ProgressReport, ReportState
from progress.periods.access import plans_with
from reports.frame.waiting import waiting_of
from tasks.models import DraftState, NoticeDraft, Plan
from units.actors import Actor
from units.first_run.entering import the_run
from units.http import Request
from units.models import Role
from units.session.person import stamps_of
from units.stamps.current import Stamps
from units.stamps.memory import by_stamp


@dataclass(frozen=True)
class NavEntry:
    """One entry; `count` is what waits there."""

    label: str
    url: str
    icon: str
    is_current: bool = False
    count: int | None = None
    name: str = ""  # of the count


SIGNING, REVIEW = "progress:signing", "progress:review"
NUMBERS = {SIGNING: "to-sign", REVIEW: "office-waiting"}
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
    "progress:meetings",
    "progress:meeting",
    "progress:meeting_item",
    "progress:meeting_send",
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
    "reports:office_word",
    "reports:figures",
    "reports:plan_state",
    "progress:turn",
    "reports:filings",
    "reports:reminders",
    "tasks:plans",
    "tasks:draft_new",
    "tasks:draft",
    "tasks:draft_columns",
    "tasks:draft_discard",
    "tasks:draft_source",
    "tasks:receipts",
    "tasks:action_plans",
    "tasks:namings",
    "tasks:naming",
    "tasks:changes",
    "tasks:change",
    "tasks:area_names",
    "tasks:item_new",
    "tasks:officers",
    "progress:periods",
    "progress:period",
    "progress:adjustments",
    "progress:adjustment",
    "progress:adjustment_new",
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
    "units:tokens",
    "progress:unit_list",
    "progress:unit_kept",
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
    "reports:source": "reports:ledger",
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
    "reports:months": "reports:ledger",
    "reports:search": "reports:ledger",
    "reports:timeline": "reports:ledger",
}


# of the administrator: view name → label, icon, the views of the entry
ADMIN_PAGES = {
    "units:people": ("人员", "users", ("units:people", "units:person", "units:sheet")),
    "progress:unit_list": (
        "单位",
        "building",
        ("progress:unit_list", "progress:unit_kept", "units:groups", "units:group"),
    ),
    "units:posts": ("职务", "briefcase", ("units:posts", "units:post")),
    "progress:handovers": (
        "联络员交接",
        "replace",
        ("progress:handovers", "progress:handover"),
    ),
    "units:powers": ("待确认", "user-check", ("units:powers",)),
    "units:city": ("名称和称谓", "map-pin", ("units:city",)),
    "units:tokens": ("接口令牌", "key", ("units:tokens",)),
    "system_status": ("系统状态", "shield-check", ("system_status",)),
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


def has_menu(actor: Actor, plan: Plan | None) -> bool:
    """Whether `nav_of` has any entry."""
    return actor.is_admin or actor.is_auditor or (plan is not None and bool(pages_of(actor)))


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
        return [
            NavEntry(label, reverse(name), icon, view in own)
            for name, (label, icon, own) in ADMIN_PAGES.items()
        ]
    if actor.is_auditor:
        return [
            NavEntry("操作日志", reverse("units:audit"), "list-search", here == "units:audit"),
            NavEntry("待确认", reverse("units:powers"), "user-check", here == "units:powers"),
        ]
    if plan is None:
        return []
    return [
        NavEntry(
            PLAN_PAGES[name][0],
            reverse(name, args=[plan.slug]),
            PLAN_PAGES[name][1],
            is_current=name == here,
            count=_waiting(name, actor, plan, request),
            name=NUMBERS.get(name, ""),
        )
        for name in pages_of(actor)
    ]


def _waiting(name: str, actor: Actor, plan: Plan, request: HttpRequest) -> int | None:
    """What waits for this actor behind an entry, in all plans that are worked on; of the page that
    lists it, what it found.
    """
    known: dict[str, int] = getattr(request, "waiting", {})
    if name in known:
        return known[name]
    if name == REVIEW and actor.is_office:
        return sum(each["review"] for each in waiting_of(request, plan))
    if name != SIGNING:
        return None
    unit = actor.unit_id
    plans = tuple(each.pk for each in plans_with(cast(Request, request), plan))
    stamps = stamps_of(request)
    if stamps is None:
        return _to_sign(plans, unit)
    return _remembered(plans, unit, stamps)


def _to_sign(plans: tuple[int, ...], unit: int | None) -> int:
    reports = ProgressReport.objects.filter(period__plan__in=plans)
    return reports.filter(responsibility__unit=unit, state=ReportState.SIGNING).count()


@by_stamp(512)
def _remembered(plans: tuple[int, ...], unit: int | None, stamps: Stamps) -> int:
    return _to_sign(plans, unit)


def home_of(actor: Actor, plan: Plan | None) -> str | None:
    """Where the actor starts; None when there is no plan to start in. The office brings one in."""
    if actor.is_admin:
        return reverse("units:first_run" if the_run() is not None else "units:people")
    if actor.is_auditor:
        return reverse("units:audit")
    if plan is None and actor.is_office:
        has_draft = NoticeDraft.objects.filter(state=DraftState.OPEN).exists()
        return reverse("tasks:plans" if has_draft else "tasks:draft_new")
    if plan is None:
        return None
    return reverse(pages_of(actor)[0], args=[plan.slug])
