"""The list before signing of one paper, as it reads now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.before_signing.acts import unanswered
from reports.before_signing.lines import DRAFTED_BEFORE, Line, lines_of
from reports.bulletins.drafting import newer_figures
from reports.models import Bulletin
from units.actors import Actor


def list_before_signing(bulletin: Bulletin, actor: Actor, today: date) -> list[Line]:
    """Of a paper that is not signed: its own faults, and what has changed since it was drafted."""
    _, changes = newer_figures(bulletin, actor, today)
    return lines_of(bulletin.figures, bulletin.kind, today, changes)


@dataclass(frozen=True)
class AnsweredLine:
    """A line with what was answered to it as it reads now."""

    line: Line
    said: Mapping[str, Any] | None


@dataclass(frozen=True)
class ListPage:
    rows: list[AnsweredLine]

    @property
    def left(self) -> int:
        return sum(row.said is None for row in self.rows)


def list_page(bulletin: Bulletin, actor: Actor, today: date) -> ListPage | None:
    """The list for the page: open to the office before it is signed; afterwards what was answered
    stands there as it was.
    """
    if not actor.is_office:
        return None
    held = bulletin.answers or {}
    if bulletin.is_editable:
        lines = list_before_signing(bulletin, actor, today)
        return ListPage([AnsweredLine(line, held.get(line.key)) for line in lines])
    return ListPage([AnsweredLine(_as_kept(said), said) for said in held.values()])


def _as_kept(said: Mapping[str, Any]) -> Line:
    return Line(said["name"], said["sentence"], tuple(said["members"]), ())


def why_not_answered(lines: list[Line], bulletin: Bulletin) -> str:
    """Why it cannot be signed; empty when every line has its answer."""
    left = unanswered(bulletin, lines)
    if any(line.name == DRAFTED_BEFORE for line in left):
        return left[0].sentence
    return f"签发前核对还有{len(left)}条没有答复，请逐条选择后再登记签发。" if left else ""


def why_not_issue(bulletin: Bulletin, today: date) -> str:
    """Why what is signed cannot be issued on `today`: a step has become no plan since then. What
    was signed before there was a list is issued as it was signed.
    """
    if "in_review" not in bulletin.figures:
        return ""
    left = unanswered(bulletin, lines_of(bulletin.figures, bulletin.kind, today))
    if not left:
        return ""
    return f"签发以后有新的情况（{left[0].sentence}），请撤回签发，答复后重新登记。"
