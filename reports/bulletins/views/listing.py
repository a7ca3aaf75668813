"""列入通报: rows chosen in a list become lines of the draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from progress.models import Adjustment, ProgressReport, SiteVisit
from progress.periods.access import plan_or_404
from reports.bulletins.lines import lines_of, list_items, why_not_listed
from reports.bulletins.pages import periods_to_draft
from reports.bulletins.workflow import can_edit_bulletins
from reports.models import Bulletin, BulletinKind, BulletinState
from tasks.models import Plan, Task
from units.actors import Actor
from units.http import Request
from units.lists.tool import ids_of
from units.permissions import require

NONE_CHOSEN = "请先在列表中选择事项。"


@require_http_methods(["GET", "HEAD", "POST"])
def bulletin_list_items(request: Request, slug: str) -> HttpResponse:
    """GET says what would stand in which draft and what cannot; POST lists it."""
    require(can_edit_bulletins(request.actor))
    plan = plan_or_404(request, slug)
    given = request.POST if request.method == "POST" else request.GET
    tasks, drafts = _tasks(plan, request.actor, given), _drafts(plan)
    wanted = given.get("bulletin", "")
    draft = next((each for each in drafts if str(each.pk) == wanted), None)
    if request.method == "POST" and draft is not None and tasks:
        made = list_items(bulletin=draft, tasks=tasks, actor=request.actor, now=request.now)
        if made:
            messages.success(request, f"已列入{len(made)}项，请核对文字。")
            return redirect("reports:bulletin_edit", slug, draft.pk)
        messages.warning(request, "所选事项都不能列入，原因见下。")
    elif request.method == "POST":
        messages.error(request, NONE_CHOSEN if not tasks else "请选择一份通报草稿。")
    draft = draft or next(iter(drafts), None)
    standing = {line.task_id for line in lines_of(draft)} if draft is not None else set()
    context = {
        "plan": plan,
        "drafts": drafts,
        "draft": draft,
        "rows": [(task, why_not_listed(draft, task, standing) if draft else "") for task in tasks],
        "periods": periods_to_draft(plan) if not drafts else [],
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "reports/bulletins/bulletin_list_items.html", context, status=status)


def _drafts(plan: Plan) -> list[Bulletin]:
    found = Bulletin.objects.filter(
        plan=plan, kind=BulletinKind.BULLETIN, state=BulletinState.DRAFT
    )
    return list(found.select_related("plan", "period").order_by("-created_at", "-pk"))


def _tasks(plan: Plan, actor: Actor, given: QueryDict) -> list[Task]:
    """The items chosen: themselves (`only`), or of filings, adjustments and visits."""
    wanted = ids_of(given, "only")
    for name, model, path in (
        ("report", ProgressReport, "responsibility__task"),
        ("adjustment", Adjustment, "task"),
        ("visit", SiteVisit, "task"),
    ):
        if chosen := ids_of(given, name):
            wanted |= set(model.objects.filter(pk__in=chosen).values_list(path, flat=True))
    found = Task.objects.visible_to(actor).filter(plan=plan, pk__in=wanted)
    return list(found.select_related("plan").order_by("kind", "number"))
