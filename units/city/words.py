"""What is written of a city, said of the place at hand: 分管市领导 is 分管县领导 in a county."""

from __future__ import annotations

import re

from django.utils.functional import lazy

from units.city.names import Names, city

_SAID = re.compile("市领导|市政府|市长|全市|分县(?!（)|县（市、区）")


def said(text: str) -> str:
    """A sentence of our own as it is said here. Never for what people typed, and never kept
    longer than an answer.
    """
    return said_of(text, city())


def said_of(text: str, names: Names) -> str:
    """The same, of a place that is known."""
    words = {
        "市领导": names.leaders,
        "市政府": names.government,
        "市长": names.head,
        "全市": f"全{names.short}",
        "分县": names.by_region,
        "县（市、区）": names.regions,
    }
    return _SAID.sub(lambda found: words[found.group()], text)


said_later = lazy(said, str)  # for labels and heads that stand in a module: said when shown


def kind_word(kind: str) -> str:
    """市直部门, of a unit's kind; empty where it has none."""
    return city().kinds.get(kind, "")


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of unit with their words, in order, for a form."""
    return list(city().kinds.items())
