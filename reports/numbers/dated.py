"""Whose words these are, and of when: what is older than it looks says so, or is left out.

A paper or page is of a 数据截至 (`as_of`) and read on a `day`. A figure or text from before `as_of`
is marked; a step whose day is over on `day` is no plan any more and is not printed as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.planned import still_ahead
from huangshi_tasks.lib.text import day as said_day
from progress.board.shown import Source


def as_of_mark(figures_on: date | None, as_of: date | None) -> str:
    """截至6月30日 where figures are older than what they stand in; else empty."""
    if figures_on is None or as_of is None or figures_on >= as_of:
        return ""
    return f"截至{said_day(figures_on)}"


def said_mark(source: Source | None, as_of: date | None) -> str:
    """6月所报 where words are older than what they stand in; else empty."""
    if source is None or as_of is None or source.data_as_of >= as_of:
        return ""
    return f"{source.label}所报"


def marked(text: str, mark: str) -> str:
    """The text behind its mark, for a cell that has no room for a heading of its own."""
    text = text.strip()
    return f"（{mark}）{text}" if text and mark else text


@dataclass(frozen=True)
class Coming:
    """下一步 as it may be printed; `passed` are the steps that were left out."""

    text: str
    mark: str = ""
    passed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return marked(self.text, self.mark)


def plan_of(text: str, source: Source | None, *, as_of: date | None, day: date) -> Coming:
    """What is still to come of what the unit announced."""
    if source is None:  # nobody reported it: nothing says of when it is
        return Coming(text.strip())
    ahead = still_ahead(text, said_on=source.data_as_of, day=day)
    return Coming(ahead.text, said_mark(source, as_of) if ahead.text else "", ahead.passed)
