"""A form that is sent with nothing in it says what is missing."""

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "address"), [("admin", "/city/"), ("office", "/calendar/")])
def test_an_empty_form_says_what_is_missing(
    client: Client, cast: Cast, role: str, address: str
) -> None:
    client.force_login(getattr(cast, role).user)
    page = client.post(address, {})
    assert page.status_code == 409
    assert 'class="err"' in page.content.decode()
