"""A form whose page is too old: what was typed comes back to who typed it, and to nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from units.models import Appointment, User
from units.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

HERE = {"origin": "http://testserver"}
WORDS = "示例：“已完成”<b>12</b>公里。"
SOMEWHERE = "/password/?a=1"  # any private address that takes a form


def strict(user: User | None = None) -> Client:
    client = Client(enforce_csrf_checks=True)
    if user is not None:
        client.force_login(user)
    return client


def typed(user: User, **more: Any) -> dict[str, Any]:
    mine = Appointment.objects.filter(user=user).order_by("pk")[0]
    return {"progress": WORDS, "acting_as": str(mine.pk), **more}


def page_of(response: Any) -> str:
    return str(response.content.decode())


def test_what_was_typed_comes_back_and_can_be_sent(liaison: User) -> None:
    client = strict(liaison)
    response = client.post(SOMEWHERE, typed(liaison), headers=HERE)
    page = page_of(response)
    assert response.status_code == 403
    assert "页面已过期，填写的内容都已保留" in page
    assert "没有权限" not in page
    assert 'action="/password/?a=1"' in page
    assert "&lt;b&gt;12&lt;/b&gt;公里" in page
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    again = typed(liaison) | {"csrfmiddlewaretoken": token[1]}
    assert client.post(SOMEWHERE, again, headers=HERE).status_code == 200  # the form's own answer


def test_the_referer_will_do_where_no_origin_is_sent(liaison: User) -> None:
    headers = {"referer": "http://testserver/2022/desk/"}
    page = page_of(strict(liaison).post(SOMEWHERE, typed(liaison), headers=headers))
    assert "公里" in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"referer": "http://evil.example/"},
        {"origin": "http://evil.example", "referer": "http://testserver/"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "https://testserver"},
    ],
)
def test_what_another_site_sent_is_not_offered(liaison: User, headers: dict[str, str]) -> None:
    response = strict(liaison).post(SOMEWHERE, typed(liaison), headers=headers)
    assert response.status_code == 403
    assert "页面已过期" in page_of(response)
    assert "公里" not in page_of(response)


def test_what_somebody_else_typed_is_not_offered(liaison: User, admin: User) -> None:
    response = strict(admin).post(SOMEWHERE, typed(liaison), headers=HERE)
    assert response.status_code == 403
    assert "公里" not in page_of(response)


def test_passwords_are_never_given_back(liaison: User) -> None:
    data = typed(liaison, old_password=PASSWORD, new_password1="Luqiao-Guandao-9")
    page = page_of(strict(liaison).post(SOMEWHERE, data, headers=HERE))
    assert "页面已过期" in page
    assert PASSWORD not in page
    assert "Luqiao-Guandao-9" not in page


def test_a_file_is_asked_for_again(liaison: User) -> None:
    data = typed(liaison, scan=SimpleUploadedFile("批示.pdf", b"%PDF-1.4 geheim"))
    page = page_of(strict(liaison).post(SOMEWHERE, data, headers=HERE))
    assert re.search('type="file" name="scan" required', page)
    assert "geheim" not in page


def test_nobody_in_gets_the_login_page_with_the_text_on_it(liaison: User) -> None:
    response = strict().post(SOMEWHERE, typed(liaison), headers=HERE)
    assert response.status_code == 401
    assert "已随本页保留" in page_of(response)


def test_who_is_in_by_another_window_goes_on(liaison: User) -> None:
    fields = {"username": "lianluo", "password": PASSWORD, "next": "/password/"}
    response = strict(liaison).post("/login/", fields, headers=HERE)
    assert (response.status_code, response["Location"]) == (302, "/password/")
    assert not list(get_messages(response.wsgi_request))


def test_who_typed_another_name_is_told_who_is_in(liaison: User) -> None:
    client = strict(liaison)
    fields = {"username": "xtgly", "password": PASSWORD, "next": "//evil.example/"}
    response = client.post("/login/", fields, headers=HERE)
    assert response["Location"] == "/"
    (said,) = (str(each) for each in get_messages(response.wsgi_request))
    assert said.startswith("您已登录")
    assert client.session["_auth_user_id"] == str(liaison.pk)


def test_an_old_login_page_is_shown_afresh_and_lets_nobody_in(liaison: User) -> None:
    client = strict()
    fields = {"username": "lianluo", "password": PASSWORD, "next": "/password/"}
    response = client.post("/login/", fields, headers={"origin": "http://evil.example"})
    assert response["Location"] == "/login/?next=%2Fpassword%2F"
    assert "_auth_user_id" not in client.session
    assert "登录页面已过期，请重新登录。" in page_of(client.get(response["Location"]))


def test_a_script_of_an_open_page_gets_an_answer_and_no_page(liaison: User) -> None:
    response = strict(liaison).post(SOMEWHERE, typed(liaison), headers=HERE | {"x-in-place": "1"})
    assert response.status_code == 403
    assert "公里" not in page_of(response)
