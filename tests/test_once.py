"""What a form creates, it creates once: every creating address of the site, sent twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.access_table import DOING, READING
from tests.addresses import SmallYear, address
from tests.creating import CREATING, WITHOUT_KEY, sent
from tests.month import third_of_august
from tests.pages import browser
from units.models import FormKey

__all__ = ["third_of_august"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

KEY = {"once": "eine-einmalige-kennung"}
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
CREATING_ACTS = ("object", "extend")  # of the acts on a matter; the others move its state
# not open to anybody on the rows of the small year
NOT_SHOWN = {
    "progress:draft_supplement",  # the draft of the small year supplements nothing
    "progress:matter_do",
    "progress:sub_item_add",
    "progress:support_ask",
    "reports:bulletin_draft",
    "reports:standing_draft",
}
# the answer carries a first password, which no message and no address may
SHOWS_A_PASSWORD = {"units:people"}
TEMPLATE_FORM = re.compile(
    r"<form\b(?=[^>]*method=\"post\")[^>]*?action=\"{% url '([\w:]+)'.*?</form>", re.S
)


def counted() -> dict[str, int]:
    """How many rows each table has."""
    models = {model._meta.label_lower: model for model in apps.get_models()}
    return {name: model._base_manager.count() for name, model in models.items()}


def again(fields: dict[str, Any]) -> dict[str, Any]:
    """The same once more; a file that was read is read from its beginning."""
    for each in fields.values():
        if isinstance(each, SimpleUploadedFile):
            each.seek(0)
    return fields


def test_every_address_that_takes_a_form_has_a_key_or_a_reason() -> None:
    assert set(CREATING) | set(WITHOUT_KEY) == set(DOING)
    assert not set(CREATING) & set(WITHOUT_KEY)


@pytest.mark.parametrize("name", sorted(CREATING))
def test_a_form_sent_twice_creates_once_and_leads_to_the_first(name: str, year: SmallYear) -> None:
    role, url, fields = sent(name, year)
    client = browser(_actor(year, role))
    first = client.post(url, again(fields) | KEY)
    shown = 200 if name in SHOWS_A_PASSWORD else 302
    assert first.status_code == shown, first.content.decode()[:4000]
    before = counted()
    second = client.post(url, again(fields) | KEY)
    key = FormKey.objects.get()
    assert {**counted(), "sessions.session": 0} == {**before, "sessions.session": 0}
    assert second.status_code == 302
    assert second["Location"] == key.led_to
    said = [str(each) for each in get_messages(second.wsgi_request)]
    assert key.told in said
    assert re.search("没有重复|没有重新", key.told)
    assert client.get(key.led_to).status_code == 200


def test_every_form_to_a_creating_address_carries_a_key(year: SmallYear) -> None:
    """All pages of the site, by everybody who may read them."""
    found: set[str] = set()
    for name, row in READING.items():
        for role, status in zip(year.actors, row.split(), strict=True):
            if status == "200" and role != "anonymous":
                with transaction.atomic():  # some addresses make the row they lead to
                    url = _address(name, year)
                    page = browser(_actor(year, role)).get(url)
                    transaction.set_rollback(True)
                found |= set(_checked_forms(page, url))
    assert found >= set(CREATING) - NOT_SHOWN


def test_no_template_forgets_the_key() -> None:
    found = set()
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        for form in TEMPLATE_FORM.finditer(template.read_text()):
            if form[1] in CREATING:
                # the second: on a page that is kept, filled anew for every visit
                has_key = "{% once %}" in form[0] or '{% personal "once" %}' in form[0]
                assert has_key, (template.name, form[1])
                found.add(form[1])
    assert found >= NOT_SHOWN - {"progress:matter_do"}


def _address(name: str, year: SmallYear) -> str:
    extra = f"?task={year.task.pk}" if name == "progress:order_new" else ""
    extra = f"?report={year.july.pk}" if name == "progress:urge" else extra
    return address(name, year) + extra


def _checked_forms(page: Any, url: str) -> list[str]:
    """The creating addresses that forms of the page are sent to; each has its key."""
    if "text/html" not in page["Content-Type"]:
        return []
    names = []
    for attributes, inside in FORM.findall(page.content.decode()):
        if 'method="post"' not in attributes:
            continue
        given = re.search(r'action="([^"]*)"', attributes)
        try:
            match = resolve((given[1] if given else url).partition("?")[0])
        except Resolver404:
            continue
        creates = match.view_name in CREATING
        if match.view_name == "progress:matter_do":
            creates = match.kwargs["act"] in CREATING_ACTS
        if creates:
            assert 'name="once"' in inside, (url, match.view_name)
            names.append(match.view_name)
    return names


def _actor(year: SmallYear, role: str) -> Any:
    actor = year.actors[role]
    assert actor is not None
    return actor


def test_a_form_without_a_key_is_carried_out_as_it_comes(year: SmallYear) -> None:
    role, url, fields = sent("progress:order_new", year)
    client: Client = browser(_actor(year, role))
    for bad in ({}, {"once": ""}, {"once": "<b>" * 9}):
        answer = client.post(url, fields | bad)
        assert answer.status_code == 302
        assert "/orders/" in answer["Location"]
    assert not FormKey.objects.exists()
