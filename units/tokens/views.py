"""接口令牌: the list, asking for one, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from units.http import Request
from units.once.claims import once
from units.permissions import require
from units.tokens import acts
from units.tokens.forms import AskForm
from units.tokens.permissions import can_ask, can_see, tokens_of
from units.tokens.workflow import TOKENS

ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "release": (acts.release, "已批准：{token}，由申请人领取。"),
    "decline": (acts.decline, "未批准：{token}。"),
    "revoke": (acts.revoke, "已吊销：{token}，从现在起不能再用。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Request) -> HttpResponse:
    """The list; the office and heads of units ask for one here."""
    require(can_see(request.actor))
    if request.method != "POST":
        return _page(request, AskForm(today=request.today))
    require(can_ask(request.actor))
    form = AskForm(request.POST, today=request.today)
    if not form.is_valid():
        return _page(request, form, status=409)
    with once(request, "该令牌已申请过，没有重复申请。") as claim:
        made = acts.ask(actor=request.actor, now=request.now, **form.cleaned_data)
        claim.leads_to("units:tokens")
    messages.success(request, f"已申请：{made}，等待系统管理员批准。")
    return redirect("units:tokens")


@require_POST
@sensitive_variables("secret")
def token_do(request: Request, pk: int, act: str) -> HttpResponse:
    """One act; 领取 shows the secret in its answer and nowhere else."""
    require(can_see(request.actor))
    token = get_object_or_404(tokens_of(request.actor), pk=pk)
    if act == "collect":
        secret = acts.collect(token=token, actor=request.actor, now=request.now)
        return render(request, "units/tokens/collected.html", {"token": token, "secret": secret})
    if act not in ACTS:
        raise Http404
    verb, done = ACTS[act]
    verb(token=token, actor=request.actor, now=request.now)
    messages.success(request, done.format(token=token))
    return redirect("units:tokens")


def _page(request: Request, form: AskForm, status: int = 200) -> HttpResponse:
    rows = [(each, TOKENS.available(each, request.actor)) for each in tokens_of(request.actor)]
    may_ask = bool(can_ask(request.actor))
    context = {"rows": rows, "form": form if may_ask else None, "today": request.today}
    return render(request, "units/tokens/tokens.html", context, status=status)
