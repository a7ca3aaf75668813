"""Every address that takes a POST, as everybody, with everything that can be wrong in it.

The answer is a page, a refusal or a redirect with a sentence, never a 500, and what the rows held
before they still hold.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from progress.models import ReportVersion
from tests.access_table import DOING, ROLES
from tests.addresses import SmallYear, address, names
from tests.sampling import sampled
from units.actors import Actor

pytestmark = pytest.mark.django_db

LONG = "长" * 3_000_000  # about ten megabytes on the wire
WRONG: dict[str, dict[str, Any]] = {
    "nothing": {},
    "repeated": {
        "progress": ["一", "二"],
        "reason": ["一", "二"],
        "base": ["x", "y"],
        "appointment": ["1", "2"],
    },
    "NUL": {
        "progress": "一\x00二",
        "reason": "\x00",
        "username": "\x00",
        "q": "\x00",
        "title": "\x00",
        "answer": "\x00",
        "shown": "\x00",
    },
    "emoji": {"progress": "😀" * 50, "reason": "😀𠮷㙍", "digest": "😀", "username": "😀"},
    "wrong type": {
        "appointment": "甲",
        "until": "昨天",
        "base": "[]",
        "proposed_light": "紫",
        "first_was_empty": "也许",
        "reading:x:y:value": "1e999",
        "file": "不是文件",
        "kind": "甲",
        "period": "甲",
        "post": "甲",
        "decided_on": "昨天",
    },
    "another unit's": {
        "appointment": "999999",
        "reading:999999::value": "1",
        "milestone:999999:done_on": "x",
    },
    "a file for text": {"progress": SimpleUploadedFile("一.pdf", b"%PDF-1.4")},
}


PAIRS = [(name, wrong) for name in sorted(DOING) for wrong in sorted(WRONG)]


@pytest.fixture(scope="module")
def sessions(module_year: SmallYear, django_db_blocker: Any) -> dict[str, str]:
    """Who → the cookie of a session that every test finds as it was."""
    with django_db_blocker.unblock():
        return {who: logged_in(actor) for who, actor in module_year.actors.items()}


def logged_in(actor: Actor | None) -> str:
    client = Client()
    if actor is not None:
        client.force_login(actor.user)
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie is not None else ""


def senders(name: str, wrong: str, sessions: dict[str, str]) -> list[tuple[str, str]]:
    """Everybody who gets as far as the form; of those who are turned away at the door (the table
    of `test_access`), what is wrong in it is not read: one kind is enough.
    """
    answers = dict(zip(ROLES, DOING[name].split(), strict=True))
    is_turned_away = {who: answer in AT_THE_DOOR for who, answer in answers.items()}
    everybody = sessions.items()
    return [each for each in everybody if wrong == ONE_KIND or not is_turned_away[each[0]]]


def client_of(cookie: str) -> Client:
    client = Client(raise_request_exception=False)
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return client


AT_THE_DOOR = {"L", "403", "404"}
ONE_KIND = "another unit's"


def filed() -> dict[int, Any]:
    """What was sent: it may be decided on, its words may not change."""
    sent = ReportVersion.objects.filter(submitted_at__isnull=False)
    return {version.pk: (version.progress, version.submitted_by_name) for version in sent}


def is_clear(response: Any) -> bool:
    """Below 500, and a refusal is a page of ours with Chinese words."""
    if response.status_code >= 500:
        return False
    if response.status_code in {400, 403, 404}:
        return "。" in response.content.decode(errors="replace")
    return True


@pytest.mark.parametrize(
    ("name", "wrong"),
    sampled([(n, w) for n in sorted(DOING) for w in sorted(WRONG)], len(WRONG) + 1),
)
def test_no_post_is_answered_with_a_crash(
    name: str, wrong: str, year: SmallYear, sessions: dict[str, str]
) -> None:
    url = address(name, year)
    before = filed()
    for who, cookie in senders(name, wrong, sessions):
        response = client_of(cookie).post(url, WRONG[wrong])
        assert is_clear(response), (name, who, wrong, response.status_code)
    assert before.items() <= filed().items(), "what was filed must stand"


@pytest.mark.parametrize("name", sampled(names(), 8))
def test_ten_megabytes_are_refused_with_a_sentence(
    name: str, year: SmallYear, sessions: dict[str, str]
) -> None:
    url = address(name, year)
    response = client_of(sessions["reporter"]).post(url, {"progress": LONG})
    assert is_clear(response), (name, response.status_code)


@pytest.mark.parametrize("name", sampled(names(), 8))
def test_a_body_that_is_no_form_is_refused_with_a_sentence(
    name: str, year: SmallYear, sessions: dict[str, str]
) -> None:
    url = address(name, year)
    client = client_of(sessions["reporter"])
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/json"):
        response = client.post(url, b"\xff\xfe--x\r\n", content_type=kind)
        assert is_clear(response), (name, kind, response.status_code)
