"""选用照片: which images the page of a 十件实事 shows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from progress.evidence import photos
from progress.periods.access import item_or_404
from tasks.models import TaskKind
from units.http import Request
from units.permissions import can_run_the_year, require

LONGEST_ID = 12  # digits; what is longer names no row


@require_http_methods(["GET", "HEAD", "POST"])
def project_photos(request: Request, slug: str, number: int) -> HttpResponse:
    task = item_or_404(request, slug, TaskKind.PRACTICAL_PROJECT, number)
    require(can_run_the_year(request.actor))
    if request.method == "POST":
        named = request.POST.getlist("photo")
        wanted = {int(each) for each in named if _is_id(each)}
        count = photos.choose(task=task, wanted=wanted, actor=request.actor, now=request.now)
        messages.success(request, f"{task}的页面现在显示{count}张照片。")
        return redirect("reports:project_parts", slug, number)
    context = {"plan": task.plan, "task": task, "images": list(photos.choosable(task))}
    return render(request, "progress/evidence/photos.html", context)


def _is_id(given: str) -> bool:
    return given.isascii() and given.isdecimal() and len(given) <= LONGEST_ID
