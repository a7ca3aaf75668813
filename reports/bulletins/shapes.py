"""The figures of a paper as plain data, as they are kept in a bulletin."""

from __future__ import annotations

from typing import TypedDict


class Item(TypedDict):
    """One item as the paper names it; figures in words."""

    task: int
    code: str
    title: str
    unit: int | None
    unit_name: str
    leads: str
    posts: str
    light: str
    word: str
    percent: str
    expected: str
    gap: str
    facts: str
    reason: str
    next_step: str
    digest: str


class Unpunctual(TypedDict):
    unit: int
    unit_name: str
    facts: str


class Problem(TypedDict):
    code: str
    title: str
    unit_name: str
    text: str


class ProjectFigures(TypedDict):
    number: int
    title: str
    text: str
    units: str
    word: str
    said: list[str]  # a clause for each 分项
    sentence: str
    plan_sentence: str
    sources: list[str]


class Figures(TypedDict):
    """`parts` add up to `total`; `hidden` of the items behind are counted and not named."""

    as_of: str
    total: int
    parts: list[tuple[str, str, int]]  # filter of the ledger, word, count
    share: str
    behind: list[Item]
    reached: list[Item]
    hidden: int
    unpunctual: list[Unpunctual]
    problems: list[Problem]
    projects: list[ProjectFigures]
    is_sample: bool
