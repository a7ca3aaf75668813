"""The steps of 首次启用, each a page that keeps what is typed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from units.city.acts import name_the_place, row
from units.city.forms import CityForm
from units.city.words import kind_choices
from units.first_run import entering, pasted
from units.first_run.entering import Group, Person, the_run
from units.first_run.forms import (
    MOST_PEOPLE,
    StartForm,
    first_of_year,
    group_of,
    typed_groups,
    typed_people,
    typed_units,
)
from units.first_run.pasted import Row
from units.first_run.steps import GROUPS, NOTICE, PEOPLE, PLACE, UNITS, next_of, steps
from units.first_run.views import finished
from units.http import Request, posted
from units.models import FirstRun, GroupMode, Unit
from units.permissions import can_administer, require

SAVED = "已保存，可以离开，下次从这里继续。"
SEE_ROWS = "有不能录入的行，请修改标出的内容；已填写的都保留在本页。"


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, step: str) -> HttpResponse:
    """One of the pages."""
    require(can_administer(request.actor))
    if step not in PAGES:
        raise Http404
    run = the_run()
    if run is None:
        return finished(request)
    return PAGES[step](request, run)


def _show(
    request: Request, here: str, context: dict[str, Any], *, refused: bool = False
) -> HttpResponse:
    if refused:
        messages.error(request, SEE_ROWS)
    shown = {"steps": steps(here), "here": here} | context
    return render(request, f"units/first_run/{here}.html", shown, status=409 if refused else 200)


def _place(request: Request, run: FirstRun) -> HttpResponse:
    form = CityForm(posted(request), row=row())
    is_sent = request.method == "POST"
    if is_sent and form.is_valid():
        name_the_place(actor=request.actor, now=request.now, **form.cleaned_data)
        return redirect(next_of(PLACE))
    return _show(request, PLACE, {"form": form}, refused=is_sent)


def _units(request: Request, run: FirstRun) -> HttpResponse:
    rows = [pasted.row_of(kept) for kept in run.units]
    do, refusal = request.POST.get("do", ""), ""
    if do == "read":
        run.pasted = request.POST.get("text", "")
        rows = pasted.read(run.pasted, kinds=dict(kind_choices()), known=entering.known_names())
        refusal = pasted.objection(rows)
        rows = [] if refusal else _with_rank_groups(rows)
    elif request.method == "POST":
        run.pasted = request.POST.get("text", run.pasted)
        rows = pasted.without_doubles(typed_units(request.POST, rows), entering.known_names())
    problems: entering.Problems = {}
    if do == "enter":
        problems = entering.enter_units(rows, actor=request.actor, now=request.now)
        if not problems:
            run.pasted, rows = "", []
    if request.method == "POST":
        run.units = [each.kept() for each in rows]
        run.save(update_fields=["pasted", "units"])
    if do == "enter" and not problems:
        messages.success(request, f"已录入，现有{Unit.objects.count()}个单位。")
        return redirect(next_of(UNITS))
    if do == "save":
        messages.success(request, SAVED)
    rows = entering.with_problems(rows, problems)
    context = {
        "run": run,
        "rows": rows,
        "kinds": kind_choices(),
        "refusal": refusal,
        "new": sum(not each.same for each in rows),
        "count": Unit.objects.count(),
    }
    return _show(request, UNITS, context, refused=bool(problems) or bool(refusal))


def _with_rank_groups(rows: list[Row]) -> list[Row]:
    return [replace(each, rank_group=entering.proposed_group(each.kind)) for each in rows]


def _groups(request: Request, run: FirstRun) -> HttpResponse:
    proposed = entering.proposed_groups()
    kept = [group_of(each) for each in run.groups]
    groups = kept if kept and _like(kept, proposed) else proposed
    do, problems = request.POST.get("do", ""), {}
    form = StartForm(
        request.POST if do == "enter" else None,
        initial={"starts_on": first_of_year(request.today)},
    )
    if request.method == "POST":
        groups = typed_groups(request.POST, proposed)
        run.groups = [asdict(each) for each in groups]
        run.save(update_fields=["groups"])
    if do == "save":
        messages.success(request, SAVED)
    is_refused = do == "enter" and not form.is_valid()
    if do == "enter" and not is_refused:
        problems = entering.enter_groups(
            groups,
            starts_on=form.cleaned_data["starts_on"],
            actor=request.actor,
            now=request.now,
        )
        if not problems:
            return redirect(next_of(GROUPS))
    names = dict(Unit.objects.values_list("pk", "name"))
    faces = [
        (
            each,
            GroupMode(each.mode).label,
            [(pk, names.get(pk, ""), pk in each.members) for pk in was.members],
            problems.get(place, {}),
        )
        for place, (each, was) in enumerate(zip(groups, proposed, strict=True))
    ]
    return _show(
        request, GROUPS, {"faces": faces, "form": form}, refused=is_refused or bool(problems)
    )


def _like(kept: list[Group], proposed: list[Group]) -> bool:
    """Whether what was typed is still of what is proposed now."""
    return [(each.mode, each.member_kind) for each in kept] == [
        (each.mode, each.member_kind) for each in proposed
    ] and all(set(own.members) <= set(now.members) for own, now in zip(kept, proposed, strict=True))


def _people(request: Request, run: FirstRun) -> HttpResponse:
    rows = [Person(**kept) for kept in run.people] or entering.first_people()
    do = request.POST.get("do", "")
    problems: entering.Problems = {}
    if request.method == "POST":
        rows = typed_people(request.POST, rows)
        if do == "more" and len(rows) < MOST_PEOPLE:
            rows.insert(-1, entering.first_people()[2])
        run.people = [asdict(each) for each in rows]
        run.save(update_fields=["people"])
    if do == "save":
        messages.success(request, SAVED)
    if do == "enter":
        problems, passwords = entering.enter_people(rows, actor=request.actor, now=request.now)
        if not problems:
            run.people = []
            run.save(update_fields=["people"])
            # the page itself carries the passwords, once: a message would keep them
            return _show(request, PEOPLE, {"passwords": passwords, "next": next_of(PEOPLE)})
    context = {
        "rows": [(each, problems.get(place, {})) for place, each in enumerate(rows)],
        "is_done": entering.has_people(),
        "next": next_of(PEOPLE),
        "missing": [each.word for each in rows if each.must and not each.name],
    }
    return _show(request, PEOPLE, context, refused=bool(problems))


def _notice(request: Request, run: FirstRun) -> HttpResponse:
    if request.method == "POST":
        entering.finish(actor=request.actor, now=request.now)
        messages.success(request, "首次启用已完成。")
        return redirect("/")
    listed = steps(NOTICE)
    context = {"left": [each for each in listed if not each.is_done and each.key != NOTICE]}
    return _show(request, NOTICE, context)


PAGES: dict[str, Callable[[Request, FirstRun], HttpResponse]] = {
    PLACE: _place,
    UNITS: _units,
    GROUPS: _groups,
    PEOPLE: _people,
    NOTICE: _notice,
}
