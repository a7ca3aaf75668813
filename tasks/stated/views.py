"""数据来源和口径 of an item's figures: read by whoever sees the item, typed once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tasks.access import task_or_404
from tasks.models import REPORTING, Indicator, Task
from tasks.stated.acts import NAMES, can_state, state
from tasks.stated.forms import StatedForm
from units.http import Request
from units.permissions import require

UNSAVED = "没有保存，请修改标出的内容。"


@require_safe
def stated(request: Request, slug: str, pk: int) -> HttpResponse:
    """Each figure with what is stated of it, and the form for whoever may."""
    return _page(request, task_or_404(request, slug, pk))


def _numbers(task: Task) -> list[Indicator]:
    return list(task.indicators.select_related(*REPORTING).order_by("ordinal"))


def _page(
    request: Request, task: Task, posted: StatedForm | None = None, of: int = 0, status: int = 200
) -> HttpResponse:
    rows = []
    for each in _numbers(task):
        form = None
        if can_state(request.actor, each, request.today):
            initial = {name: getattr(each, name) for name in NAMES}
            form = posted if of == each.pk else StatedForm(initial=initial, auto_id=f"{each.pk}_%s")
        rows.append((each, form))
    context = {"plan": task.plan, "task": task, "rows": rows}
    return render(request, "tasks/stated/stated.html", context, status=status)


@require_POST
def stated_save(request: Request, slug: str, pk: int) -> HttpResponse:
    """Of one figure."""
    task = task_or_404(request, slug, pk)
    numbers = _numbers(task)
    if not numbers:
        raise Http404
    chosen = request.POST.get("indicator", "")
    indicator = next((each for each in numbers if str(each.pk) == chosen), numbers[0])
    require(can_state(request.actor, indicator, request.today))
    form = StatedForm(request.POST)
    if not form.is_valid():
        messages.error(request, UNSAVED)
        return _page(request, task, form, indicator.pk, status=409)
    state(indicator=indicator, **form.cleaned_data, actor=request.actor, now=request.now)
    messages.success(request, f"“{indicator}”的来源和口径已保存，各处随数据显示。")
    return redirect("tasks:stated", slug, pk)
