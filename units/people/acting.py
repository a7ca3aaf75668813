"""当前身份 of a page: a form with `acting_as` acts in the appointment its page was opened in.

One person may have two windows open in two appointments, and one browser may see two people. What
was typed in one capacity is never saved in another.
"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from units import log
from units.actors import SESSION_KEY, Actor
from units.errors import Refused
from units.http import Request
from units.models import Appointment

FIELD = "acting_as"
IN_PLACE = "X-In-Place"  # header of what a script sends while the page stays
ANOTHERS = (
    "本页是以另一身份打开的，该身份不属于当前登录的账号或已终止，没有保存。"
    "请用打开本页时的账号登录后重新提交。"
)


def is_in_place(request: HttpRequest) -> bool:
    """Whether a script of an open page asks, which stays where it is."""
    return IN_PLACE in request.headers


def follow_the_page(request: Request) -> None:
    """Act as the posted form says. Raises `Refused` when that is not this person's to be.

    A script acts so for one request; a form that was sent switches the session too, and says so.
    """
    named = request.POST.get(FIELD, "")
    if request.method != "POST" or not named or named == str(request.actor.appointment.pk):
        return
    own = {str(each.pk): each for each in request.appointments}
    if named not in own:
        raise Refused(ANOTHERS)
    if not is_in_place(request):
        switch_to(request, own[named])
        messages.info(request, f"当前身份：{own[named].label}。")
    request.actor = Actor(request.user, own[named])


def switch_to(request: Request, appointment: Appointment) -> None:
    """当前身份: act under `appointment` from now on, and log it."""
    request.session[SESSION_KEY] = appointment.pk
    with transaction.atomic():
        log.record(
            actor=request.actor,
            action="switch",
            summary=f"切换身份：{request.actor.label} → {appointment.label}",
            now=request.now,
        )
