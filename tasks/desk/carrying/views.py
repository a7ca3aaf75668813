"""沿用上年: one button beside 导入."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tasks.desk.carrying.acts import carry_over
from tasks.models import Plan
from units.errors import NotNow
from units.http import Request
from units.once.claims import once
from units.permissions import can_run_the_year, require

TWICE = "这一年度的草稿已经建立，没有重复建立。"
LONGEST = 12  # digits of an id


@require_POST
def draft_carry(request: Request) -> HttpResponse:
    """A draft of the next year; it is put right on the same desk as a notice that was read."""
    require(can_run_the_year(request.actor))
    typed = request.POST.get("plan", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST):
        raise NotNow("请选择沿用哪一年度。")
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=int(typed))
    with once(request, TWICE) as claim:
        draft = carry_over(plan=plan, actor=request.actor, now=request.now)
        claim.leads_to("tasks:draft", draft.pk)
    messages.success(request, f"已由{plan.year}年度建立{plan.year + 1}年度草稿，各单位看不到。")
    return redirect(claim.led_to)
