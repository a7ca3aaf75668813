"""补充定稿: what was 待审核 at 定稿 and is accepted afterwards is judged a second time.

The newest stands on the board and in papers not yet signed; the first stays to be read, and what
was signed keeps what it printed (design.md section 4).
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from huangshi_tasks.lib.text import moment
from progress.finalizing.finalize import write_board
from progress.judging.freezing import row_to_freeze
from progress.judging.judge import judge
from progress.models import ProgressReport, TaskPeriod
from progress.states import Light
from units import log


def judge_again(
    sender: Any, *, instance: ProgressReport, name: str, now: datetime, **rest: Any
) -> None:
    """Hears of every transition of a report, inside its transaction."""
    if name == "accept" and instance.is_main and instance.period.is_finalized:
        _judge_again(instance, now)


def what_accepting_does(report: ProgressReport) -> str:
    """What 通过 changes after 定稿, in a sentence; empty before it."""
    period = report.period
    if not period.is_finalized or period.finalized_at is None:
        return ""
    at = moment(period.finalized_at)
    if report.is_main and _is_waiting(report):
        return (
            f"{period.label}已于{at}定稿，此项单列“待审核”。现在通过的，计入{period.label}补充定稿："
            "台账、领导页和未签发的通报随之更新，已签发的不变。"
        )
    if not report.is_main:
        return (
            f"{period.label}已于{at}定稿。现在通过的，数据用于此后的定稿和补充定稿，"
            f"{period.label}结果不变。"
        )
    return (
        f"{period.label}已于{at}定稿，此项已有结果。现在通过的，从下一次定稿起使用，"
        f"{period.label}结果不变。"
    )


def _is_waiting(report: ProgressReport) -> bool:
    of_period = TaskPeriod.objects.filter(task=report.task.pk, period=report.period.pk)
    lights = of_period.order_by("-supplement").values_list("light", flat=True)
    return lights.first() == Light.IN_REVIEW


def _judge_again(report: ProgressReport, now: datetime) -> None:
    period, task = report.period, report.task
    first = TaskPeriod.objects.filter(task=task, period=period).order_by("-supplement").first()
    if first is None or first.light != Light.IN_REVIEW:
        return
    task.plan = period.plan
    row = row_to_freeze(task, judge([task], period)[task.pk], now)
    row.supplement = first.supplement + 1
    row.parts_in_review = first.parts_in_review
    row.save()
    log.record(
        action="taskperiod.supplement",
        subject=row,
        summary=f"{period.label}补充定稿：{task.code}，{row.get_light_display()}",
        changes={"light": [first.light, row.light], "percent": [first.percent, row.percent]},
        now=now,
    )
    transaction.on_commit(partial(write_board, period.plan_id, now.date()), robust=True)
