"""What in a page is the person's own: the bell, 当前身份, the token of forms, the watermark; and
what the moment alone decides, such as which job is late.

`{% personal "name" %}` puts it there. In a page that is kept it leaves a gap, which is filled anew
for whoever opens the page next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from secrets import token_hex
from typing import Any, cast

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from units.people.acting import FIELD

Part = Callable[[HttpRequest], str]
_parts: dict[str, Part] = {}


def part(name: str) -> Callable[[Part], Part]:
    """Registers what stands for `name`. It asks the request and nothing else of the page."""

    def register(function: Part) -> Part:
        _parts[name] = function
        return function

    return register


def personal(request: HttpRequest, name: str) -> SafeString:
    """The part of `request`; between marks while the page is being kept."""
    html = _parts[name](request)
    mark = getattr(request, "gaps_marked_by", "")
    return SafeString(f"\x02{mark}{name}\x03{html}\x04{mark}" if mark else html)


class Gaps:
    """While a page is made that will be kept: nobody's text can hold its marks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request: Any = request
        self._mark = token_hex(8)

    def __enter__(self) -> Gaps:
        self._request.gaps_marked_by = self._mark
        return self

    def __exit__(self, *_: object) -> None:
        self._request.gaps_marked_by = ""  # a page that says why there is none is not kept

    def cut(self, html: str) -> tuple[list[str], str]:
        """Text, name of a part, text, name, …, text; and the page as it is for this person."""
        pieces = re.split(f"\x02{self._mark}(\\w+)\x03(.*?)\x04{self._mark}", html, flags=re.DOTALL)
        kept = [piece for place, piece in enumerate(pieces) if place % 3 != 2]
        shown = [piece for place, piece in enumerate(pieces) if place % 3 != 1]
        return kept, "".join(shown)


def filled(request: HttpRequest, kept: list[str]) -> str:
    """The page for whoever asks now."""
    made = {name: _parts[name](request) for name in set(kept[1::2])}
    return "".join(made[piece] if place % 2 else piece for place, piece in enumerate(kept))


@part("token")
def token(request: HttpRequest) -> str:
    """For scripts of the page."""
    return get_token(request)


@part("form")
def form_fields(request: HttpRequest) -> str:
    """For a form: Django's token, and as whom it acts (`units.people.acting`)."""
    field = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )
    actor = getattr(request, "actor", None)
    if actor is None:
        return field
    named = '{}<input type="hidden" name="{}" value="{}">'
    return cast(str, format_html(named, field, FIELD, actor.appointment.pk))
