"""Who may open what: one table of address × role, and a proof that it covers every address.

In the table a row is the answer to GET for each role in the order of `ROLES`. 404: not theirs to
know of; 403: theirs to see, not to do; 405: asks for POST; L: to the login page; R: elsewhere.
"""

from __future__ import annotations

import pytest
from django.test import Client

from progress.tests.cast import Cast, make_plan
from tests.addresses import SmallYear, address, make_small_year, names

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous reporter signer supporter stranger office leader observer admin auditor".split()
)
TABLE: dict[str, str] = {}


@pytest.fixture
def year(cast: Cast) -> SmallYear:
    return make_small_year(cast, make_plan())


def answer(year: SmallYear, role: str, name: str) -> str:
    client = Client()
    actor = year.actors[role]
    if actor is not None:
        client.force_login(actor.user)
    response = client.get(address(name, year))
    if response.status_code != 302:
        return str(response.status_code)
    return "L" if "/login/" in response["Location"] else "R"


def test_the_table_covers_every_named_address() -> None:
    assert sorted(TABLE) == names()


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_role_gets_the_answer_of_the_table(
    name: str, year: SmallYear, settings: pytest.FixtureRequest
) -> None:
    got = " ".join(answer(year, role, name) for role in ROLES)
    assert got == " ".join(TABLE[name].split()), name
