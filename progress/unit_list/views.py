"""单位: the list, and one unit with what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from progress.models import UnitChangeKind
from progress.unit_list import acts
from progress.unit_list.answering import shown_to
from progress.unit_list.forms import (
    AddForm,
    AliasForm,
    EditForm,
    MergeForm,
    RenameForm,
    RetireForm,
    SplitForm,
)
from progress.unit_list.looking import look_of
from progress.unit_list.page import history_of, list_page, offered_for
from progress.unit_list.passing import counted, register, to_come, withdraw
from units.city.words import kind_choices
from units.errors import NotNow
from units.http import Request, posted
from units.models import Unit
from units.permissions import require
from units.renaming.acts import can_keep_units, keep_name, rename

MARKED = "请修改标出的内容；已填写的都保留在本页。"


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: Request) -> HttpResponse:
    """The list, and a form for a unit that is missing in it."""
    require(can_keep_units(request.actor))
    form = AddForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.add(actor=request.actor, now=request.now, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"已新增：{made}。")
            return redirect("progress:unit_kept", made.pk)
    wanted = request.GET.get("q", "").strip()[:40]
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    context = {
        "page": list_page(request.today, state=state, wanted=wanted, kind=kind),
        "form": form,
        "wanted": wanted,
        "state": state,
        "kind": kind,
        "kinds": kind_choices(),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "progress/unit_list/units.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: Request, pk: int) -> HttpResponse:
    """One unit: its names, what it answers for, and the acts."""
    require(can_keep_units(request.actor))
    found = get_object_or_404(Unit, pk=pk)
    if request.method != "POST":
        asked = request.GET.get("do", "")
        return _page(request, found, asked if asked in FORMS else "")
    act = request.POST.get("act", "")
    if act in BACK:
        verb, key, told = BACK[act]
        verb(**{key: found}, actor=request.actor, now=request.now)
        messages.success(request, told)
        return redirect("progress:unit_kept", pk)
    if act == "drop_alias":
        name = request.POST.get("name", "")[:60]
        acts.drop_alias(unit=found, name=name, actor=request.actor, now=request.now)
        messages.success(request, "已删除别名。")
        return redirect("progress:unit_kept", pk)
    if act not in FORMS:
        return _page(request, found, "", status=409)
    form = _form(act, found, request, request.POST)
    if "look" in request.POST and form.is_valid():
        return _page(request, found, act, form, looks=True)
    if "look" not in request.POST and _done(request, act, form, found):
        return redirect("progress:unit_kept", pk)
    messages.error(request, MARKED)
    return _page(request, found, act, form, status=409)


def _page(
    request: Request,
    unit: Unit,
    act: str,
    form: forms.Form | None = None,
    *,
    looks: bool = False,
    status: int = 200,
) -> HttpResponse:
    """One act at a time; `looks`: what it comes to, at two points of time, before it is done."""
    names, change = history_of(unit), to_come(unit)
    planned = names[-1] if names and names[-1].starts_on > request.today else None
    offered = offered_for(unit, is_planned=planned is not None, is_changing=change is not None)
    act = act or next(iter(offered), "")
    context = {
        "unit": unit,
        "names": names,
        "planned": planned,
        "aliases": unit.aliases.all(),
        "answering": shown_to(request.actor, unit, request.today),
        "change": change,
        "offered": offered,
        "act": act,
        "form": form or (_form(act, unit, request) if act else None),
        "look": look_of(unit, act, form.cleaned_data, request.today) if looks and form else None,
        "passing": list(counted(unit, None, request.today)) if act == "merge" else [],
    }
    return render(request, "progress/unit_list/unit.html", context, status=status)


def _form(name: str, unit: Unit, request: Request, data: Any = None) -> forms.Form:
    """Each with ids of its own: they stand on one page."""
    more: dict[str, Any] = (
        {"unit": unit, "today": request.today} if name in ("merge", "split", "edit") else {}
    )
    if name == "split":
        more["with_items"] = not request.actor.is_admin
    return FORMS[name](data, auto_id=f"{name}_%s", **more)


def _done(request: Request, act: str, form: forms.Form, unit: Unit) -> bool:
    """Carry it out; what stands against it is said at the form."""
    if not form.is_valid():
        return False
    verb, key = VERBS[act]
    try:
        verb(**{key: unit}, actor=request.actor, now=request.now, **form.cleaned_data)
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, SAID[act])
    return True


FORMS: dict[str, type[forms.Form]] = {
    "rename": RenameForm,
    "alias": AliasForm,
    "merge": MergeForm,
    "split": SplitForm,
    "retire": RetireForm,
    "edit": EditForm,
}
VERBS: dict[str, tuple[Callable[..., Any], str]] = {
    "rename": (rename, "unit"),
    "alias": (acts.add_alias, "unit"),
    "merge": (partial(register, kind=UnitChangeKind.MERGER), "leaving"),
    "split": (partial(register, kind=UnitChangeKind.SPLIT), "leaving"),
    "retire": (acts.retire, "unit"),
    "edit": (acts.edit, "unit"),
}
BACK: dict[str, tuple[Callable[..., Any], str, str]] = {
    "keep_name": (keep_name, "unit", "已撤回更名。"),
    "withdraw": (withdraw, "leaving", "已撤回。"),
    "restore": (acts.restore, "unit", "已恢复使用；人员任职和责任请另行登记。"),
}
SAID = {
    "rename": "已登记更名；新旧名称都能找到该单位。",
    "alias": "已新增别名。",
    "merge": "已登记合并；到起始日生效，已报送的内容仍在原单位名下。",
    "split": "已登记拆分；到起始日生效，已报送的内容仍在原单位名下。",
    "edit": "已保存。",
    "retire": "已停用；已报送的内容和历史不变。",
}
