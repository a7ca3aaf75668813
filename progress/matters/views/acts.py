"""One act on the page of a 交办事项 or 督办单: permission, form, verb, sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.matters.acts import Act
from progress.matters.forms import ExtensionDecisionForm, ObjectionDecisionForm
from progress.matters.notices import link_to
from progress.matters.page import page_of_matter
from progress.matters.permissions import Matter, can_handle
from progress.matters.requests import decline, grant_extension, grant_objection
from progress.models import (
    Instruction,
    InstructionRequest,
    MatterFile,
    RequestKind,
    SupervisionOrder,
)
from progress.periods.access import plan_or_404
from units.approvals import new_approval
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.files.attachments import hand_out
from units.files.uploads import Unacceptable, check
from units.http import Request
from units.permissions import require
from units.transitions import Table


def carry_out(
    request: Request, matter: Matter, name: str, acts: Mapping[str, Act], table: Table[Any]
) -> HttpResponse:
    """Do it and come back to the page; refused, the page again with what was typed."""
    act = acts.get(name)
    if act is None:
        raise Http404
    if name in table.transitions:
        require(table.transitions[name].may(request.actor, matter))
    form = act.form(request.POST, request.FILES)
    problem = _try(request, matter, act, form)
    if problem is None:
        messages.success(request, f"{matter}{act.done}")
        return redirect(link_to(matter))
    return again(request, matter, name, form, problem)


def _try(request: Request, matter: Matter, act: Act, form: forms.Form) -> str | None:
    """The sentence of a refusal, or None when it was done."""
    if not form.is_valid():
        return first_error(form)
    try:
        given = checked_files(request, form.cleaned_data)
        act.run(matter=matter, actor=request.actor, now=request.now, **given)
    except (NotNow, Unacceptable) as refusal:
        return str(refusal)
    return None


def checked_files(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    """The cleaned fields with every upload judged and scanned, before any transaction begins.

    Raises `Unacceptable`.
    """
    return {
        name: check(value, actor=request.actor, now=request.now)
        if isinstance(value, UploadedFile)
        else value
        for name, value in given.items()
    }


def again(
    request: Request, matter: Matter, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    """The page once more, with the form open and the sentence above it."""
    messages.error(request, problem)
    context = page_of_matter(matter, request.actor, request.today, (name, form))
    context["plan"] = matter.plan
    page = "matter" if isinstance(matter, Instruction) else "order"
    return render(request, f"progress/matters/{page}.html", context, status=409)


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
    if act not in {"grant", "decline"}:
        raise Http404
    form = _decision_form(request, asked, act)
    if not form.is_valid():
        return again(request, asked.instruction, f"{act}-{pk}", form, first_error(form))
    try:
        _decide(request, asked, act, form.cleaned_data)
    except NotNow as refusal:
        return again(request, asked.instruction, f"{act}-{pk}", form, str(refusal))
    messages.success(request, f"{asked.get_kind_display()}已处理，承办单位已收到消息。")
    return redirect(link_to(asked.instruction))


def _decision_form(request: Request, asked: InstructionRequest, act: str) -> forms.Form:
    if act == "decline":
        return ReasonForm(request.POST)
    if asked.kind == RequestKind.OBJECTION:
        return ObjectionDecisionForm(request.POST, today=request.today)
    return ExtensionDecisionForm(request.POST)


def _decide(request: Request, asked: InstructionRequest, act: str, given: dict[str, Any]) -> None:
    common: dict[str, Any] = {"request": asked, "actor": request.actor, "now": request.now}
    if act == "decline":
        decline(**common, **given)
    elif asked.kind == RequestKind.OBJECTION:
        grant_objection(**common, **given)
    else:
        until = given.pop("until")
        approval = new_approval(actor=request.actor, now=request.now, **given)
        grant_extension(**common, approval=approval, until=until)


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
