"""责任清单: a unit receives its items, says who inside answers, objects, and answers namings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.duties.duties import duties_of_unit, namings_for, object_to_duty
from progress.duties.forms import ContactsForm, NamingAnswerForm, ObjectionForm
from progress.models import Adjustment, AdjustmentKind
from progress.periods.access import plan_or_404
from tasks.holders.receipts import held_by, receive, receive_all, set_contacts
from tasks.models import Plan, Responsibility, TaskLeader
from tasks.naming.acts import confirm, object_to
from units.face.act_forms import first_error
from units.http import Request
from units.once.claims import once
from units.permissions import ALLOWED, denied, require


def _plan(request: Request, slug: str) -> Plan:
    refusal = denied("责任清单供联络员和单位负责人使用。")
    require(ALLOWED if request.actor.is_of_a_unit else refusal)
    return plan_or_404(request, slug)


def _held_or_404(request: Request, slug: str, pk: int) -> Responsibility:
    plan = _plan(request, slug)
    found: Responsibility = get_object_or_404(
        held_by(plan, request.actor.unit, request.today), pk=pk
    )
    return found


@require_safe
def duties(request: Request, slug: str) -> HttpResponse:
    """Everything the unit answers for."""
    return _list(request, _plan(request, slug))


def _list(request: Request, plan: Plan, status: int = 200, **posted: Any) -> HttpResponse:
    found = duties_of_unit(plan, request.actor, request.today)
    context = {"plan": plan, "duties": found} | posted
    return render(request, "progress/duties/duties.html", context, status=status)


@require_safe
def duty(request: Request, slug: str, pk: int) -> HttpResponse:
    """One item: receipt, contacts, objection."""
    return _page(request, _held_or_404(request, slug, pk))


def _page(
    request: Request,
    held: Responsibility,
    contacts: ContactsForm | None = None,
    objection: ObjectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = Adjustment.objects.filter(task=held.task, kind=AdjustmentKind.RESPONSIBILITY)
    context = {
        "plan": held.task.plan,
        "held": held,
        "contacts": contacts or ContactsForm(instance=held),
        "objection": objection or ObjectionForm(),
        "leaders": TaskLeader.objects.on(request.today).filter(task=held.task),
        "asked": [each for each in asked if each.detail.get("responsibility") == held.pk],
    }
    return render(request, "progress/duties/duty.html", context, status=status)


@require_POST
def receive_one(request: Request, slug: str, pk: int) -> HttpResponse:
    """签收 one item."""
    held = _held_or_404(request, slug, pk)
    receive(responsibility=held, actor=request.actor, now=request.now)
    messages.success(request, f"{held.task}已签收。")
    return redirect("progress:duties", slug)


@require_POST
def receive_everything(request: Request, slug: str) -> HttpResponse:
    """全部签收."""
    plan = _plan(request, slug)
    count = receive_all(plan=plan, actor=request.actor, now=request.now)
    messages.success(request, f"已签收{count}项。" if count else "没有待签收的事项。")
    return redirect("progress:duties", slug)


@require_POST
def contacts(request: Request, slug: str, pk: int) -> HttpResponse:
    """Who inside the unit answers for the item."""
    held = _held_or_404(request, slug, pk)
    form = ContactsForm(request.POST, instance=held)
    if not form.is_valid():
        messages.error(request, "没有保存，请修改标出的内容。")
        return _page(request, held, contacts=form, status=409)
    changed = set_contacts(
        responsibility=held, contacts=form.contacts, actor=request.actor, now=request.now
    )
    messages.success(request, "联系信息已保存。" if changed else "联系信息没有改动。")
    return redirect("progress:duty", slug, pk)


@require_POST
def object_to_one(request: Request, slug: str, pk: int) -> HttpResponse:
    """异议 to role or wording, as a 责任调整."""
    held = _held_or_404(request, slug, pk)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有提交，请修改标出的内容。")
        return _page(request, held, objection=form, status=409)
    with once(request, "异议已提出过，没有重复提出。") as claim:
        said = form.cleaned_data
        object_to_duty(responsibility=held, **said, actor=request.actor, now=request.now)
        claim.leads_to("progress:duty", slug, pk)
    messages.success(request, "异议已报督查室，按责任调整办理；批准前仍按现有分工执行。")
    return redirect("progress:duty", slug, pk)


@require_POST
def answer_naming(request: Request, slug: str, pk: int) -> HttpResponse:
    """Whether the unit takes part where the lead needs it."""
    plan = _plan(request, slug)
    naming = get_object_or_404(namings_for(plan, request.actor), pk=pk)
    form = NamingAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _list(request, plan, 409, posted_naming=pk, posted=form)
    if form.cleaned_data["answer"] == "confirm":
        confirm(naming=naming, actor=request.actor, now=request.now)
        messages.success(request, f"已确认参加{naming.designation.task}。")
    else:
        reason = form.cleaned_data["reason"]
        object_to(naming=naming, reason=reason, actor=request.actor, now=request.now)
        messages.success(request, "异议已报督查室。")
    return redirect("progress:duties", slug)
