"""督办单: the list, the draft, the page of one, and the sheet for print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from progress.matters.filters import ORDER_COLUMNS, orders_asked
from progress.matters.forms import OrderForm
from progress.matters.orders import draft_order, edit_order
from progress.matters.page import order_or_404, page_of_matter
from progress.matters.permissions import can_handle, can_read_matters, unit_of
from progress.matters.views.acts import do
from progress.models import Instruction, OrderState, SupervisionOrder
from progress.periods.access import plan_or_404
from tasks.models import Plan, Responsibility, Task
from units.errors import NotNow
from units.http import Request
from units.lists.tool import ListTool
from units.once.claims import once
from units.permissions import require


@require_safe
def orders(request: Request, slug: str) -> HttpResponse:
    """The list of sheets."""
    require(can_read_matters(request.actor))
    plan = plan_or_404(request, slug)
    chosen, rows = orders_asked(request, plan)
    tool = ListTool[tuple[SupervisionOrder, bool]](request.GET, ORDER_COLUMNS)
    page = tool.page(tool.ordered(rows))
    context = {
        "plan": plan,
        "filter": chosen,
        "tool": tool,
        "page": page,
        "count": len(rows),
        "overdue": sum(late for _, late in rows),
    }
    return render(request, "progress/matters/orders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request: Request, slug: str) -> HttpResponse:
    """拟督办单 on the one item or instruction that the address names."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    subject = _subject(request, plan)
    if subject is None:
        tasks = Task.objects.filter(plan=plan)
        return render(
            request, "progress/matters/order_subject.html", {"plan": plan, "tasks": tasks}
        )
    if request.method == "POST":
        form = OrderForm(request.POST, today=request.today)
        if form.is_valid():
            with once(request, "这份督办单已拟过，没有重复登记。") as claim:
                done = draft_order(
                    plan=plan,
                    task=subject if isinstance(subject, Task) else None,
                    instruction=subject if isinstance(subject, Instruction) else None,
                    actor=request.actor,
                    now=request.now,
                    **form.cleaned_data,
                )
                claim.leads_to("progress:order", slug, done.pk)
            messages.success(request, f"督办单已拟好：{done.title}。签发后登记。")
            return redirect("progress:order", slug, done.pk)
    else:
        form = OrderForm(initial=_initial(subject, request), today=request.today)
    context = {"plan": plan, "form": form, "subject": subject}
    status = 409 if form.is_bound else 200
    return render(request, "progress/matters/order_form.html", context, status=status)


def _subject(request: Request, plan: Plan) -> Task | Instruction | None:
    """`?task=` or `?instruction=`, by the number of the row; None when neither is named."""
    task, instruction = (_wanted(request, name) for name in ("task", "instruction"))
    if task is not None:
        return get_object_or_404(Task.objects.select_related("plan"), plan=plan, pk=task)
    if instruction is not None:
        found = Instruction.objects.select_related("plan").prefetch_related("units__unit")
        return get_object_or_404(found, plan=plan, pk=instruction)
    return None


def _wanted(request: Request, name: str) -> int | None:
    """A number of the address; what is none leads nowhere."""
    value = request.GET.get(name, "")
    if value and not (value.isascii() and value.isdecimal() and len(value) <= 12):
        raise Http404
    return int(value) if value else None


def _initial(subject: Task | Instruction, request: Request) -> dict[str, Any]:
    if isinstance(subject, Instruction):
        return {"title": subject.title, "unit": unit_of(subject), "text": subject.text}
    held = Responsibility.objects.on(request.today).filter(task=subject, is_primary=True)
    primary = held.select_related("unit").first()
    unit = primary.unit if primary is not None else None
    return {"title": subject.short_title, "unit": unit, "text": ""}


@require_safe
def order(request: Request, slug: str, pk: int) -> HttpResponse:
    """One sheet."""
    found = order_or_404(request, slug, pk)
    context = page_of_matter(found, request.actor, request.today)
    return render(request, "progress/matters/order.html", {"plan": found.plan, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def order_edit(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change a draft."""
    require(can_handle(request.actor))
    found = order_or_404(request, slug, pk)
    if found.state != OrderState.DRAFT:
        raise NotNow(f"{found}已签发，不能修改；需要改动的，作废后重新拟单。")
    if request.method == "POST":
        form = OrderForm(request.POST, today=request.today)
        if form.is_valid():
            edit_order(order=found, actor=request.actor, now=request.now, **form.cleaned_data)
            messages.success(request, "督办单已保存。")
            return redirect("progress:order", slug, pk)
    else:
        names = ("title", "unit", "colour", "text", "requirement", "due_on")
        initial = {name: getattr(found, name) for name in names}
        form = OrderForm(initial=initial, today=request.today)
    context = {"plan": found.plan, "form": form, "subject": found.subject, "order": found}
    status = 409 if form.is_bound else 200
    return render(request, "progress/matters/order_form.html", context, status=status)


@require_POST
def order_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it, by name."""
    return do(request, order_or_404(request, slug, pk), act)


@require_safe
def order_print(request: Request, slug: str, pk: int) -> HttpResponse:
    """The sheet alone, for paper."""
    found = order_or_404(request, slug, pk)
    return render(
        request, "progress/matters/order_print.html", {"plan": found.plan, "order": found}
    )
