"""Where a person is in, and 退出其他."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from units.entrance.entering import note
from units.guard.sessions import end_others, of
from units.http import Request


@require_safe
def sessions(request: Request) -> HttpResponse:
    """The own sessions, the newest first."""
    lines = of(request.user, request.session.session_key or "")
    return render(request, "units/entrance/sessions.html", {"lines": lines})


@require_POST
def sessions_end(request: Request) -> HttpResponse:
    """All others of this person are over. Logged."""
    count = end_others(request.user, request.session.session_key)
    if count:
        note(request, "session.end", f"退出其他登录{count}处：{request.user}", request.user)
        messages.success(request, f"已退出其他{count}处登录。")
    else:
        messages.info(request, "没有其他登录。")
    return redirect("units:sessions")
