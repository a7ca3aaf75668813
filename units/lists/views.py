"""Keeping a filter, and deleting one that was kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from units.errors import NotNow
from units.face.act_forms import first_error
from units.http import Request
from units.lists.saved import drop_view, keep_view, views_of


class KeepForm(forms.Form):
    """`back`: the address of the list with its query."""

    name = forms.CharField(
        max_length=20,
        error_messages={"required": "请写收藏名称。", "max_length": "收藏名称最多20个字。"},
    )
    is_shared = forms.BooleanField(required=False)
    back = forms.CharField(max_length=2000)


@require_POST
def view_keep(request: Request) -> HttpResponse:
    """Under a name, and back to the list."""
    back, view = _list(request)
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(back)
    try:
        row = keep_view(
            view=view,
            name=form.cleaned_data["name"],
            query=urlsplit(back).query,
            is_shared=form.cleaned_data["is_shared"],
            actor=request.actor,
            now=request.now,
        )
    except NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已收藏“{row.name}”。")
    return redirect(back)


@require_POST
def view_drop(request: Request, pk: int) -> HttpResponse:
    """One's own, or of the office what is shared."""
    back, view = _list(request)
    row = get_object_or_404(views_of(request.actor, view), pk=pk)
    if row.owner_id != request.user.pk and not request.actor.is_office:
        raise Http404
    drop_view(row=row, actor=request.actor, now=request.now)
    messages.success(request, f"已删除收藏“{row.name}”。")
    return redirect(back)


def _list(request: Request) -> tuple[str, str]:
    """The list that the form stood on, and the name of its address; an address of ours only."""
    asked = urlsplit(request.POST.get("back", "")[:2000])
    try:
        view = resolve(asked.path).view_name
    except Resolver404:
        raise Http404 from None
    query = f"?{asked.query}" if asked.query else ""
    return f"{asked.path}{query}", view
