"""What an address takes beside its path: the filters of the page's own FilterSet, and `as_of`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter

from reports.ledger.facets import LedgerIndex
from reports.ledger.filters import LedgerFilter

AS_OF = "as_of"
ROWS, MOST_ROWS = 200, 500
# of the address of a page: `as_of` says the period here
OF_PAGES = frozenset({"period", "only"})
OF_LEDGER = frozenset(LedgerFilter.base_filters) - OF_PAGES | {AS_OF}
LEDGER_LIVE = frozenset({"live", "filing"})
ALWAYS_THE_SAME = ("kind", "role", "light", "move", "outlook", "problem", "live", "filing")

PAGING = [
    OpenApiParameter("page", int, description="页码，从1起"),
    OpenApiParameter("page_size", int, description=f"每页条数，默认{ROWS}，最多{MOST_ROWS}"),
]
PERIOD = OpenApiParameter(
    AS_OF, str, description="已定稿的填报期，写编号（2022-07）或数据截至日（2022-07-31）"
)


def of_filters(filters: type[Any]) -> list[OpenApiParameter]:
    """The filters of a FilterSet, as its page labels them."""
    return [_parameter(name, each) for name, each in filters.base_filters.items()]


def _parameter(name: str, field: Any) -> OpenApiParameter:
    choices = field.extra.get("choices") or ()
    return OpenApiParameter(name, str, description=_words(str(field.label), choices))


def _words(label: str, choices: Iterable[tuple[Any, Any]]) -> str:
    offered = "，".join(f"{value}{words}" for value, words in choices)
    return f"{label}：{offered}" if offered else label


def of_ledger() -> list[OpenApiParameter]:
    """Those of 任务台账; what can be chosen is said where it is the same in every year."""
    fixed = LedgerIndex([])
    found = []
    for name, field in LedgerFilter.base_filters.items():
        if name in OF_PAGES:
            continue
        choices = fixed.choices(name) if name in ALWAYS_THE_SAME else ()
        found.append(OpenApiParameter(name, str, description=_words(str(field.label), choices)))
    return [*found, PERIOD]
