"""Places other than the demonstration's, and all that is said in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.db import transaction
from django.test import Client

from huangshi_tasks.lib import clock
from tasks.reader.reference import unit_entries
from tests.access_table import READING, ROLES
from tests.addresses import SmallYear, make_small_year
from tests.cast import Cast, make_plan, make_unit
from units.models import City, Unit, User


def huangshi() -> list[str]:
    """What only the demonstration may say."""
    units = unit_entries()["units"]
    names = [each["name"] for each in units] + [name for each in units for name in each["aliases"]]
    return ["黄石", "黄政办", "驻黄", *names]


HUANGSHI = huangshi()


@dataclass(frozen=True)
class Place:
    year: SmallYear
    clients: dict[str, Client]


def make_place(names: dict[str, Any], units: dict[str, str]) -> Place:
    City.objects.create(id=1, **names)
    kinds = {"county": "county_government"}
    made: dict[str, Unit] = {
        key: make_unit(name, kinds.get(key, "municipal_department")) for key, name in units.items()
    }
    year = make_small_year(Cast(**made), make_plan())
    # a person is called as they are called; the cast's leader is one of a city
    leader = User.objects.get(pk=year.cast.leader.user.pk)
    leader.username, leader.display_name = "sl-ld", "领导（示例）"
    leader.save()
    clients = {role: Client() for role in ROLES}
    for role, actor in year.actors.items():
        if actor is not None:
            clients[role].force_login(actor.user)
    return Place(year, clients)


def of_a_module(blocker: Any, names: dict[str, Any], units: dict[str, str]) -> Iterator[Place]:
    clock.configure(date(2022, 8, 3))
    with blocker.unblock(), transaction.atomic():
        yield make_place(names, units)
        transaction.set_rollback(True)
    clock.configure(None)


def texts(response: Any) -> Iterator[str]:
    """What an answer says: its page, or every part of its file; and how the file is called."""
    yield unescape(str(response.headers.get("Content-Disposition", "")))
    content = b"".join(response.streaming_content) if response.streaming else response.content
    yield from texts_of_bytes(content)


def texts_of_bytes(content: bytes) -> Iterator[str]:
    """A page, or every part of a file."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield unescape(packed.read(name).decode("utf-8", "replace"))
    else:
        yield unescape(content.decode("utf-8", "replace"))


def said(place: Place, role: str, to: str) -> str:
    """All that is said there; what the visit did is undone."""
    with transaction.atomic():
        response = place.clients[role].get(to, follow=True)
        found = "\n".join(texts(response))
        transaction.set_rollback(True)
    assert response.status_code in (200, 403, 404, 409), (role, to, response.status_code)
    return found


def of_huangshi(text: str) -> list[str]:
    return [name for name in HUANGSHI if name in text]


def opened(name: str) -> list[str]:
    """The roles that may open an address."""
    row = READING[name].split()
    return [role for role, answer in zip(ROLES, row, strict=True) if answer in ("200", "R")]


READ = sorted(name for name in READING if opened(name) and name not in ("healthz", "readyz"))
