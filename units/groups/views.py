"""集合称谓: the list, and one of them with its names and members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from units.city.words import kind_word
from units.errors import NotNow
from units.groups import acts
from units.groups.forms import AliasForm, GroupForm, JoinForm, LeaveForm
from units.http import Request, posted
from units.models import UnitGroup, UnitGroupMember
from units.once.claims import once
from units.people.saved import NotSaved
from units.permissions import can_administer, require

MARKED = "请修改标出的内容；已填写的都保留在本页。"
TWICE = "已登记过，没有重复登记。"


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: Request) -> HttpResponse:
    """The list, and a form for one that is missing."""
    require(can_administer(request.actor))
    form = GroupForm(posted(request), initial={"ordinal": UnitGroup.objects.count() + 1})
    if request.method == "POST" and form.is_valid():
        with once(request, TWICE) as claim:
            made = acts.put(group=None, actor=request.actor, now=request.now, **form.cleaned_data)
            claim.leads_to("units:group", made.pk)
        messages.success(request, f"已新增：{made}。")
        return redirect("units:group", made.pk)
    held = UnitGroupMember.objects.on(request.today).values("pk")
    counted = Count("memberships", filter=Q(memberships__in=held))
    rows = UnitGroup.objects.annotate(members=counted).prefetch_related("aliases")
    context = {
        "rows": [(each, kind_word(each.member_kind) if each.member_kind else "") for each in rows],
        "form": form,
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "units/groups/groups.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: Request, pk: int) -> HttpResponse:
    """One designation."""
    require(can_administer(request.actor))
    found = get_object_or_404(UnitGroup, pk=pk)
    if request.method != "POST":
        return _page(request, found)
    act = request.POST.get("act", "")
    if act == "drop_alias":
        name = request.POST.get("name", "")[:60]
        acts.drop_alias(group=found, name=name, actor=request.actor, now=request.now)
        messages.success(request, "已删除别名。")
        return redirect("units:group", pk)
    if act not in VERBS:
        return _page(request, found, status=409)
    form = _form(request, found, act, request.POST)
    if form.is_valid() and _done(request, found, act, form):
        return redirect("units:group", pk)
    messages.error(request, MARKED)
    return _page(request, get_object_or_404(UnitGroup, pk=pk), {act: form}, status=409)


def _done(request: Request, group: UnitGroup, act: str, form: forms.BaseForm) -> bool:
    """Carry it out; what stands against it is said at the form."""
    verb, told = VERBS[act]
    group = UnitGroup.objects.get(pk=group.pk)  # a form of a model has written into the other
    subject: dict[str, Any] = {"group": group}
    if act == "leave":
        subject = {"held": _held(request, group)}
    try:
        with once(request, TWICE) as claim:
            verb(actor=request.actor, now=request.now, **subject, **form.cleaned_data)
            claim.leads_to("units:group", group.pk)
    except NotSaved as refusal:
        refusal.say_in(form)
        return False
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, told)
    return True


def _held(request: Request, group: UnitGroup) -> UnitGroupMember:
    given = request.POST.get("held", "")
    pk = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    found: UnitGroupMember = get_object_or_404(UnitGroupMember, pk=pk, group=group)
    return found


def _form(request: Request, group: UnitGroup, act: str, data: Any = None) -> Any:
    """Each with ids of its own: they stand on one page."""
    if act == "put":
        return GroupForm(data, instance=group, auto_id="put_%s")
    if act == "join":
        return JoinForm(data, today=request.today, auto_id="join_%s")
    if act == "leave":
        return LeaveForm(data, initial={"ends_on": request.today}, auto_id="leave_%s")
    return AliasForm(data, auto_id="alias_%s")


def _page(
    request: Request, group: UnitGroup, typed: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """`?leave=` opens the form for the end of one membership."""
    given = typed or {}
    members = group.memberships.select_related("unit").order_by("unit__ordinal", "starts_on")
    rows = [(each, each.is_not_over(request.today)) for each in members]
    asked = request.POST.get("held", "") or request.GET.get("leave", "")
    is_back = "leave" in given  # what stands against it is said in its form
    leaving = next(
        (each for each, is_open in rows if (is_open or is_back) and str(each.pk) == asked), None
    )
    context = {
        "group": group,
        "rows": rows,
        "leaving": leaving,
        "put": given.get("put") or _form(request, group, "put"),
        "alias": given.get("alias") or _form(request, group, "alias"),
        "join": given.get("join") or _form(request, group, "join"),
        "leave": given.get("leave") or _form(request, group, "leave"),
    }
    return render(request, "units/groups/group.html", context, status=status)


VERBS: dict[str, tuple[Any, str]] = {
    "put": (acts.put, "已保存；原名称仍能找到它。"),
    "alias": (acts.add_alias, "已新增别名。"),
    "join": (acts.join, "已新增成员。"),
    "leave": (acts.leave, "已登记成员的最后一天。"),
}
