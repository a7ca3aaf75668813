"""Who may work on a draft."""

from __future__ import annotations

from tasks.models import NoticeDraft
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, can_run_the_year, denied


def can_decide(actor: Actor, draft: NoticeDraft) -> Verdict:
    """启用, 并入 and 废弃: the office; whether it is still open is the table's to say."""
    return can_run_the_year(actor)


def can_correct(actor: Actor, draft: NoticeDraft) -> Verdict:
    """The office, while the draft is open."""
    verdict = can_run_the_year(actor)
    if not verdict:
        return verdict
    if not draft.is_open:
        return denied(f"这份草稿{draft.get_state_display()}，不能再更正。")
    return ALLOWED
