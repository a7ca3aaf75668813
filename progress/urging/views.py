"""催办 by hand, 未报清单 and 催办登记."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from progress.matters.permissions import can_handle, can_read_matters
from progress.models import ProgressReport, Urge
from progress.periods.access import plan_or_404, plans_with
from progress.urging import acts
from progress.urging.forms import NoteForm, chosen_subjects
from progress.urging.listed import (
    COLUMNS,
    Row,
    shown_by_unit,
    together,
    unreported_asked,
)
from progress.urging.reach import Urging, urging_of
from progress.urging.unreported import urge_from
from tasks.models import Plan
from tasks.plan_names import chips_of
from units.errors import NotNow
from units.face.act_forms import first_error
from units.http import Request
from units.lists.tool import ListTool
from units.once.claims import once
from units.permissions import require

PER_PAGE = 50


@require_safe
def unreported(request: Request, slug: str) -> HttpResponse:
    """未报清单, of one period or of all that collect, in every plan that is worked on."""
    require(can_handle(request.actor))
    return _list(request, plan_or_404(request, slug))


def _list(request: Request, plan: Plan, status: int = 200, **more: Any) -> HttpResponse:
    every, found = unreported_asked(request, plan)
    tool = ListTool[Row](request.GET, COLUMNS)
    rows = together(tool.ordered(found.rows))
    page = tool.page(rows)
    context = {
        "plan": plan,
        "list": every,
        "found": found,
        "tool": tool,
        "page": page,
        "count": len(rows),
        "unit_count": len({row.of.unit.pk for row in rows}),
        "overdue": sum(row.line.is_overdue for row in rows),
        "units": shown_by_unit(rows, page.object_list),
        "urge_from": urge_from((each for each, _ in every.periods), request.today),
        "channels": NoteForm(today=request.today).fields["channel"].choices,  # type: ignore[attr-defined]
        "now": request.now,
        **more,
    }
    return render(request, "progress/urging/unreported.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def urge(request: Request, slug: str) -> HttpResponse:
    """GET says who would be reached; POST sends and says who was."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    plans = plans_with(request, plan)
    if request.method == "POST":
        subjects = chosen_subjects(request.POST, plans, request.today)
        with once(request, "刚才已经催办过，没有重复发送。") as claim:
            done = acts.urge(subjects=subjects, actor=request.actor, now=request.now)
            claim.leads_to("progress:urges", slug)
        messages.success(request, sentence_of(done))
        for left in done.left_out[:5]:
            messages.info(request, left)
        return redirect("progress:urges", slug)
    subjects = chosen_subjects(request.GET, plans, request.today)
    context = {
        "plan": plan,
        "urging": urging_of(subjects, request.today),
        "chips": chips_of(plans),
        "reports": [each for each in subjects if isinstance(each, ProgressReport)],
        "chosen": subjects,
    }
    return render(request, "progress/urging/urge.html", context)


def sentence_of(done: Urging) -> str:
    """已催办2项，送达1人（市住建局 联络员）。"""
    return f"已催办{done.count}{done.measure}，送达{done.people_count}人（{done.reached}）。"


@require_POST
def urge_note(request: Request, slug: str) -> HttpResponse:
    """登记 a call in one line."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    form = NoteForm(request.POST, today=request.today)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _list(request, plan, status=409, posted=form, posted_unit=_unit(request))
    subjects = chosen_subjects(request.POST, plans_with(request, plan), request.today)
    is_from_home = request.POST.get("back") == "office"
    back = "reports:office" if is_from_home else "progress:unreported"
    try:
        with once(request, "这次联系已登记过，没有重复登记。") as claim:
            noted = acts.note_contact(
                plan=plan,
                subjects=[
                    each
                    for each in subjects
                    if isinstance(each, ProgressReport) and each.unit == form.cleaned_data["unit"]
                ],
                actor=request.actor,
                now=request.now,
                **form.cleaned_data,
            )
            claim.leads_to(back, slug)
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return _list(request, plan, status=409, posted=form, posted_unit=_unit(request))
    messages.success(request, f"已登记：{noted.get_channel_display()}联系{noted.unit}。")
    return redirect(back, slug)


def _unit(request: Request) -> int | None:
    """Whose line was being typed, so that it comes back there."""
    value = request.POST.get("unit", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 12 else None


@require_safe
def urges(request: Request, slug: str) -> HttpResponse:
    """催办登记, the newest first."""
    require(can_read_matters(request.actor))
    plan = plan_or_404(request, slug)
    rows = Urge.objects.visible_to(request.actor).filter(plan=plan)
    related = rows.select_related("unit").prefetch_related(
        "subjects__report__period",
        "subjects__report__responsibility__task",
        "subjects__instruction__plan",
        "subjects__order__plan",
    )
    page = Paginator(related, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "progress/urging/urges.html", {"plan": plan, "page": page})
