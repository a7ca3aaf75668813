"""系统状态: how the parts are doing, in plain words; for the 系统管理员."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huangshi_tasks.backups.making import product_version
from huangshi_tasks.watching.parts import Level, all_parts, worst
from units.http import Request
from units.permissions import can_administer, require


@require_safe
def system_status(request: Request) -> HttpResponse:
    require(can_administer(request.actor))
    now = timezone.now()
    parts = all_parts(now)
    context = {
        "parts": parts,
        "troubles": [part for part in parts if part.level != Level.OK],
        "is_bad": worst(parts) >= Level.NOT_OK,
        "looked_at": now,
        "version": product_version(),
        "database": settings.DATABASE["ENGINE"].rpartition(".")[2],
    }
    return render(request, "watching/status.html", context)
