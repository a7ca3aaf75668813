"""责任落实, for the office: who has not received, and which 办理方案 are missing or wait."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tasks.access import office_plan
from tasks.action_plans.list import counts, in_state, plan_rows
from tasks.holders.receipts import receipts_of
from units.http import Request


@require_safe
def receipts(request: Request, slug: str) -> HttpResponse:
    """签收情况 by unit, who has not received first."""
    plan = office_plan(request, slug)
    found = receipts_of(plan, request.today)
    late = [each for each in found if each.waiting]
    context = {
        "plan": plan,
        "late": late,
        "done": [each for each in found if not each.waiting],
        "waiting": sum(len(each.waiting) for each in late),
    }
    return render(request, "tasks/action_plans/receipts.html", context)


@require_safe
def action_plans(request: Request, slug: str) -> HttpResponse:
    """办理方案 by state."""
    plan = office_plan(request, slug)
    rows = plan_rows(plan)
    state = request.GET.get("state", "")
    context = {
        "plan": plan,
        "rows": in_state(rows, state),
        "counts": counts(rows),
        "total": len(rows),
        "in_force": sum(row.is_in_force for row in rows),
        "state": state,
    }
    return render(request, "tasks/action_plans/action_plans.html", context)
