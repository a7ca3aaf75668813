"""定稿: the office freezes one judgement per item of a period. Leaders read what is frozen here.

What the office has not read yet (待审核) is counted apart and wants a written reason; a missing
report is judged with the last accepted figures at this period's date, marked 未报送 (design.md
section 4). What is accepted afterwards: `supplements`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from huangshi_tasks.lib import text
from progress.board.keeping import write
from progress.finalizing.permissions import can_override
from progress.finalizing.workflow import PERIODS
from progress.judging.freezing import row_to_freeze
from progress.judging.judge import Live, judge
from progress.lifecycle.by_office import set_override
from progress.lifecycle.held import settle
from progress.models import (
    Period,
    PeriodState,
    ProgressReport,
    ReportState,
    ReportVersion,
    TaskPeriod,
)
from progress.periods.owed import tasks_of
from tasks.models import Plan, Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import require

SHORTEST_REASON = 5
ASK_REASON = "请审完再定稿，或写明现在定稿的理由（不少于5个字）。"


def finalize(*, period: Period, actor: Actor, now: datetime, reason: str = "") -> Period:
    """Freeze every item of the period's cycle; a 通过 that is still held is carried out first.

    Raises `NotNow` while it is too early, or while filings wait for the office and no `reason` says
    why it does not wait for them.
    """
    reason = reason.strip()
    waited: dict[str, Any] = {}

    def stamp(locked: Period) -> Sequence[str]:
        if refusal := why_not(locked, now.date()):
            raise NotNow(refusal)
        settle(locked, now)
        waiting, tasks = waiting_in(locked), tasks_of(locked)
        if waiting:
            if len(reason) < SHORTEST_REASON:
                raise NotNow(f"督查室还有{len(waiting)}份没有审。{ASK_REASON}")
            waited["in_review"] = [str(report) for report in waiting]
            locked.finalize_reason = reason
        rows = rows_of(tasks, judge(tasks, locked), waiting, now)
        TaskPeriod.objects.bulk_create(rows)
        locked.finalized_at, locked.finalized_by = now, actor.user
        locked.finalized_by_name = actor.name
        return ("finalized_at", "finalized_by", "finalized_by_name", "finalize_reason")

    done = PERIODS.perform(
        "finalize", period, actor=actor, now=now, stamp=stamp, reason=reason, details=waited
    )
    # where it fails, whoever looks first writes it
    transaction.on_commit(partial(write_board, period.plan_id, now.date()), robust=True)
    return done


def write_board(plan: int, today: date) -> None:
    """So that whoever looks first need not wait for it."""
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
    return rows_of(tasks, judge(tasks, period), waiting_in(period), now)


def rows_of(
    tasks: Iterable[Task],
    judged: Mapping[int, Live],
    waiting: Iterable[ProgressReport],
    now: datetime,
) -> list[TaskPeriod]:
    """The same of judgements at hand; filings of co-leads and counties that wait are a mark."""
    rows = [row_to_freeze(task, judged[task.pk], now) for task in tasks]
    parts = Counter(each.task.pk for each in waiting if not each.is_main)
    for row in rows:
        row.parts_in_review = parts[row.task_id]
    return rows


def waiting_in(period: Period) -> list[ProgressReport]:
    """The filings of the period that wait for the office."""
    waiting = ProgressReport.objects.filter(period=period, state=ReportState.REVIEWING)
    return list(waiting.select_related("period", "responsibility__task").order_by("pk"))


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
