"""What is empty says what to do, or what comes next: no page leaves somebody at an empty table."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
INCLUDED = re.compile(r'{% include "_empty\.html"([^%]*)%}')


def silent(source: str) -> list[str]:
    """Empty states without a sentence or a link, in a template."""
    found = INCLUDED.findall(source)
    return [each for each in found if "text=" not in each and "url=" not in each]


def test_every_empty_state_says_what_to_do() -> None:
    found = {
        path.name: each
        for path in TEMPLATES.rglob("*.html")
        if path.name != "_empty.html"  # its comment shows how it is used
        for each in silent(path.read_text(encoding="utf-8"))
    }
    assert found == {}


def test_a_silent_one_is_seen() -> None:
    assert silent('{% include "_empty.html" with title="没有" %}') != []
