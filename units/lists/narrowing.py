"""Filters of a list whose rows are in memory: choices with the rows that each would leave, and one
box that searches their words, read from the address. What no row has finds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from django.http import QueryDict

from huangshi_tasks.lib.fold import fold

T = TypeVar("T")
SEARCH = "q"
LONGEST = 60
UNKNOWN = "无此条件"


class Choice(NamedTuple):
    """One choice of a filter, with the rows that it would leave."""

    value: str
    label: str
    number: int
    is_chosen: bool


class Filter(NamedTuple):
    """One filter; `every`: what remains without it."""

    name: str
    label: str
    every: int
    choices: Sequence[Choice]


class Facet(NamedTuple):
    """What rows can be filtered by: the value of a row, and its word. `order`: of the values; else
    as they come.
    """

    name: str
    label: str
    value: Callable[[Any], str]
    word: Callable[[Any], str]
    order: Sequence[str] = ()


class Narrowed(Generic[T]):
    """`rows` that the address leaves of all; `said`: the words of a row that are searched."""

    def __init__(
        self,
        query: QueryDict,
        rows: Iterable[T],
        facets: Sequence[Facet],
        said: Callable[[T], str],
    ) -> None:
        self.facets, self._said, self._every = facets, said, list(rows)
        self.q = query.get(SEARCH, "").strip()[:LONGEST]
        self._wanted = fold(self.q)
        self.given = {each.name: query.get(each.name, "") for each in facets}
        self.rows: list[T] = self._among("")

    @property
    def is_filtering(self) -> bool:
        return bool(self.q or any(self.given.values()))

    @property
    def filters(self) -> list[Filter]:
        """Ready to draw; choices without rows are left out."""
        return [self._filter(each) for each in self.facets]

    @property
    def in_words(self) -> str:
        """单位：市住建局；关键词“老旧小区”."""
        said = [
            f"{filter_.label}：{choice.label}"
            for filter_ in self.filters
            for choice in filter_.choices
            if choice.is_chosen
        ]
        return "；".join([*said, *([f"关键词“{self.q}”"] if self.q else [])])

    def _filter(self, facet: Facet) -> Filter:
        among, given = self._among(facet.name), self.given[facet.name]
        counted = Counter(facet.value(row) for row in among)
        words = {facet.value(row): facet.word(row) for row in self._every}
        if given:
            words.setdefault(given, UNKNOWN)
        values = [each for each in facet.order if each in words] or list(words)
        values += [each for each in words if each not in values]
        choices = [
            Choice(value, words[value], counted[value], value == given)
            for value in values
            if counted[value] or value == given
        ]
        return Filter(facet.name, facet.label, len(among), choices)

    def _among(self, left_out: str) -> list[T]:
        """The rows that all conditions leave but for the facet `left_out`."""
        asked = [
            (facet.value, self.given[facet.name])
            for facet in self.facets
            if facet.name != left_out and self.given[facet.name]
        ]
        return [
            row
            for row in self._every
            if all(value(row) == given for value, given in asked)
            and (not self._wanted or self._wanted in fold(self._said(row)))
        ]
