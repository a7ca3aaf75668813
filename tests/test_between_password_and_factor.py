"""Between the right password and the second factor nobody is anybody: every address of the site
answers as to a stranger. And while a factor must be set up, none but those of setting it up.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from huangshi_tasks.lib import clock
from tests.access_table import DOING, READING
from tests.addresses import SmallYear, address, names
from units.factors.tests.authenticator import Phone, is_in, type_password
from units.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
THE_DOOR = {"units:factor"}
SETTING_UP = {"units:password_change", "units:logout", "units:login", "units:login_again"}
PUBLIC = {"healthz", "readyz"}
BY_TOKEN = {"metrics"}


@pytest.fixture
def half_in(year: SmallYear, settings: Any) -> Client:
    """The office, whose password was right."""
    settings.SECOND_FACTOR = "required"
    user = year.cast.office.user
    user.set_password(PASSWORD)
    user.save()
    Phone(user, clock.now())
    client = Client()
    assert type_password(client, user).status_code == 200
    return client


def ask(client: Client, name: str, year: SmallYear, method: str) -> str:
    with transaction.atomic():  # an address may make the row that it leads to
        response = getattr(client, method)(address(name, year))
        transaction.set_rollback(True)
    if response.status_code != 302:
        return str(response.status_code)
    return "L" if response["Location"].startswith("/login/") else response["Location"]


def test_no_address_is_open_between_password_and_factor(year: SmallYear, half_in: Client) -> None:
    for method, table in (("get", READING), ("post", DOING)):
        for name in sorted(set(names()) - THE_DOOR - BY_TOKEN):
            strangers = table.get(name, READING[name]).split()[0]
            if method == "post" and name not in DOING:
                is_read = READING[name].startswith("401")  # of the interface: by machines too
                strangers = "200" if name in PUBLIC | {"units:login"} else "L"
                strangers = "401" if is_read else strangers
            answer = ask(half_in, name, year, method)
            assert answer == strangers, (method, name)
    assert not is_in(half_in)


def test_no_address_but_those_of_setting_up_is_open_after_the_days_of_grace(
    year: SmallYear, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    user = year.cast.office.user
    user.factor_asked_at = timezone.now() - timedelta(days=14)
    user.save()
    client = Client()
    client.force_login(user)
    for method in ("get", "post"):
        for name in sorted(set(names()) - SETTING_UP - PUBLIC - BY_TOKEN):
            if not name.startswith("units:factor"):
                assert ask(client, name, year, method) == "/protection/", (method, name)
