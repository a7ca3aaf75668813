"""Nothing that a view answers stays in a browser: every address, read and sent to."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.access_table import DOING, READING, ROLES
from tests.addresses import SmallYear, address
from tests.pages import browser

pytestmark = pytest.mark.django_db


def answers(year: SmallYear, name: str, method: str) -> list[Any]:
    """Of who is not in, and of the first who is answered other than the rest."""
    row = (READING if method == "get" else DOING)[name].split()
    found = []
    for status in sorted(set(row)):
        actor = year.actors[ROLES[row.index(status)]]
        client = Client() if actor is None else browser(actor)
        with transaction.atomic():
            found.append(getattr(client, method)(address(name, year)))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", sorted(READING))
def test_what_is_read_is_kept_nowhere(name: str, year: SmallYear) -> None:
    for response in answers(year, name, "get"):
        assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", sorted(DOING))
def test_what_is_answered_to_a_form_is_kept_nowhere(name: str, year: SmallYear) -> None:
    for response in answers(year, name, "post"):
        assert response["Cache-Control"] == "private, no-store"


def test_the_pages_of_the_administrator_and_errors_too(year: SmallYear) -> None:
    client = browser(year.cast.admin)
    for url in ("/admin/", "/admin/units/user/", "/admin/units/user/add/", "/no/such/page/"):
        assert client.get(url)["Cache-Control"] == "private, no-store"


def test_what_belongs_to_nobody_may_stay(year: SmallYear, settings: Any) -> None:
    response = Client().get("/static/js/boot.js")
    assert response.status_code == 200
    assert "no-store" not in response.get("Cache-Control", "")


def test_logging_out_clears_what_the_browser_holds(year: SmallYear) -> None:
    response = browser(year.cast.reporter).post("/logout/")
    assert response["Clear-Site-Data"] == '"cache"'
