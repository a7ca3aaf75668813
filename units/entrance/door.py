"""Who may try a password now. Counted by account and address, so that a stranger keeps nobody out
elsewhere; at a computer that the person has used, for that computer alone; and for each address.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from units.guard import devices, tries
from units.http import Request
from units.log.origin import address_of
from units.models import TryKind, User
from units.people.accounts import tried_name


class Try(NamedTuple):
    """One try at the password of `name`, that of `known` if there is such an account."""

    typed: str
    name: str
    known: User | None
    address: str
    device: str
    wait: timedelta

    @property
    def is_allowed(self) -> bool:
        return not self.wait


def take(request: Request) -> Try:
    """Count the posted try before it is judged."""
    typed = str(request.POST.get("username", ""))[:150]
    known = User.objects.called(typed) if typed else None
    name, address = tried_name(typed, known), address_of(request)
    device = devices.known_as(request, known)
    if device:
        wait = tries.take(TryKind.DEVICE, name, device).wait
        return Try(typed[:60], name, known, address, device, wait)
    wait = tries.take(TryKind.PAIR, name, address).wait
    if not wait:
        wait = tries.take(TryKind.ADDRESS, "", address).wait
        if wait:  # this one was not judged
            tries.give_back(TryKind.PAIR, name, address)
    return Try(typed[:60], name, known, address, device, wait)


def opened(one: Try) -> None:
    """The password was right. Of the address this try alone is forgotten: who knows one password
    does not go on guessing others for ever.
    """
    if one.device:
        tries.succeed(TryKind.DEVICE, one.name, one.device)
        return
    tries.succeed(TryKind.PAIR, one.name, one.address)
    tries.give_back(TryKind.ADDRESS, "", one.address)
