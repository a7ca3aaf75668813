import time
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.middleware import TOUCH_EVERY_SECONDS, plain_line_ends

MULTIPART = "multipart/form-data; boundary=XX"
FORM = "application/x-www-form-urlencoded"


def part(disposition: str, content: str = "x", end: str = "--XX--\r\n") -> bytes:
    head = f"--XX\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return f"{head}{content}\r\n{end}".encode()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=%00", FORM),
        (b"%00=a", FORM),
        (b"a=1&a=%00", FORM),
        (b"a=\x00", FORM),
        (b"a=1", f"{FORM}; charset=hex"),
        (b"a=1", f"{FORM}; charset=utf-16"),
        (part('name="a"', "\0"), MULTIPART),
        (part('name="a\0"'), MULTIPART),
        (b"no part at all", "multipart/form-data"),
        (b"a=1", "multipart/form-data; boundary="),
        (b"a=1", "multipart/form-data; boundary=\xc3\xa4"),
        (b"a=" + b"x" * (3 * 1024 * 1024), FORM),
        (part('name="a"', "x" * (3 * 1024 * 1024)), MULTIPART),
        (b"&".join(b"a%d=1" % i for i in range(1500)), FORM),
        (b"".join(part(f'name="f"; filename="{i}"', end="") for i in range(101)), MULTIPART),
        (
            b'--XX\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\nabcde\r\n--XX--\r\n",
            MULTIPART,
        ),
    ],
    ids=range(16),
)
def test_a_form_that_cannot_be_read_is_a_clear_400(
    visitor: Client, body: bytes, content_type: str
) -> None:
    response = visitor.generic("POST", "/echo", body, content_type=content_type)
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "未作任何改动" in response.content.decode()


@pytest.mark.parametrize("query", ["a=%00", "%00", "a=1&b=%00"])
def test_a_nul_in_the_address_is_a_400(visitor: Client, query: str) -> None:
    assert visitor.get(f"/echo?{query}").status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("query", ["a=%ff%fe", "a=%ed%a0%80", "a=%F0%9F%98%80", "a=" + "x" * 5000])
def test_other_odd_characters_in_the_address_pass(visitor: Client, query: str) -> None:
    assert visitor.get(f"/echo?{query}").status_code == HTTPStatus.OK


def test_a_body_over_the_limit_is_refused_unread(visitor: Client, settings: Any) -> None:
    settings.BODY_MAX_BYTES = 1000
    response = visitor.post("/echo", {"f": SimpleUploadedFile("a.pdf", b"x" * 2000)})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "20MB" in response.content.decode()


@pytest.mark.parametrize("path", ["/echo", "/plans/newer/"])
def test_typed_text_over_the_limit_is_refused(visitor: Client, settings: Any, path: str) -> None:
    settings.FIELDS_MAX_BYTES = 1000
    for sent in ({"text": "长" * 400}, {"a": "长" * 200, "b": "长" * 200}):
        response = visitor.post(path, sent)
        assert response.status_code == HTTPStatus.BAD_REQUEST
        assert "文字请分段填写" in response.content.decode()
    plain = "application/x-www-form-urlencoded"
    assert visitor.post(path, "a=" + "x" * 1001, content_type=plain).status_code == 400


def test_a_file_of_twenty_megabytes_passes(visitor: Client, settings: Any) -> None:
    upload = SimpleUploadedFile("盖章.pdf", b"x" * settings.UPLOAD_MAX_BYTES)
    response = visitor.post("/echo", {"text": "办理情况😀", "scan": upload})
    assert response.content.decode() == "['text'] ['scan']"


@pytest.fixture
def member(visitor: Client) -> Client:
    user = get_user_model().objects.create_user("liaison", password="Right-2022")
    visitor.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    visitor.get("/echo")
    return visitor


def test_a_session_in_use_goes_on(member: Client) -> None:
    start = time.time()
    for minutes in (25, 50, 75):
        with time_machine.travel(start + minutes * 60):
            member.get("/echo")
            assert "_auth_user_id" in member.session


def test_a_session_ends_after_half_an_hour_without_a_request(member: Client) -> None:
    with time_machine.travel(time.time() + 31 * 60):
        assert "_auth_user_id" not in member.session


def test_the_session_is_written_once_in_five_minutes(member: Client) -> None:
    def writes() -> int:
        with CaptureQueriesContext(connection) as queries:
            member.get("/echo")
        return sum("UPDATE" in query["sql"] for query in queries.captured_queries)

    assert writes() == 0
    with time_machine.travel(time.time() + TOUCH_EVERY_SECONDS + 1):
        assert writes() == 1
        assert writes() == 0


def test_a_visitor_gets_no_session(visitor: Client) -> None:
    visitor.get("/echo")
    assert "session" not in visitor.cookies


@pytest.mark.parametrize("sent", ["甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"])
def test_a_line_end_is_one_character(sent: str) -> None:
    request = RequestFactory().post("/", {"text": [sent, "戊\r\n"], "other": "己"})
    plain_line_ends(request)
    assert request.POST.getlist("text") == ["甲\n乙\n丙\n丁", "戊\n"]
    assert request.POST["other"] == "己"
