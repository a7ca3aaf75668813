"""Addresses of the rows of a list: looked up once a page, not once a row."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

STANDS_FOR = 987_654_321  # no number of ours


def addresses(name: str, *args: object) -> Callable[[object], str]:
    """``addresses("progress:report", slug)(17)``: the address `name` with `args` and a number."""
    before, after = reverse(name, args=[*args, STANDS_FOR]).split(str(STANDS_FOR))
    return lambda number: f"{before}{number}{after}"
