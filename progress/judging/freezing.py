"""A judgement at hand as the row that 定稿 keeps; writes nothing (`TaskPeriod`)."""

from __future__ import annotations

from datetime import datetime

from progress.judging.judge import Live
from progress.lights.facts import MARK_CORRECTED, MARK_IN_REVIEW, MARK_MISSING
from progress.lights.light import Judgement
from progress.models import TaskPeriod
from progress.states import Light
from tasks.models import Task

REASON_LENGTH = 300


def row_to_freeze(task: Task, live: Live, now: datetime) -> TaskPeriod:
    """The row of an item, not saved. What is 待审核 keeps its computed light, and is counted by
    none: the delay is the office's.
    """
    judgement, version = live.judgement, live.version
    light, override_reason = _light_in_force(live)
    return TaskPeriod(
        task=task,
        period=live.period,
        version=version,
        light=light,
        computed_light=judgement.light,
        override_reason=override_reason,
        percent=judgement.percent,
        expected=judgement.expected,
        expected_basis=judgement.basis,
        gap=judgement.gap,
        lowest_name=judgement.lowest.name if judgement.lowest else "",
        lowest_percent=judgement.lowest.percent if judgement.lowest else None,
        reason=_fitting(judgement),
        unit_reason=version.light_reason if version else "",
        digest=version.digest if version else "",
        next_digest=version.next_digest if version else "",
        problems=version.problems if version else "",
        is_missing=MARK_MISSING in judgement.marks,
        is_in_review=MARK_IN_REVIEW in judgement.marks,
        is_corrected=MARK_CORRECTED in judgement.marks,
        frozen_at=now,
    )


def _light_in_force(live: Live) -> tuple[str, str]:
    """The computed light, or the office's own; an override holds for its own period only."""
    if MARK_IN_REVIEW in live.judgement.marks:
        return str(Light.IN_REVIEW), ""
    version = live.version
    if version is None or not version.override_light:
        return str(live.judgement.light), ""
    if version.report.period_id != live.period.pk:
        return str(live.judgement.light), ""
    return version.override_light, version.override_reason


def _fitting(judgement: Judgement) -> str:
    """The reason, cut where an item has more rates than the column has room for."""
    reason = judgement.reason_in_words
    return reason if len(reason) <= REASON_LENGTH else f"{reason[: REASON_LENGTH - 1]}…"
