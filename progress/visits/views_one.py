"""One 核查: what was found, with photos; mending; closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.evidence.receiving import checked_files, is_by_script, row_of, tell
from progress.evidence.uploads import attach
from progress.models import Evidence, EvidenceKind, Reading, SiteVisit, VisitState
from progress.periods.access import plan_or_404
from progress.visits import acts as visiting
from progress.visits.forms import MendForm, VisitForm
from progress.visits.workflow import VISITS
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.http import Request
from units.permissions import can_run_the_year, require


def _visit_or_404(request: Request, slug: str, pk: int) -> SiteVisit:
    plan = plan_or_404(request, slug)
    visible = SiteVisit.objects.visible_to(request.actor).filter(task__plan=plan)
    related = visible.select_related("task__plan", "draw", "indicator", "part_of", "reading")
    return get_object_or_404(related, pk=pk)


def _own_visit(request: Request, slug: str, pk: int) -> SiteVisit:
    visit = _visit_or_404(request, slug, pk)
    require(can_run_the_year(request.actor))
    return visit


def _readings(visit: SiteVisit) -> list[Reading]:
    """The accepted figure that stands now of every place of the item."""
    accepted = Reading.objects.filter(
        indicator__task=visit.task,
        value__isnull=False,
        version=F("version__report__accepted_version"),
    )
    rows = accepted.select_related("indicator", "unit").order_by(
        "version__report__period__data_as_of", "-filled_by_lead", "version__number", "pk"
    )
    newest = {(row.indicator_id, row.unit_id): row for row in rows}
    return sorted(
        newest.values(), key=lambda row: (row.indicator.ordinal, row.unit_id or 0, row.pk)
    )


def _page(request: Request, visit: SiteVisit, **forms: Any) -> HttpResponse:
    is_office = request.actor.is_office
    may_record = is_office and visit.state == VisitState.PLANNED
    acts = {act.name for act in VISITS.available(visit, request.actor)}
    photos = Evidence.objects.visible_to(request.actor).filter(visit=visit, withdrawn_at=None)
    context = {
        "plan": visit.task.plan,
        "task": visit.task,
        "visit": visit,
        "form": forms.get("form") or (VisitForm(readings=_readings(visit)) if may_record else None),
        "mend_form": forms.get("mend_form") or MendForm(),
        "drop_form": forms.get("drop_form") or ReasonForm(),
        "acts": acts,
        "may_close": "close" in acts and not visit.waits_for_mending,
        "photos": photos.order_by("uploaded_at", "pk"),
        "may_upload": is_office and visit.is_open,
    }
    return render(request, "progress/visits/visit.html", context, status=409 if forms else 200)


@require_safe
def visit(request: Request, slug: str, pk: int) -> HttpResponse:
    return _page(request, _visit_or_404(request, slug, pk))


@require_POST
def visit_record(request: Request, slug: str, pk: int) -> HttpResponse:
    """登记结果; what could not be kept comes back as it was typed."""
    found = _own_visit(request, slug, pk)
    form = VisitForm(request.POST, readings=_readings(found))
    if form.is_valid():
        try:
            visiting.record_visit(
                visit=found, actor=request.actor, now=request.now, **form.cleaned_data
            )
        except NotNow as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{found.task.code}核查结果已登记。")
            return redirect("progress:visit", slug, pk)
    return _page(request, found, form=form)


@require_POST
def visit_mend(request: Request, slug: str, pk: int) -> HttpResponse:
    found = _own_visit(request, slug, pk)
    form = MendForm(request.POST)
    if form.is_valid():
        try:
            visiting.mend(visit=found, actor=request.actor, now=request.now, **form.cleaned_data)
        except NotNow as problem:
            form.add_error("mended_on", str(problem))
        else:
            messages.success(request, f"{found.task.code}整改情况已登记。")
            return redirect("progress:visit", slug, pk)
    return _page(request, found, mend_form=form)


@require_POST
def visit_close(request: Request, slug: str, pk: int) -> HttpResponse:
    found = _own_visit(request, slug, pk)
    visiting.close_visit(visit=found, actor=request.actor, now=request.now)
    messages.success(request, f"{found.task.code}核查已完成，有关单位可以查看结果。")
    return redirect("progress:visits", slug)


@require_POST
def visit_drop(request: Request, slug: str, pk: int) -> HttpResponse:
    found = _own_visit(request, slug, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _page(request, found, drop_form=form)
    visiting.drop_visit(
        visit=found, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now
    )
    messages.success(request, f"{found.task.code}已取消核查。")
    return redirect("progress:visits", slug)


@require_POST
def visit_photo(request: Request, slug: str, pk: int) -> HttpResponse:
    """Photos and papers of a visit that is not closed."""
    found = _own_visit(request, slug, pk)
    if not found.is_open:
        raise NotNow(f"{found}{found.get_state_display()}，不能再上传材料。")
    checked, refused = checked_files(request)
    kept = [
        attach(
            checked=each,
            kind=EvidenceKind.PHOTO if each.kind.is_image else EvidenceKind.EVIDENCE,
            task=found.task,
            unit=None,
            subject=found,
            actor=request.actor,
            now=request.now,
            visit=found,
        )
        for each in checked
    ]
    if is_by_script(request):
        return row_of(request, found.task.plan, kept, refused)
    tell(request, kept, refused)
    return redirect("progress:visit", slug, pk)
