"""One table of address × role (`tests.access_table`), and a proof that it covers every address.

Nothing that a view answers to anybody stays in a browser.
"""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.access_table import DOING, READING, ROLES
from tests.addresses import SmallYear, address, names

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def doors(module_year: SmallYear, django_db_blocker: Any) -> dict[str, Client]:
    """Each role, logged in once."""
    clients = {role: Client() for role in ROLES}
    with django_db_blocker.unblock():
        for role, actor in module_year.actors.items():
            if actor is not None:
                clients[role].force_login(actor.user)
    return clients


def answer(client: Client, to: str, method: str) -> str:
    """The answer to one request; what it did is undone."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(to)
        transaction.set_rollback(True)
    client.cookies = cookies
    assert response["Cache-Control"] == "private, no-store", to
    if response.status_code != 302:
        return str(response.status_code)
    return "L" if "/login/" in response["Location"] else "R"


def answers(doors: dict[str, Client], year: SmallYear, name: str, method: str) -> str:
    to = address(name, year)
    return " ".join(answer(doors[role], to, method) for role in ROLES)


def test_the_table_covers_every_named_address() -> None:
    assert sorted(READING) == names()


def test_everything_that_refuses_get_is_in_the_table_of_doing() -> None:
    takes_post = {name for name, row in READING.items() if "405" in row}
    assert takes_post <= set(DOING)


@pytest.mark.parametrize("name", sorted(READING))
def test_each_role_may_read_what_the_table_says(
    name: str, year: SmallYear, doors: dict[str, Client]
) -> None:
    assert answers(doors, year, name, "get") == READING[name]


@pytest.mark.parametrize("name", sorted(DOING))
def test_each_role_may_do_what_the_table_says(
    name: str, year: SmallYear, doors: dict[str, Client]
) -> None:
    assert answers(doors, year, name, "post") == DOING[name]


@pytest.mark.parametrize("name", sorted(set(READING) - set(DOING)))
def test_pages_that_only_show_take_no_post(
    name: str, year: SmallYear, doors: dict[str, Client]
) -> None:
    got = set(answers(doors, year, name, "post").split())
    if name.startswith("reports:api_") and name != "reports:api_docs":  # says who it is for first
        assert got <= {"401", "403", "405"}, got
        return
    assert got <= {"L", "405", "200", "R"}, got
    if name not in {"healthz", "metrics", "readyz", "units:login"}:
        assert got == {"L", "405"}
