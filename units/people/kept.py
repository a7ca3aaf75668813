"""What was posted and not carried out, kept for whoever typed it: the session had ended, the page
was too old, or the form had been carried out before with other words in it.

It travels in the page that answers, never through the database or the browser's storage, and is
sent again by a click. Every form says as whom it acts (`units.people.acting`); only that person
gets it back. Passwords are never kept, and of files only that they have to be chosen again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from units.http import Request
from units.models import Appointment
from units.once import claims
from units.people.acting import FIELD
from units.people.forms import LoginForm

SALT = "units.kept"
NAME = "kept"
MAX_AGE = timedelta(hours=12)
LEFT_OUT = frozenset({"csrfmiddlewaretoken"})
NOT_TYPED = frozenset({FIELD, claims.FIELD, "base", "seen"})
ONE_CLICK = ("units:logout", "units:switch", "units:login")  # nothing was typed there
UNKEPT = "units:factors"  # codes and seeds are typed under this address


@dataclass(frozen=True)
class Kept:
    """One form: where it was sent, its fields, and the names of those where files were chosen."""

    path: str
    fields: QueryDict
    files: tuple[str, ...] = ()

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Name and value of each hidden field."""
        for name, values in self.fields.lists():
            yield from ((name, str(value)) for value in values)

    @property
    def acting_as(self) -> str:
        return str(self.fields.get(FIELD, ""))

    @property
    def texts(self) -> int:
        """How many fields were filled in, for the sentence on the page."""
        return sum(bool(value.strip()) for name, value in self.pairs if name not in NOT_TYPED)

    def with_new_key(self) -> Kept:
        """The same to be carried out as another one."""
        fields = self.fields.copy()
        fields[claims.FIELD] = claims.new_key()
        return replace(self, fields=fields)


def posted(request: HttpRequest) -> Kept | None:
    """The posted form, when it is one that can be given back."""
    if request.method != "POST" or not request.POST.get(FIELD):
        return None
    if request.path in {reverse(name) for name in ONE_CLICK}:
        return None
    if request.path.startswith(reverse(UNKEPT)):
        return None
    fields = request.POST.copy()
    if any("password" in name for name in fields):
        return None
    for name in LEFT_OUT:
        fields.pop(name, None)
    return Kept(request.get_full_path(), fields, tuple(sorted(request.FILES)))


def keep(request: HttpRequest) -> str:
    """The posted form as a signed text; empty when it is none that can be kept."""
    kept = posted(request)
    if kept is None:
        return ""
    value = {"path": kept.path, "fields": kept.fields.urlencode(), "files": list(kept.files)}
    return signing.dumps(value, salt=SALT, compress=True)


def opened(kept: str) -> Kept | None:
    """What `keep` made; None for nonsense and for what is too old."""
    try:
        value = signing.loads(kept, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return Kept(value["path"], QueryDict(value["fields"]), tuple(value.get("files", ())))


def ask_again(request: Request, kept: str, page: str) -> HttpResponse:
    """The login page in place of what was posted without a session; the form travels in it."""
    context = {"form": LoginForm(request), "next": page, NAME: kept}
    return render(request, "units/people/login.html", context, status=401)


def give_back(
    request: Request,
    kept: Kept,
    appointment: Appointment,
    why: str,
    *,
    status: int,
    led_to: str = "",
) -> HttpResponse:
    """The form to be sent by a click. `why`: login, expired or twice, for the words of the page."""
    context = {"kept": kept, "appointment": appointment, "why": why, "led_to": led_to}
    return render(request, "units/people/kept.html", context, status=status)


def came_from(request: HttpRequest) -> str:
    """The page that a form was sent from, when it is ours; else the start page."""
    referer = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return str(referer)
    return "/"


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form, by what the browser says of it."""
    if origin := request.META.get("HTTP_ORIGIN", ""):
        return bool(origin == f"{request.scheme}://{request.get_host()}")
    return request.META.get("HTTP_REFERER", "") != "" and came_from(request) != "/"
