"""Which number a printed number is: its name, as `manage.py explain` has it, and its scope.

A number carries its name in ``data-n``; what it is counted over stands in ``data-of`` of itself or
of something around it: ``2022@2022-06-30?leader=3`` for a plan as of a 定稿, ``2022@now`` as things
stand, ``*@now`` over all plans that are worked on, ``+area=3`` of that the part, ``-light`` of that
without the condition. Without either it is of its own address alone. `tests/named_numbers.py` reads
them: one name in one scope has one value wherever it is printed.
"""

from __future__ import annotations

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

NOW, ALL_PLANS = "now", "*"


def named(value: object, name: object) -> SafeString:
    """The number with its name, inside a sentence: ``{{ tally.total|named:"total" }}项``."""
    return format_html('<span data-n="{}">{}</span>', name, value)


def of(slug: str, at: date | str | None = None, choice: str = "") -> SafeString:
    """The scope as an attribute: ``<section {% of plan.slug as_of scope %}>``; `choice` as in the
    address of the ledger, ``leader=3&``.
    """
    day = at.isoformat() if isinstance(at, date) else at or NOW
    chosen = choice.strip("&")
    return format_html('data-of="{}@{}{}{}"', slug, day, "?" if chosen else "", chosen)
