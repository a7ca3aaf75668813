"""方面简称: seen and set by the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tasks.access import office_plan
from tasks.changing.area_names import AreaNamesForm, name_areas
from units.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def area_names(request: Request, slug: str) -> HttpResponse:
    """The short names of the areas, and what was typed."""
    plan = office_plan(request, slug)
    posted = request.POST if request.method == "POST" else None
    form = AreaNamesForm(posted, areas=list(plan.areas.all()))
    if posted is None or not form.is_valid():
        status = 200 if posted is None else 409
        context = {"plan": plan, "form": form}
        return render(request, "tasks/changing/area_names.html", context, status=status)
    name_areas(plan=plan, names=form.names, actor=request.actor, now=request.now)
    messages.success(request, "方面简称已保存，大屏随之更新。")
    return redirect(request.path)
