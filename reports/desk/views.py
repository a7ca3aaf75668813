"""我的工作台, the start page of liaisons and heads of units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404, plans_with
from progress.todo.list import TodoList, todo_list
from reports.desk.faces import Faces
from reports.desk.page import desk_of, filing_heading
from reports.desk.todo_faces import TodoFaces
from tasks.models import Plan
from tasks.plan_names import chips_of
from units.http import Request
from units.models import Appointment, Role
from units.models.people import UNIT_ROLES
from units.permissions import ALLOWED, denied, require


def lists_elsewhere(
    request: Request, plans: Sequence[Plan]
) -> Iterator[tuple[Appointment, TodoList]]:
    """What waits for this person in another post; asked only of who has several."""
    own = request.actor.appointment.pk
    for each in request.appointments:
        if each.pk != own and each.unit_id is not None and each.role in UNIT_ROLES:
            is_signer = each.role == Role.SIGNER
            yield each, todo_list(plans, each.unit_id, request.today, is_signer=is_signer)


@require_safe
def desk(request: Request, slug: str) -> HttpResponse:
    """What is owed by urgency in every plan that is worked on; `?kind=` shows one kind of it,
    `?plan=` one plan. The rest is of the plan of the address.
    """
    plan = plan_or_404(request, slug)
    of_a_unit = request.actor.is_of_a_unit
    require(ALLOWED if of_a_unit else denied("我的工作台供各单位联络员和负责人使用。"))
    plans = plans_with(request, plan)
    page, items = desk_of(plans, request.actor, request.today), Faces(plan, request.actor)
    faces = TodoFaces(page, request.actor, request.today)
    kind, year = request.GET.get("kind", ""), request.GET.get("plan", "")
    wanted = {each.pk for each in plans if year in ("", each.slug)}
    shown = [row for row in page.list.rows if row.plan_id in wanted and kind in ("", row.kind)]
    context = {
        "plan": plan,
        "others": [
            (each.pk, each.label, found)
            for each, found in lists_elsewhere(request, plans)
            if found.rows
        ],
        "desk": page,
        "kind": kind,
        "year": year,
        "chips": chips_of(plans),
        "groups": faces.groups(shown),
        "sent": faces.sent(),
        "own": items.own(page),
        "supports": items.supports(page.supports),
        "filing_heading": filing_heading([own.row for own in page.own]),
    }
    if request.actor.is_signer:
        request.waiting = {"progress:signing": page.signing}
    return render(request, "reports/desk/desk.html", context)
