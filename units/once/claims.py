"""A one-time key in every form that creates something.

`{% once %}` puts the key into the form; it stays the same when the form comes back with errors.
The view creates inside `with once(request, …) as claim`: one transaction holds what was created
and the key, and a second request with that key waits for the first and then creates nothing.

A form without a key (a script, a page opened before an upgrade) is carried out as it comes. Acts
that move a state have no key: their transition is not there the second time. What is set to a
value is set to the same value again.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.crypto import salted_hmac

from units.http import Request
from units.models import FormKey

FIELD = "once"
KEPT = timedelta(days=7)
NOT_TYPED = frozenset({FIELD, "csrfmiddlewaretoken"})
_KEY = re.compile(r"[A-Za-z0-9_-]{16,43}")


class DoneBefore(Exception):  # noqa: N818  # an answer, not a fault
    """This form has been carried out; `units.people.middleware` leads to what it created."""

    def __init__(self, before: FormKey, *, is_same: bool) -> None:
        super().__init__(before.told)
        self.led_to = before.led_to or "/"
        self.is_same = is_same  # whether what was typed is what was carried out


@dataclass
class Claim:
    """Where somebody is led who sends the form again."""

    led_to: str = ""

    def leads_to(self, to: Any, *args: object) -> None:
        """An address, the name of one with its arguments, or what has an address."""
        self.led_to = resolve_url(to, *args)


def key_for(request: HttpRequest) -> str:
    """The key for the forms of the page being made: that of the form that comes back, or a new one.

    One for all forms of a page will do, since a key counts for the address it is sent to.
    """
    held: str | None = getattr(request, "_form_key", None)
    if held is None:
        held = key_of(request) or new_key()
        request._form_key = held  # type: ignore[attr-defined]
    return held


def new_key() -> str:
    return secrets.token_urlsafe(24)


def key_of(request: HttpRequest) -> str:
    """The key that was sent; empty when there is none, or none of ours."""
    sent = request.POST.get(FIELD, "")
    return sent if _KEY.fullmatch(sent) else ""


@contextmanager
def once(request: Request, told: str) -> Iterator[Claim]:
    """The transaction in which a form creates something. `told`: the whole sentence for whoever
    sends it again, who is led where `Claim.leads_to` says. Raises `DoneBefore`.
    """
    key, claim = key_of(request), Claim()
    with transaction.atomic():
        row = _claimed(request, key, told) if key else None
        yield claim
        if row is not None:
            row.led_to = claim.led_to
            row.save(update_fields=["led_to"])


def _claimed(request: Request, key: str, told: str) -> FormKey:
    """The unique constraint decides: PostgreSQL lets the second wait until the first has ended."""
    row, is_first = FormKey.objects.get_or_create(
        user=request.user,
        address=request.path,
        key=key,
        defaults={"fingerprint": fingerprint(request), "told": told, "used_at": request.now},
    )
    if not is_first:
        raise DoneBefore(row, is_same=row.fingerprint == fingerprint(request))
    return row


def refuse_second(request: Request) -> None:
    """Before anything is looked at: what is created may be why the same form no longer fits."""
    if request.method != "POST" or not (key := key_of(request)):
        return
    used = FormKey.objects.filter(user=request.user, address=request.path, key=key).first()
    if used is not None:
        raise DoneBefore(used, is_same=used.fingerprint == fingerprint(request))


def fingerprint(request: HttpRequest) -> str:
    """Of what was typed and which files were chosen; keyed, for a first password is typed too."""
    typed = [
        f"{name}={value}"
        for name, values in sorted(request.POST.lists())
        if name not in NOT_TYPED
        for value in values
    ]
    files = [
        f"{name}={file.name}:{file.size}"
        for name, chosen in sorted(request.FILES.lists())
        for file in chosen
    ]
    return salted_hmac("units.once", "\n".join(typed + files), algorithm="sha256").hexdigest()


def forget_old(now: datetime) -> int:
    """Delete the keys of forms that nobody has open any more; returns how many."""
    count, _ = FormKey.objects.filter(used_at__lt=now - KEPT).delete()
    return count
