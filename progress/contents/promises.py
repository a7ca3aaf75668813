"""上期下一步: what a unit announced last time, line by line, and how it says each went. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from re import split
from typing import Any

from progress.contents.oddities import SHARED_RUN, answers

DONE, OPEN = "done", "open"
STATES = ((DONE, "已完成"), (OPEN, "未完成"))
COLUMNS = ("state", "note")
MARK_LENGTH = 10


@dataclass(frozen=True)
class Promise:
    """One announced step, with what the unit says of it now. `state` is empty while unsaid."""

    line: str
    state: str = ""
    note: str = ""

    @property
    def mark(self) -> str:
        """Names the line in form keys; the same words give the same mark."""
        return sha256(self.line.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LENGTH]

    @property
    def prefix(self) -> str:
        return f"answer:{self.mark}:"

    @property
    def said(self) -> str:
        """已完成, 未完成, or nothing."""
        return dict(STATES).get(self.state, "")

    def is_answered(self, progress: str) -> bool:
        """Done; or open with a reason; or the text itself comes back to it."""
        if self.state == OPEN:
            return bool(self.note.strip())
        return self.state == DONE or answers(progress, self.line)


def lines_of(next_steps: str) -> list[str]:
    """The steps of a text, each once; what is too short to be one is left out."""
    found = [step.strip() for step in split(r"[；;。\n]", next_steps)]
    return list(dict.fromkeys(step for step in found if len(step) >= SHARED_RUN))


def promises_of(next_steps: str, said: Mapping[str, Any]) -> list[Promise]:
    """Each step of last period's text with what is stored of it (`ReportVersion.step_answers`)."""
    found = []
    for line in lines_of(next_steps):
        stored = said.get(Promise(line).mark, {})
        found.append(Promise(line, stored.get("state", ""), stored.get("note", "")))
    return found
