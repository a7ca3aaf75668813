"""启用检查 of a draft and 启用; afterwards what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from progress.periods.beginning import Beginning
from progress.starting.acts import start
from progress.starting.forms import StartForm
from progress.starting.page import StartPage, page_of_start
from tasks.desk.access import draft_or_404
from tasks.desk.content import content_of
from tasks.desk.permissions import can_correct
from tasks.desk.proof import kept_proof
from tasks.models import NoticeDraft
from units.errors import NotNow
from units.http import Request
from units.once.claims import once, refuse_second
from units.permissions import require

TWICE = "这份草稿已启用，没有重复启用。"


@require_http_methods(["GET", "HEAD", "POST"])
def draft_check(request: Request, draft: int) -> HttpResponse:
    """What blocks, what may stay open, what units will owe, and 启用 itself."""
    found = draft_or_404(request, draft)
    if found.supplements_id is not None:
        return redirect("progress:draft_supplement", found.pk)
    if request.method == "POST":
        refuse_second(request)
        require(can_correct(request.actor, found))
        return _start(request, found)
    if not found.is_open:
        context = {"draft": found, "proof": kept_proof(found)}
        return render(request, "progress/starting/ended.html", context)
    page = page_of_start(content_of(found), request.today)
    return _page(request, found, page, _form(page))


def _form(page: StartPage, data: object = None) -> StartForm:
    return StartForm(data, values=page.values, earliest=page.earliest, latest=page.latest)


def _start(request: Request, found: NoticeDraft) -> HttpResponse:
    page = page_of_start(content_of(found), request.today)
    form = _form(page, request.POST)
    if form.is_valid() and "confirmed" not in request.POST and not page.checked.blocking:
        return _asked(request, found, form)
    if form.is_valid():
        try:
            with once(request, TWICE) as claim:
                given = form.cleaned_data
                plan = start(
                    draft=found,
                    seen=given["seen"],
                    beginning=given.get("beginning") or Beginning.SKIP,
                    due_on=given.get("due_on"),
                    actor=request.actor,
                    now=request.now,
                )
                claim.leads_to("tasks:receipts", plan.slug)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"{plan.year}年度责任分解已启用，各单位可以看到本单位的事项。"
            )
            return redirect(claim.led_to)
    return _page(request, found, page, form, status=409)


def _asked(request: Request, found: NoticeDraft, form: StartForm) -> HttpResponse:
    """启用…？ with the numbers of what was chosen; nothing is written yet."""
    given = form.cleaned_data
    page = page_of_start(content_of(found), request.today, given.get("due_on"))
    context = {
        "draft": found,
        "page": page,
        "form": form,
        "chosen": page.option_of(given.get("beginning")),
    }
    return render(request, "progress/starting/confirm.html", context)


def _page(
    request: Request, found: NoticeDraft, page: StartPage, form: StartForm, status: int = 200
) -> HttpResponse:
    beginning = form["beginning"].value() if "beginning" in form.fields else None
    context = {
        "draft": found,
        "page": page,
        "form": form,
        "chosen": page.option_of(beginning),
    }
    return render(request, "progress/starting/check.html", context, status=status)
