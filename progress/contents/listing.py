"""Figures that the lists of 子项 give, for the rows of a form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from progress.contents.counted import Listed
from tasks.models import Indicator
from tasks.sub_items.counts import Counts, Place, counts_on
from tasks.sub_items.rules import counts_starts


def listed_in(indicators: Iterable[Indicator], day: date) -> dict[Place, Listed]:
    """What the lists count on `day`, by indicator and unit. One query, and none for an item
    without any list (`progress.judging.loading` says whether there is one).
    """
    with_list = {each.pk: each for each in indicators if getattr(each, "has_sub_items", False)}
    if not with_list:
        return {}
    counted = counts_on(with_list, day)
    return {place: _listed(with_list[place[0]], counts) for place, counts in counted.items()}


def _listed(indicator: Indicator, counts: Counts) -> Listed:
    starts = counts_starts(indicator)
    return Listed(
        value=counts.value_of(indicator),
        verb="开工" if starts else "完工",
        started=counts.started_value if indicator.tracks_start and not starts else None,
    )


def prefilled(rows: Iterable[Any], stored: dict[str, Any], *, is_main: bool) -> dict[str, Any]:
    """Form keys of blank figures → what the list counts (数字自动带出). A typed figure or a reason
    for the blank stays; a county's row in the lead's form is the county's to fill.
    """
    found: dict[str, Any] = {}
    for row in rows:
        if row.listed is None or not row.is_editable or (is_main and row.unit is not None):
            continue
        if stored.get(row.prefix + "blank_reason"):
            continue
        for column, counted in (("value", row.listed.value), ("started", row.listed.started)):
            if counted is not None and stored.get(row.prefix + column) is None:
                found[row.prefix + column] = counted
    return found
