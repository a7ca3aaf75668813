"""What leaves the server: pages compressed, files as they are."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from huangshi_tasks.middleware import CompressMiddleware

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.django_db
def test_a_page_leaves_compressed_for_who_can_read_it() -> None:
    plain = Client().get("/login/")
    packed = Client().get("/login/", headers=GZIP)
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert "<title>登录" in gzip.decompress(packed.content).decode()
    assert len(packed.content) < len(plain.content) * 0.6


@pytest.mark.parametrize(
    ("kind", "is_packed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        ("image/jpeg", False),
    ],
)
def test_a_file_that_is_compressed_already_is_not_compressed_again(
    kind: str, is_packed: bool
) -> None:
    middleware = CompressMiddleware(lambda request: HttpResponse())
    answer = HttpResponse(b"x" * 5000, content_type=kind)
    response = middleware.process_response(RequestFactory().get("/", headers=GZIP), answer)
    assert ("Content-Encoding" in response) is is_packed
