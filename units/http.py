"""What a view receives: the request as `units.people.middleware` has dressed it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict

from units.actors import Actor
from units.models import Appointment, User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """For annotations. A private view always has an actor: else the middleware answered."""

    user: User
    actor: Actor
    now: datetime
    today: date
    appointments: list[Appointment]
    must_change: bool  # the password
    is_held: bool  # must change the password or set up a factor first: no page but those, no menu
    plan: Any  # the plan of the address (tasks stand above this app); absent where there is none
    start_plan: Any  # where addresses begin that name none
    active_plans: Any  # all that are worked on, and the names of all that may be seen
    plan_names: Any
    waiting: dict[
        str, int
    ]  # view → what the page knows to wait there, so that the menu need not ask
    is_partial: bool  # some part of the page could not be read: it is not kept
    if TYPE_CHECKING:
        htmx: HtmxDetails


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form sent, also where it sent nothing at all; None where the page is only opened. A
    form that gets it says what is missing, instead of coming back without a word.
    """
    return request.POST if request.method == "POST" else None
