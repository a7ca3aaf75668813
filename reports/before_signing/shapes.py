"""The figures of a paper as plain data, as they are kept in a bulletin."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Source(TypedDict):
    """The report whose words stand here: which draft of it, of which period. What was drafted
    before papers knew it has none.
    """

    report: int
    number: int
    version: int
    label: str
    as_of: str


class Item(TypedDict):
    """One item as the paper names it; figures in words. `old_figures` (截至6月30日) and `old_words`
    (6月所报) stand where they are older than the paper.
    """

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
    source: NotRequired[Source | None]
    figures_on: NotRequired[str]
    old_figures: NotRequired[str]
    old_words: NotRequired[str]
    is_missing: NotRequired[bool]
    omitted: NotRequired[list[str]]  # by an answer: reason
    doubt: NotRequired[str]  # the mark of an answer: 数据待核实


class Unpunctual(TypedDict):
    unit: int
    unit_name: str
    facts: str


class Problem(TypedDict):
    code: str
    title: str
    unit_name: str
    text: str
    task: NotRequired[int]
    source: NotRequired[Source | None]
    old_words: NotRequired[str]


class Contradiction(TypedDict):
    """What stands in a report against itself or another, and nobody has explained."""

    task: int
    code: str
    title: str
    version: int
    part: str  # figures, or the text: digest, next, reason
    sentence: str


class Stated(TypedDict):
    """What one figure rests on, as it was stated, and how often it was looked at."""

    code: str
    title: str
    name: str
    stated: str
    checked: str


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
    task: NotRequired[int]
    figures: NotRequired[str]  # a clause for each promise, without the words of the unit
    digest: NotRequired[str]  # the unit's words behind it
    head: NotRequired[str]  # 1—7月份进展, 8月份计划
    plan_head: NotRequired[str]
    next_step: NotRequired[str]
    source: NotRequired[Source | None]
    figures_on: NotRequired[str]
    old_figures: NotRequired[str]
    old_words: NotRequired[str]
    doubt: NotRequired[str]


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
    in_review: NotRequired[list[Item]]  # 已报送、审核中
    parts_in_review: NotRequired[int]  # items of which a filing of a county or co-lead waits
    verified: NotRequired[list[str]]  # 核定数 of figures with an open finding
    contradicted: NotRequired[list[Contradiction]]
    stated: NotRequired[list[Stated]]  # of the figures named, where something is known
    checked: NotRequired[list[int]]  # versions that were looked at for these
