"""Saving 本期数据一页填: report by report, so that trouble with one holds no other back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from progress import drafts
from progress.numbers_page import Block, blocks_of
from tasks.models import Plan
from units.actors import Actor
from units.errors import NotNow


def save_all(
    plan: Plan, actor: Actor, today: date, now: datetime, data: Any
) -> tuple[int, list[Block]]:
    """How many reports changed, and the page again where something could not be saved."""
    posted = blocks_of(plan, actor, today, data)
    changed = sum(_save(block, actor, now, data) for block in posted)
    if not any(block.has_trouble for block in posted):
        return changed, []
    fresh = {block.report.pk: block for block in blocks_of(plan, actor, today)}
    return changed, [_again(block, fresh.get(block.report.pk)) for block in posted]


def _save(block: Block, actor: Actor, now: datetime, data: Any) -> bool:
    """Save one report; what stands in the way is kept on the block."""
    block.base = data.get(block.form.add_prefix("base"), "")
    values = block.form.values()
    if not values:
        return False
    try:
        saved = drafts.save_draft(
            report=block.report, actor=actor, now=now, values=values, base=block.base
        )
    except NotNow as problem:
        block.problem = str(problem)
        return False
    block.conflicts = {conflict.key: conflict for conflict in saved.conflicts}
    return bool(saved.changed)


def _again(posted: Block, fresh: Block | None) -> Block:
    """The block as it stands now, with what was typed and not saved."""
    if fresh is None or posted.problem:
        return posted
    unread = set(posted.form.errors)
    keep = unread | set(posted.conflicts)
    fresh.form = fresh.form.shown_again(posted.form, keep)
    fresh.base = drafts.rebased(fresh.version, posted.base, unread)
    fresh.conflicts = posted.conflicts
    return fresh


def troubles_of(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """What was not saved, each with the report it belongs to, for the top of the page."""
    found = [(block, block.problem) for block in blocks if block.problem]
    for block in blocks:
        for key, errors in block.form.errors.items():
            found.append((block, f"{block.form.fields[key].label}：{errors[0]}"))
        for key, conflict in block.conflicts.items():
            label = block.form.fields[key].label
            found.append((block, f"{label}：{conflict.their_name}同时改过，核对后再次保存"))
    return found
