"""What was posted when the session had ended: kept for whoever typed it until after the login.

It travels in the login page itself, signed, never through the database or the browser's storage.
Only forms that say as whom they act (`units.people.acting`) are kept, and only that person gets
them back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from units.http import Request
from units.people.acting import FIELD
from units.people.forms import LoginForm

SALT = "units.kept"
NAME = "kept"
MAX_AGE = timedelta(hours=12)
LEFT_OUT = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True)
class Kept:
    """One form: where it was sent, and its fields."""

    path: str
    fields: QueryDict

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
        typed = [v for n, v in self.pairs if v.strip() and n not in (FIELD, "base", "seen")]
        return len(typed)


def keep(request: HttpRequest) -> str:
    """The posted form as a signed text; empty when it is none that can be kept."""
    if request.method != "POST" or not request.POST.get(FIELD) or request.FILES:
        return ""
    fields = request.POST.copy()
    for name in LEFT_OUT:
        fields.pop(name, None)
    value = {"path": request.path, "fields": fields.urlencode()}
    return signing.dumps(value, salt=SALT, compress=True)


def opened(kept: str) -> Kept | None:
    """What `keep` made; None for nonsense and for what is too old."""
    try:
        value = signing.loads(kept, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return Kept(value["path"], QueryDict(value["fields"]))


def ask_again(request: Request, kept: str, page: str) -> HttpResponse:
    """The login page in place of what was posted without a session; the form travels in it."""
    context = {"form": LoginForm(request), "next": page, NAME: kept}
    return render(request, "units/people/login.html", context, status=401)
