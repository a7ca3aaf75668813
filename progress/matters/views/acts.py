"""What is done on the page of a 交办事项 or 督办单, by name; its files, handed out."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from progress.matters.acts import REQUEST_ACTS, acts_of
from progress.matters.answers import table_of
from progress.matters.notices import link_to
from progress.matters.page import page_of_matter
from progress.matters.permissions import Matter, can_handle
from progress.models import (
    Instruction,
    InstructionRequest,
    MatterFile,
    SupervisionOrder,
)
from progress.periods.access import plan_or_404
from units.acting_page import Page, carry_out
from units.errors import NotNow
from units.face.act_forms import first_error
from units.files.attachments import hand_out
from units.http import Request
from units.permissions import require


def do(request: Request, matter: Matter, name: str) -> HttpResponse:
    """Carry out the act `name` of the matter's page."""
    act = acts_of(matter).get(name)
    if act is None:
        raise Http404
    if act.may is None:
        require(table_of(matter).transitions[name].may(request.actor, matter))
    return carry_out(request, matter, act, MATTER)


def _again(
    request: Request, matter: Matter, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    """The page once more, with the form open and the sentence above it."""
    messages.error(request, problem or first_error(form))
    context = page_of_matter(matter, request.actor, request.today, (name, form))
    context["plan"] = matter.plan
    page = "matter" if isinstance(matter, Instruction) else "order"
    return render(request, f"progress/matters/{page}.html", context, status=409)


def _asked_again(
    request: Request, asked: InstructionRequest, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    return _again(request, asked.instruction, f"{name}-{asked.pk}", form, problem)


MATTER = Page("matter", link_to, _again)
REQUEST = Page("request", lambda asked: link_to(asked.instruction), _asked_again)


@require_POST
def matter_request(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """Decide on an objection or a plea for more time: `grant` or `decline`."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    asked = get_object_or_404(
        InstructionRequest.objects.select_related("instruction__plan"),
        instruction__plan=plan,
        pk=pk,
    )
    row = REQUEST_ACTS[asked.kind].get(act)
    if row is None:
        raise Http404
    return carry_out(request, asked, row, REQUEST)


@require_safe
def matter_file(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """A file of a matter: always an attachment, and in the log."""
    plan = plan_or_404(request, slug)
    visible = MatterFile.objects.visible_to(request.actor).select_related("instruction", "order")
    found = get_object_or_404(visible, pk=pk)
    matter: Instruction | SupervisionOrder | None = found.instruction or found.order
    if matter is None or matter.plan_id != plan.pk:
        raise Http404
    if found.is_waiting:
        raise NotNow(f"{found.name}尚待病毒扫描，扫描通过后方可打开。")
    return hand_out(
        request,
        found.file,
        found.name,
        subject=found,
        summary=f"下载{found.get_kind_display()}：{found.name}",
        content_type=found.content_type,
    )
