"""与现行对照 and 并入 of a 补充文件."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from progress.supplementing.acts import take_over
from progress.supplementing.forms import SupplementForm
from progress.supplementing.page import WHAT, SupplementPage, page_of
from tasks.desk.access import draft_or_404
from tasks.desk.content import content_of
from tasks.desk.permissions import can_correct
from tasks.models import NoticeDraft
from units.errors import NotNow
from units.http import Request
from units.once.claims import once, refuse_second
from units.permissions import require

TWICE = "这份补充文件已并入，没有重复并入。"


@require_http_methods(["GET", "HEAD", "POST"])
def draft_supplement(request: Request, draft: int) -> HttpResponse:
    """What of the supplement is new, changed, withdrawn; what is chosen is taken over."""
    found = draft_or_404(request, draft)
    if request.method == "POST":
        refuse_second(request)
        require(can_correct(request.actor, found))
    plan = found.supplements
    if plan is None or not found.is_open:
        return redirect("tasks:draft", found.pk)
    posted = dict(request.POST.lists()) if request.method == "POST" else None
    page = page_of(content_of(found), plan, request.today, posted)
    if request.method != "POST":
        return _page(request, found, page, _form(page))
    if request.POST.get("act") == "compare":
        return _page(request, found, page, _as_typed(page, request))
    return _take_over(request, found, page)


def _form(page: SupplementPage, data: object = None) -> SupplementForm:
    head = page.content.reading.head
    authority = head.document_number or head.title
    return SupplementForm(data, authority=authority[:200], issued_on=head.issued_on)


def _as_typed(page: SupplementPage, request: Request) -> SupplementForm:
    """What stands in the fields, without judging it yet."""
    form = _form(page, request.POST)
    form.full_clean()
    form.errors.clear()
    return form


def _take_over(request: Request, found: NoticeDraft, page: SupplementPage) -> HttpResponse:
    form = _form(page, request.POST)
    if form.is_valid():
        try:
            with once(request, TWICE) as claim:
                taken = take_over(
                    page=page,
                    seen=form.cleaned_data["seen"],
                    decision=form.decision,
                    starts_on=form.cleaned_data["starts_on"],
                    actor=request.actor,
                    now=request.now,
                )
                claim.leads_to("progress:adjustments", page.plan.slug)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"补充文件已并入{page.plan.year}年度：{taken}。")
            return redirect(claim.led_to)
    return _page(request, found, page, form, status=409)


def _page(
    request: Request,
    found: NoticeDraft,
    page: SupplementPage,
    form: SupplementForm,
    status: int = 200,
) -> HttpResponse:
    context = {"draft": found, "page": page, "form": form, "whats": WHAT}
    return render(request, "progress/supplementing/supplement.html", context, status=status)
