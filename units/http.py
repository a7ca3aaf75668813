"""What a view receives: the request as `units.people.middleware` has dressed it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

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
    plan: Any  # the plan of the address (tasks stand above this app); absent where there is none
    waiting: dict[
        str, int
    ]  # view → what the page knows to wait there, so that the menu need not ask
    if TYPE_CHECKING:
        htmx: HtmxDetails
