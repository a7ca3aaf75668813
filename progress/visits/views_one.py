"""One 核查: what was found, with photos; mending; closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from progress.evidence.receiving import answer, checked_files, take
from progress.models import Evidence, EvidenceKind, Reading, SiteVisit, VisitState
from progress.periods.access import plan_or_404
from progress.visits import acts
from progress.visits.forms import MendForm, VisitForm
from progress.visits.workflow import VISITS
from units.acting_page import Act, Page, by_name, carry_out
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


def _page(request: Request, visit: SiteVisit, **posted: Any) -> HttpResponse:
    is_office = request.actor.is_office
    may_record = is_office and visit.state == VisitState.PLANNED
    names = {act.name for act in VISITS.available(visit, request.actor)}
    photos = Evidence.objects.visible_to(request.actor).filter(visit=visit, withdrawn_at=None)
    context = {
        "plan": visit.task.plan,
        "task": visit.task,
        "visit": visit,
        "form": posted.get("form")
        or (VisitForm(readings=_readings(visit)) if may_record else None),
        "mend_form": posted.get("mend_form") or MendForm(),
        "drop_form": posted.get("drop_form") or ReasonForm(),
        "acts": names,
        "may_close": "close" in names and not visit.waits_for_mending,
        "photos": photos.order_by("uploaded_at", "pk"),
        "may_upload": is_office and visit.is_open,
    }
    return render(request, "progress/visits/visit.html", context, status=409 if posted else 200)


@require_safe
def visit(request: Request, slug: str, pk: int) -> HttpResponse:
    return _page(request, _visit_or_404(request, slug, pk))


ACTS = by_name(
    Act(
        "record",
        acts.record_visit,
        "{thing.task.code}核查结果已登记。",
        VisitForm,
        options=lambda visit, _: {"readings": _readings(visit)},
    ),
    Act("mend", acts.mend, "{thing.task.code}整改情况已登记。", MendForm),
    Act(
        "close",
        acts.close_visit,
        "{thing.task.code}核查已完成，有关单位可以查看结果。",
        to="progress:visits",
    ),
    Act(
        "drop",
        acts.drop_visit,
        "{thing.task.code}已取消核查。",
        ReasonForm,
        to="progress:visits",
        kept=(),
    ),
)
FORMS = {"record": "form", "mend": "mend_form", "drop": "drop_form"}  # how the page calls them


def _again(
    request: Request, visit: SiteVisit, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    """The long forms say themselves what is wrong, the folded one at the top of the page."""
    if problem:
        form.add_error("mended_on" if name == "mend" else None, problem)
    if name == "drop":
        messages.error(request, first_error(form))
    return _page(request, visit, **{FORMS[name]: form})


PAGE = Page("visit", "progress:visit", _again)


@require_POST
def visit_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it; the address says which."""
    return carry_out(request, _own_visit(request, slug, pk), ACTS[act], PAGE)


@require_POST
def visit_photo(request: Request, slug: str, pk: int) -> HttpResponse:
    """Photos and papers of a visit that is not closed."""
    found = _own_visit(request, slug, pk)
    if not found.is_open:
        raise NotNow(f"{found}{found.get_state_display()}，不能再上传材料。")
    checked, refused = checked_files(request)
    taken = take(
        request,
        checked,
        refused,
        kind=lambda each: EvidenceKind.PHOTO if each.kind.is_image else EvidenceKind.EVIDENCE,
        among=Evidence.objects.filter(visit=found),
        subject=found,
        task=found.task,
        unit=None,
        visit=found,
    )
    return answer(request, found.task.plan, taken, "progress:visit", slug, pk)
