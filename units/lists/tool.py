"""Sorting, columns and pages of a list, read from its address, which keeps all of it.

    COLUMNS = (Column("number", "编号", lambda row: row.number), Column("words", "事项"))
    tool = ListTool(request.GET, COLUMNS)
    page = tool.page(tool.ordered(rows))

The template has `{% include "units/lists/_head.html" %}` in its table, whose class is `tool.css`,
and `_tools.html` over it. Nothing that an address says can fail: what is unknown is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import QueryDict

T = TypeVar("T")
SORT, SHOW, SIZE, PAGE = "sort", "show", "per", "page"
OWN = (SORT, SHOW, SIZE)
SIZES = (20, 50, 100, 200)
DOWN = "-"
MOST_CHOSEN = 1000  # rows chosen at once


def ids_of(given: QueryDict, name: str) -> set[int]:
    """Rows that somebody chose one by one, repeated or with commas; what is none is passed over."""
    found = ",".join(given.getlist(name)[:MOST_CHOSEN]).split(",")[:MOST_CHOSEN]
    return {int(each) for each in found if each.isascii() and each.isdecimal() and len(each) <= 12}


class Column(NamedTuple):
    """One column; `by` what its rows are sorted by (None: it cannot be), `stays` where it cannot be
    left out; what the database sorts says its `field` instead.
    """

    key: str
    label: str
    by: Callable[[Any], Any] | None = None
    stays: bool = False
    css: str = ""
    title: str = ""
    field: str = ""  # of a list that the database sorts: the column it is sorted by


class Head(NamedTuple):
    """A head as it is drawn: `url` sorts by it, `order` how it is sorted now."""

    label: str
    css: str
    title: str
    url: str
    order: str  # ascending, descending or nothing


class ListTool(Generic[T]):
    """See above."""

    def __init__(self, query: QueryDict, columns: Sequence[Column], size: int = 100) -> None:
        self.query, self.columns = query, columns
        by_key = {column.key: column for column in columns if column.by or column.field}
        asked = query.get(SORT, "")
        self.is_down = asked.startswith(DOWN)
        self.sorted_by = by_key.get(asked.removeprefix(DOWN))
        shown = query.getlist(SHOW)
        self.hidden = {c.key for c in columns if shown and not c.stays and c.key not in shown}
        wanted = query.get(SIZE, "")
        self.size = int(wanted) if wanted in map(str, SIZES) else size

    @property
    def css(self) -> str:
        """Classes that leave columns out, by their place."""
        places = [place for place, c in enumerate(self.columns, 1) if c.key in self.hidden]
        return " ".join(f"hc-{place}" for place in places)

    @property
    def heads(self) -> list[Head]:
        """The columns with where a click on each leads."""
        return [self._head(column) for column in self.columns]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Key, name and whether it is shown, of the columns that may be left out."""
        return [(c.key, c.label, c.key not in self.hidden) for c in self.columns if not c.stays]

    @property
    def sizes(self) -> list[tuple[int, str]]:
        """How many rows a page may have, and the address of that."""
        return [(size, self._address(**{SIZE: str(size)})) for size in SIZES]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form has to send along, but for the columns and the page."""
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if name not in (SHOW, PAGE)
        ]

    @property
    def own(self) -> list[tuple[str, str]]:
        """Of the address only what is this tool's: for the form of the filters."""
        return [(name, value) for name in OWN for value in self.query.getlist(name)]

    @property
    def own_query(self) -> str:
        """The same, as an address has it."""
        found = QueryDict(mutable=True)
        for name, value in self.own:
            found.appendlist(name, value)
        return found.urlencode()

    def ordered(self, rows: Iterable[T]) -> list[T]:
        """Sorted as the address asks, what has no value last; else as they come."""
        found = list(rows)
        if self.sorted_by is None:
            return found
        by = self.sorted_by.by
        if by is None:
            return found
        known = [row for row in found if by(row) is not None]
        known.sort(key=by, reverse=self.is_down)
        return known + [row for row in found if by(row) is None]

    def asked(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The same of a list that the database sorts; what is alike stays in its own order."""
        if self.sorted_by is None or not self.sorted_by.field:
            return rows
        field = F(self.sorted_by.field)
        first = field.desc(nulls_last=True) if self.is_down else field.asc(nulls_last=True)
        return rows.order_by(first, *rows.query.order_by)

    def page(self, rows: Sequence[T] | QuerySet[Any, Any]) -> Page[T]:
        """The page that the address asks for, or the nearest."""
        return Paginator(rows, self.size).get_page(self.query.get(PAGE))

    def groups(
        self, rows: Sequence[T], label: Callable[[T], str], page: Iterable[T]
    ) -> list[tuple[str, int, list[T]]]:
        """The rows of `page` under headings, with how many of all `rows` stand under each. Where
        they are sorted, all under one without words.
        """
        if self.sorted_by is not None:
            return [("", len(rows), list(page))]
        counted = Counter(map(label, rows))
        return [(name, counted[name], list(those)) for name, those in groupby(page, label)]

    def _head(self, column: Column) -> Head:
        if column.by is None and not column.field:
            return Head(column.label, column.css, column.title, "", "")
        is_this = column is self.sorted_by
        order = ("descending" if self.is_down else "ascending") if is_this else ""
        turned = f"{DOWN}{column.key}" if order == "ascending" else column.key
        url = self._address(**{SORT: "" if order == "descending" else turned})
        return Head(column.label, column.css, column.title, url, order)

    def _address(self, **changed: str) -> str:
        found = self.query.copy()
        found.pop(PAGE, None)
        for name, value in changed.items():
            found[name] = value
            if not value:
                del found[name]
        return f"?{found.urlencode()}"
