"""子项: the list behind a number, and the page of one thing on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.evidence.receiving import answer, checked_files, take
from progress.models import Evidence, EvidenceKind
from progress.periods.access import plan_or_404
from progress.sub_items.forms import RetireForm, SubItemForm
from progress.sub_items.list import list_for, own_share
from tasks.models import Indicator, SubItem, SubItemStage, Task
from tasks.sub_items import acts as sub_items
from tasks.sub_items.rules import can_edit, is_listable, keeps_all, units_of
from units.actors import Actor
from units.errors import NotNow
from units.http import Request
from units.models import Unit
from units.once.claims import once
from units.permissions import require


def _indicator_or_404(request: Request, slug: str, pk: int) -> Indicator:
    plan = plan_or_404(request, slug)
    visible = Task.objects.visible_to(request.actor).filter(plan=plan)
    found = Indicator.objects.filter(task__in=visible.values("pk"))
    return get_object_or_404(
        found.select_related("task__plan", "responsibility__unit").prefetch_related("targets"),
        pk=pk,
    )


def _sub_item_or_404(request: Request, slug: str, pk: int) -> SubItem:
    """A row that this person keeps; others read it in the list."""
    plan = plan_or_404(request, slug)
    visible = Task.objects.visible_to(request.actor).filter(plan=plan)
    found = SubItem.objects.filter(indicator__task__in=visible.values("pk"))
    related = found.select_related(
        "indicator__task__plan", "indicator__responsibility__unit", "unit"
    )
    sub_item = get_object_or_404(related, pk=pk)
    require(can_edit(request.actor, sub_item.indicator, sub_item.unit, request.today))
    return sub_item


def _units(actor: Actor, indicator: Indicator, request: Request) -> list[Unit]:
    """The units for which this person may add a row."""
    units = units_of(indicator, request.today)
    if keeps_all(actor, indicator, request.today):
        return units
    return [unit for unit in units if unit.pk == actor.unit_id]


def _page(request: Request, indicator: Indicator, form: SubItemForm | None) -> HttpResponse:
    found = list_for(request.actor, indicator, request.today)
    asked = {name: request.GET.get(name, "") for name in ("unit", "stage", "words")}
    was_refused = form is not None and form.is_bound
    may_add = was_refused or (found.may_add and is_listable(indicator))
    if form is None and may_add:
        units = _units(request.actor, indicator, request)
        form = SubItemForm(today=request.today, units=units)
    context = {
        "plan": indicator.plan,
        "task": indicator.task,
        "indicator": indicator,
        "target": indicator.target_on(request.today),
        "share": own_share(request.actor, indicator, request.today),
        "list": found,
        "rows": found.filtered(**asked),
        "asked": asked,
        "stages": SubItemStage.choices,
        "is_listable": is_listable(indicator),
        "form": form if may_add else None,
    }
    return render(
        request, "progress/sub_items/sub_items.html", context, status=409 if was_refused else 200
    )


@require_safe
def sub_items_of(request: Request, slug: str, pk: int) -> HttpResponse:
    """The list, with what it comes to; for its keepers a form to add a row."""
    return _page(request, _indicator_or_404(request, slug, pk), None)


@require_POST
def sub_item_add(request: Request, slug: str, pk: int) -> HttpResponse:
    """One more thing on the list."""
    indicator = _indicator_or_404(request, slug, pk)
    require(can_edit(request.actor, indicator, None, request.today))
    units = _units(request.actor, indicator, request)
    form = SubItemForm(request.POST, today=request.today, units=units)
    if form.is_valid():
        try:
            with once(request, "这个子项已新增过，没有重复登记。") as claim:
                added = sub_items.create(
                    indicator=indicator, actor=request.actor, now=request.now, **form.cleaned_data
                )
                claim.leads_to("progress:sub_items_of", slug, pk)
        except NotNow as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, f"已新增子项：{added}。")
            return redirect("progress:sub_items_of", slug, pk)
    return _page(request, indicator, form)


def _own_page(
    request: Request,
    sub_item: SubItem,
    form: SubItemForm | None = None,
    retiring: RetireForm | None = None,
) -> HttpResponse:
    names = ("name", "stage", "started_on", "finished_on", "invested", "note")
    initial = {name: getattr(sub_item, name) for name in names}
    photos = Evidence.objects.visible_to(request.actor).filter(
        sub_item=sub_item, withdrawn_at__isnull=True
    )
    context = {
        "plan": sub_item.indicator.plan,
        "task": sub_item.indicator.task,
        "indicator": sub_item.indicator,
        "sub_item": sub_item,
        "form": form or SubItemForm(today=request.today, initial=initial),
        "retiring": retiring or RetireForm(),
        "photos": photos.order_by("uploaded_at", "pk"),
    }
    was_refused = form is not None or retiring is not None
    return render(
        request, "progress/sub_items/sub_item.html", context, status=409 if was_refused else 200
    )


@require_safe
def sub_item(request: Request, slug: str, pk: int) -> HttpResponse:
    """One thing: change it, its photos, take it off the list."""
    return _own_page(request, _sub_item_or_404(request, slug, pk))


@require_POST
def sub_item_change(request: Request, slug: str, pk: int) -> HttpResponse:
    found = _sub_item_or_404(request, slug, pk)
    form = SubItemForm(request.POST, today=request.today)
    if form.is_valid():
        try:
            sub_items.change(
                sub_item=found, actor=request.actor, now=request.now, **form.cleaned_data
            )
        except NotNow as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, f"已保存：{form.cleaned_data['name']}。")
            return redirect("progress:sub_items_of", slug, found.indicator_id)
    return _own_page(request, found, form)


@require_POST
def sub_item_retire(request: Request, slug: str, pk: int) -> HttpResponse:
    found = _sub_item_or_404(request, slug, pk)
    form = RetireForm(request.POST)
    if not form.is_valid():
        return _own_page(request, found, retiring=form)
    sub_items.retire(
        sub_item=found, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now
    )
    messages.success(request, f"已停用：{found}，不再计数。")
    return redirect("progress:sub_items_of", slug, found.indicator_id)


@require_POST
def sub_item_photo(request: Request, slug: str, pk: int) -> HttpResponse:
    """Photos of the place; anything else goes with the report."""
    found = _sub_item_or_404(request, slug, pk)
    task = get_object_or_404(Task, indicators=found.indicator)
    checked, refused = checked_files(request)
    refused += [
        f"{each.name}：这里只收照片，其他材料请在填报页上传。"
        for each in checked
        if not each.kind.is_image
    ]
    taken = take(
        request,
        [each for each in checked if each.kind.is_image],
        refused,
        kind=EvidenceKind.PHOTO,
        among=Evidence.objects.filter(sub_item=found),
        subject=found,
        task=task,
        unit=found.unit,
        sub_item=found,
    )
    return answer(request, found.indicator.plan, taken, "progress:sub_item", slug, pk)
