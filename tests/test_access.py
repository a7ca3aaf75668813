"""One table of address × role (`tests.access_table`), and a proof that it covers every address."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from tests.access_table import DOING, READING, ROLES
from tests.addresses import SmallYear, address, names

pytestmark = pytest.mark.django_db


def answer(year: SmallYear, role: str, name: str, method: str) -> str:
    """The answer to one request; what it did is undone."""
    client = Client()
    actor = year.actors[role]
    if actor is not None:
        client.force_login(actor.user)
    with transaction.atomic():
        response = getattr(client, method)(address(name, year))
        transaction.set_rollback(True)
    if response.status_code != 302:
        return str(response.status_code)
    return "L" if "/login/" in response["Location"] else "R"


def answers(year: SmallYear, name: str, method: str) -> str:
    return " ".join(answer(year, role, name, method) for role in ROLES)


def test_the_table_covers_every_named_address() -> None:
    assert sorted(READING) == names()


def test_everything_that_refuses_get_is_in_the_table_of_doing() -> None:
    takes_post = {name for name, row in READING.items() if "405" in row}
    assert takes_post <= set(DOING)


@pytest.mark.parametrize("name", sorted(READING))
def test_each_role_may_read_what_the_table_says(name: str, year: SmallYear) -> None:
    assert answers(year, name, "get") == READING[name]


@pytest.mark.parametrize("name", sorted(DOING))
def test_each_role_may_do_what_the_table_says(name: str, year: SmallYear) -> None:
    assert answers(year, name, "post") == DOING[name]


@pytest.mark.parametrize("name", sorted(set(READING) - set(DOING)))
def test_pages_that_only_show_take_no_post(name: str, year: SmallYear) -> None:
    got = set(answers(year, name, "post").split())
    assert got <= {"L", "405", "200", "R"}, got
    if name not in {"healthz", "readyz", "units:login"}:
        assert got == {"L", "405"}
