"""定稿: the office freezes one judgement per item of a period. Leaders read what is frozen here.

Items in review keep their last accepted figures, marked 待审核; a missing report is judged with the
last accepted figures at this period's date, marked 未报送 (design.md section 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from huangshi_tasks.lib import text
from progress.board.keeping import write
from progress.finalizing.permissions import can_override
from progress.finalizing.workflow import PERIODS
from progress.judging.judge import Live, judge
from progress.lifecycle.by_office import set_override
from progress.lifecycle.held import settle
from progress.lights.facts import MARK_CORRECTED, MARK_IN_REVIEW, MARK_MISSING
from progress.lights.light import Judgement
from progress.models import Period, PeriodState, ProgressReport, ReportVersion, TaskPeriod
from progress.periods.owed import tasks_of
from tasks.models import Plan, Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import require

REASON_LENGTH = 300


def finalize(*, period: Period, actor: Actor, now: datetime) -> Period:
    """Freeze every item of the period's cycle; a 通过 that is still held is carried out first.

    Raises `NotNow` while it is too early.
    """

    def stamp(locked: Period) -> Sequence[str]:
        if reason := why_not(locked, now.date()):
            raise NotNow(reason)
        settle(locked, now)
        TaskPeriod.objects.bulk_create(rows_to_freeze(locked, now))
        locked.finalized_at, locked.finalized_by = now, actor.user
        locked.finalized_by_name = actor.name
        return ("finalized_at", "finalized_by", "finalized_by_name")

    done = PERIODS.perform("finalize", period, actor=actor, now=now, stamp=stamp)
    # so that whoever looks first need not wait for it; where it fails, their visit writes it
    transaction.on_commit(partial(_write_board, period.plan_id, now.date()), robust=True)
    return done


def _write_board(plan: int, today: date) -> None:
    write(Plan.objects.get(pk=plan), today)


def why_not(period: Period, today: date) -> str:
    """Why the period cannot be finalized on `today`; empty when it can."""
    if period.is_finalized:
        return f"{period.label}已定稿。"
    if period.is_before:
        return f"{period.label}在启用前，没有单位需要报送，不定稿。"
    if today < period.closes_on:
        return f"{period.label}进展报送{text.day(period.closes_on)}关闭，自当日起可以定稿。"
    earlier = Period.objects.filter(
        plan=period.plan_id,
        cycle=period.cycle,
        data_as_of__lt=period.data_as_of,
        state=PeriodState.COLLECTING,
    )
    first = earlier.order_by("data_as_of").first()
    # the rule of two periods running needs the one before
    return f"请先对{first.label}定稿。" if first is not None else ""


def rows_to_freeze(period: Period, now: datetime) -> list[TaskPeriod]:
    """The rows that 定稿 would write, not saved: the preview that the office sees before it."""
    tasks = tasks_of(period)
    judged = judge(tasks, period)
    return [row_to_freeze(task, judged[task.pk], now) for task in tasks]


def latest_frozen(plan: Plan) -> QuerySet[TaskPeriod]:
    """Per item its newest 定稿, with item and period at hand. An item without any is left out."""
    frozen = TaskPeriod.objects.latest_of(plan)
    return frozen.select_related("period", "task__plan", "task__area", "task__theme", "version")


def override_light(
    *, report: ProgressReport, light: str, reason: str, actor: Actor, now: datetime
) -> ReportVersion:
    """Set, or clear with "", the office's own light on an accepted report, before 定稿."""
    require(can_override(actor, report))
    version = report.accepted_version
    if version is None:
        raise NotNow("进展通过审核后才能调整状态。")
    if report.period.is_finalized:
        raise NotNow(f"{report.period.label}已定稿，状态不再调整。")
    before = version.override_light
    set_override(version, light, reason)
    version.save(update_fields=["override_light", "override_reason"])
    log.record(
        actor=actor,
        action="progressreport.override_light",
        subject=report,
        summary=f"认定状态：{report}",
        changes={"override_light": [before, light]},
        reason=reason,
        now=now,
    )
    return version


def row_to_freeze(task: Task, live: Live, now: datetime) -> TaskPeriod:
    """One of them, out of a judgement at hand; not saved."""
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
