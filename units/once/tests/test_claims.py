"""The one-time key: what comes again with other words, two at once, and when it is forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huangshi_tasks.lib import clock
from units.models import Appointment, FormKey, Post, Unit, User
from units.once.claims import KEPT, forget_old
from units.tests.factories import signed_in

pytestmark = pytest.mark.django_db

ADD = "/posts/"
NAME = "副市长（示例）"


@pytest.fixture
def office(admin: User) -> Client:
    return signed_in(admin)


def hidden(response: Any, name: str) -> str:
    found = re.findall(f'name="{name}" value="([^"]*)"', response.content.decode())
    assert found
    return str(found[-1])


def filled(page: Any, **changed: str) -> dict[str, str]:
    typed = {"title": NAME, "kind": "city_leader", "ordinal": "1", **changed}
    return typed | {name: hidden(page, name) for name in ("once", "acting_as")}


def test_what_the_administrator_adds_is_added_once(office: Client) -> None:
    page = office.get(ADD)
    assert office.post(ADD, filled(page)).status_code == 302
    again = office.post(ADD, filled(page))
    assert Post.objects.count() == 1
    assert again["Location"] == ADD
    said = [str(each) for each in get_messages(again.wsgi_request)]
    assert "该职务已新增过，没有重复登记。" in said


def test_the_key_stays_while_the_form_comes_back(office: Client) -> None:
    page = office.get(ADD)
    refused = office.post(ADD, filled(page, title=""))
    assert refused.status_code == 409
    assert hidden(refused, "once") == hidden(page, "once")
    assert office.post(ADD, filled(refused)).status_code == 302
    assert Post.objects.count() == 1


def test_a_new_page_has_a_new_key(office: Client) -> None:
    for title in ("副市长一（示例）", "副市长二（示例）"):
        office.post(ADD, filled(office.get(ADD), title=title))
    assert Post.objects.count() == 2


def test_other_words_come_back_and_can_be_registered_on_their_own(office: Client) -> None:
    page = office.get(ADD)
    office.post(ADD, filled(page))
    second = office.post(ADD, filled(page, title="副市长二（示例）"))
    assert second.status_code == 409
    assert "刚才已经登记过，这次没有登记" in second.content.decode()
    assert hidden(second, "title") == "副市长二（示例）"
    assert hidden(second, "once") != hidden(page, "once")
    fields = {name: hidden(second, name) for name in ("title", "kind", "ordinal", "once")}
    assert office.post(ADD, fields).status_code == 302
    assert set(Post.objects.values_list("title", flat=True)) == {NAME, "副市长二（示例）"}


@pytest.mark.urls("tests.raw_admin_urls")
def test_a_password_never_comes_back(office: Client) -> None:
    page = office.get("/admin/units/user/add/")
    typed = {"username": "a", "display_name": "示例", "password1": "Xx-123456789", "password2": ""}
    keys = {name: hidden(page, name) for name in ("once", "acting_as")}
    FormKey.objects.create(
        user=User.objects.get(username="xtgly"),
        address="/admin/units/user/add/",
        key=keys["once"],
        fingerprint="",
        told="账号已新增过，没有重复登记。",
        used_at=clock.now(),
    )
    answer = office.post("/admin/units/user/add/", typed | keys)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Xx-123456789" not in answer.content.decode()


def test_a_chosen_file_is_asked_for_again(office: Client) -> None:
    page = office.get(ADD)
    office.post(ADD, filled(page))
    scan = SimpleUploadedFile("批示.pdf", b"%PDF-1.4 geheim")
    second = office.post(ADD, filled(page) | {"scan": scan}).content.decode()
    assert re.search('type="file" name="scan" required', second)
    assert "geheim" not in second


def test_the_key_of_one_is_nothing_to_another(office: Client, unit: Unit) -> None:
    page = office.get(ADD)
    fields = filled(page)
    office.post(ADD, fields)
    other = User.objects.create(username="another", must_change_password=False)
    mine = Appointment.objects.create(
        user=other, role="admin", starts_on=clock.today() - timedelta(days=9)
    )
    answer = signed_in(other).post(ADD, fields | {"title": "另一职务", "acting_as": mine.pk})
    assert answer.status_code == 302
    assert Post.objects.count() == 2


def test_keys_are_forgotten_after_a_week(office: Client) -> None:
    office.post(ADD, filled(office.get(ADD)))
    assert forget_old(clock.now() + KEPT - timedelta(hours=1)) == 0
    assert forget_old(clock.now() + KEPT + timedelta(hours=1)) == 1
