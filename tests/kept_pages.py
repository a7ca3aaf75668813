"""In every test: a page that could be served as it is kept is made all the same, and must be equal.

Whatever a test writes in whatever way, what it then opens shows it; a trigger that is missing, or a
page that shows more than its topics, fails the test that met it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse

from units.http import Request
from units.pages import kept

OF_ONE_ANSWER = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"|name="once" value="[\w-]+"'
    r'|data-loaded="[^"]+"|更新于[^<]+'  # 大屏 says when it was opened
)


class Stale(AssertionError):  # noqa: N818  (a finding, no fault of the test)
    """A kept page differs from the one that would be made."""


def never_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the length of a test: make every page, and compare it with what is kept of it."""
    found, made = kept._found, kept._made

    def compared(request: Request, key: str, view: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        before = found(request, key)
        response = made(request, key, view, *args, **kwargs)
        if before is not None and response.status_code == 200:
            old, new = plain(before), plain(response)
            if old != new:
                raise Stale(f"{request.get_full_path()}: {first_difference(old, new)}")
        return response

    stored, keep = kept._found_value, kept._keep_value

    def compared_value(key: str, value: object) -> None:
        before = stored(key)
        if before is not None and before != value:
            raise Stale(f"kept {before!r:.300} made {value!r:.300}")
        keep(key, value)

    monkeypatch.setattr(kept, "_found_value", lambda key: None)
    monkeypatch.setattr(kept, "_keep_value", compared_value)
    monkeypatch.setattr(kept, "_found", lambda request, key: None)
    monkeypatch.setattr(kept, "_made", compared)


def plain(response: Any) -> str:
    return OF_ONE_ANSWER.sub("", response.content.decode())


def first_difference(old: str, new: str) -> str:
    place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    around = slice(max(place - 80, 0), place + 120)
    return f"kept …{old[around]}… made …{new[around]}…"
