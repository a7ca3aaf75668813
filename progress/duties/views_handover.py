"""联络员交接, for the administrator and the office."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from huangshi_tasks.lib.fold import pattern
from progress.duties.handover import can_hand_over, can_hand_over_this, hand_over, open_work_of
from units.errors import NotNow
from units.face.fields import day_field, line_field
from units.http import Request
from units.models import Appointment, Role, User
from units.models.people import UNIT_ROLES
from units.permissions import require

UNKNOWN = "没有这个账号，请先由系统管理员新增账号。"
LONGEST = 150


class HandoverForm(forms.Form):
    """Who takes over, and the last day of who leaves."""

    successor = line_field("接任人账号（用户名）", LONGEST, "请填写接任人的账号。")
    last_day = day_field("原任职最后一天")

    def clean_successor(self) -> User:
        user = User.objects.called(self.cleaned_data["successor"])
        if user is None:
            raise forms.ValidationError(UNKNOWN)
        return user


@require_safe
def handovers(request: Request) -> HttpResponse:
    """Who is liaison or head of which unit today; `?q=` finds a unit or a person."""
    require(can_hand_over(request.actor))
    roles = [Role.REPORTER] if request.actor.is_office else UNIT_ROLES
    held = Appointment.objects.on(request.today).filter(role__in=roles)
    wanted = request.GET.get("q", "").strip()[:40]
    if wanted:
        looks = pattern(wanted)
        held = held.filter(Q(unit__name__iregex=looks) | Q(user__display_name__iregex=looks))
    rows = held.select_related("user", "unit").order_by("unit__ordinal", "unit_id", "role", "pk")
    return render(request, "progress/duties/handovers.html", {"rows": rows, "wanted": wanted})


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: Request, pk: int) -> HttpResponse:
    """What the unit has begun, and the step by which a successor takes over."""
    require(can_hand_over(request.actor))
    held: Appointment = get_object_or_404(
        Appointment.objects.filter(role__in=UNIT_ROLES).select_related("user", "unit"), pk=pk
    )
    require(can_hand_over_this(request.actor, held))
    form = HandoverForm(initial={"last_day": request.today})
    if request.method == "POST":
        form = HandoverForm(request.POST)
        if form.is_valid():
            try:
                taken = hand_over(
                    held=held, actor=request.actor, now=request.now, **form.cleaned_data
                )
            except NotNow as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, f"{held}已由{held.user}交{taken.user}，并已通知接任人。")
                return redirect("progress:handovers")
    context = {"held": held, "form": form, "work": open_work_of(held)}
    return render(
        request, "progress/duties/handover.html", context, status=409 if form.errors else 200
    )
