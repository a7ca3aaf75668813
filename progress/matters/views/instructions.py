"""交办事项: the ledger by source, registering, and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from progress.matters import coordination as asking
from progress.matters.files import checked_files, keep_file
from progress.matters.filters import COLUMNS, matters_asked
from progress.matters.forms import RegisterForm
from progress.matters.instructions import register
from progress.matters.page import matter_or_404, page_of_matter
from progress.matters.permissions import can_handle, can_read_matters
from progress.matters.views.acts import do
from progress.models import Instruction, MatterFileKind, ReportVersion
from progress.periods.access import plan_or_404
from tasks.models import Plan
from units.errors import NotNow
from units.files.uploads import Unacceptable
from units.http import Request
from units.lists.tool import ListTool
from units.once.claims import once
from units.permissions import require


@require_safe
def matters(request: Request, slug: str) -> HttpResponse:
    """The ledger by source."""
    require(can_read_matters(request.actor))
    plan = plan_or_404(request, slug)
    chosen, rows = matters_asked(request, plan)
    tool = ListTool[tuple[Instruction, bool]](request.GET, COLUMNS)
    page = tool.page(tool.ordered(rows))
    context = {
        "plan": plan,
        "filter": chosen,
        "tool": tool,
        "page": page,
        "count": len(rows),
        "overdue": sum(late for _, late in rows),
        "groups": tool.groups(rows, _source, page.object_list),
    }
    return render(request, "progress/matters/matters.html", context)


def _source(pair: tuple[Instruction, bool]) -> str:
    return pair[0].get_source_display()


@require_http_methods(["GET", "HEAD", "POST"])
def matter_new(request: Request, slug: str) -> HttpResponse:
    """登记; with `?version=` it begins with what a report asked for."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    version = _version(request, plan)
    options: dict[str, Any] = {"plan": plan, "today": request.today}
    if request.method == "POST":
        form = RegisterForm(request.POST, request.FILES, **options)
        if form.is_valid() and (done := _register(request, plan, form, version)):
            messages.success(request, f"{done}已登记，承办单位已收到消息。")
            return redirect("progress:matter", slug, done.pk)
        return _form(request, plan, form, version, status=409)
    initial = asking.initial_of(version, request.today) if version else None
    initial = initial or asking.initial_of_item(plan, request.GET, request.today)
    return _form(request, plan, RegisterForm(initial=initial, **options), version)


def _form(
    request: Request, plan: Plan, form: RegisterForm, version: object, status: int = 200
) -> HttpResponse:
    context = {"plan": plan, "form": form, "version": version}
    return render(request, "progress/matters/matter_new.html", context, status=status)


def _version(request: Request, plan: Plan) -> ReportVersion | None:
    """The filing that asked for coordination, when the address names one."""
    wanted = request.GET.get("version", "")
    if not (wanted.isascii() and wanted.isdecimal()) or len(wanted) > 12:
        return None
    return get_object_or_404(asking.asked_for(plan), pk=int(wanted))


def _register(
    request: Request, plan: Plan, form: RegisterForm, version: ReportVersion | None
) -> Instruction | None:
    """Register with its scan; None when the file is no good, which the form then says."""
    try:
        data = checked_files(request, form)
        scan = data.pop("scan")
        with once(request, "这份交办已登记过，没有重复登记。") as claim:
            if version is not None:
                asking.require_new(version)
            done = register(
                plan=plan, actor=request.actor, now=request.now, version=version, **data
            )
            if scan is not None:
                keep_file(
                    checked=scan,
                    kind=MatterFileKind.SCAN,
                    matter=done,
                    actor=request.actor,
                    now=request.now,
                )
            claim.leads_to("progress:matter", plan.slug, done.pk)
    except Unacceptable as problem:
        form.add_error("scan", str(problem))
        return None
    return done


@require_safe
def matter(request: Request, slug: str, pk: int) -> HttpResponse:
    """One instruction."""
    found = matter_or_404(request, slug, pk)
    context = page_of_matter(found, request.actor, request.today)
    return render(request, "progress/matters/matter.html", {"plan": found.plan, **context})


@require_POST
def matter_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it, by name."""
    return do(request, matter_or_404(request, slug, pk), act)


@require_safe
def coordination(request: Request, slug: str) -> HttpResponse:
    """需协调: what units asked of the city, and what became of it."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    rows = asking.asked_list(plan)
    waiting = sum(row.instruction is None for row in rows)
    if request.GET.get("waiting") == "1":
        rows = [row for row in rows if row.instruction is None]
    context = {"plan": plan, "rows": rows, "waiting": waiting}
    return render(request, "progress/matters/coordination.html", context)


@require_POST
def coordination_hand_on(request: Request, slug: str, pk: int) -> HttpResponse:
    """转为交办 with one click; to the form where the unit proposed is not known."""
    require(can_handle(request.actor))
    version = get_object_or_404(asking.asked_for(plan_or_404(request, slug)), pk=pk)
    try:
        done = asking.hand_on(version=version, actor=request.actor, now=request.now)
    except NotNow as refusal:
        messages.error(request, str(refusal))
        if Instruction.objects.filter(version=version).exists():
            return redirect("progress:coordination", slug)
        response = redirect("progress:matter_new", slug)
        response["Location"] += f"?version={version.pk}"
        return response
    messages.success(request, f"{done}已登记，承办单位已收到消息。")
    return redirect("progress:matter", slug, done.pk)
