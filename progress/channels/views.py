"""消息渠道: their state and a trial, and the jobs of the schedule; for office and admin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huangshi_tasks.celery import LATE_AFTER
from progress.channels.permissions import can_see_channels
from progress.channels.states import states, try_out
from units.http import Request
from units.job_runs import overdue
from units.models import JobRun
from units.permissions import require


@require_safe
def channels(request: Request) -> HttpResponse:
    require(can_see_channels(request.actor))
    context = {
        "states": list(states()),
        "jobs": JobRun.objects.all(),
        "late": overdue(LATE_AFTER, timezone.now()),
    }
    return render(request, "progress/channels/channels.html", context)


@require_POST
def channel_trial(request: Request, key: str) -> HttpResponse:
    """Send a test message over one channel."""
    require(can_see_channels(request.actor))
    messages.success(request, try_out(key=key, actor=request.actor, now=request.now))
    return redirect("progress:channels")
