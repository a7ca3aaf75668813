"""Rows that are rendered once: by what they show, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.template import engines

from units.face import remembered


class Row(NamedTuple):
    light: str


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What every template was rendered with."""
    seen: list[dict[str, Any]] = []
    template = engines["django"].from_string("<b>{{ row.light }}{{ request }}</b>")
    plain = template.render

    def render(context: dict[str, Any] | None = None) -> str:
        seen.append(context or {})
        return str(plain(context))

    monkeypatch.setattr(template, "render", render)
    monkeypatch.setattr(remembered, "get_template", lambda name: template)
    remembered._remembered.cache_clear()
    yield seen
    remembered._remembered.cache_clear()


def test_a_row_that_shows_the_same_is_rendered_once(rendered: list[dict[str, Any]]) -> None:
    assert remembered.drawn("row.html", Row("slow<")) == "<b>slow&lt;</b>"
    assert remembered.drawn("row.html", Row("slow<")) == "<b>slow&lt;</b>"
    assert remembered.drawn("row.html", Row("late")) == "<b>late</b>"
    assert rendered == [{"row": Row("slow<")}, {"row": Row("late")}]  # and nothing of a request


def test_where_templates_are_worked_on_nothing_is_remembered(
    rendered: list[dict[str, Any]], settings: Any
) -> None:
    settings.DEBUG = True
    remembered.drawn("row.html", Row("late"))
    remembered.drawn("row.html", Row("late"))
    assert len(rendered) == 2
