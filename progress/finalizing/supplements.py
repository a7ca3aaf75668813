"""补充定稿: what was 待审核 at 定稿 is judged again when the office accepts it afterwards, or gives
it back: until it comes in again nothing of it waits in the office.

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

READ = frozenset({"accept", "return_to_unit"})
CAME_IN = frozenset({"sign", "sign_offline", "send_unsigned"})


def judge_again(
    sender: Any, *, instance: ProgressReport, name: str, now: datetime, **rest: Any
) -> None:
    """Hears of every transition of a report, inside its transaction."""
    if name not in READ and (name not in CAME_IN or instance.accepted_version_id is not None):
        return
    if instance.is_main and instance.period.is_finalized:
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
            "台账、领导页和未签发的通报随之更新，已签发的不变。现在退回的，不再列为“待审核”，"
            "按以前通过的数据计入；开启补报、单位重报后再列。"
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
    judged = TaskPeriod.objects.filter(task=task, period=period).select_related("version")
    rows = list(judged.order_by("supplement"))
    if all(each.light != Light.IN_REVIEW for each in rows):
        return
    last = rows[-1]
    if last.version is not None and last.version.report_id == report.pk:
        return  # accepted once, it counts; a correction shows from the next 定稿 on
    task.plan = period.plan
    row = row_to_freeze(task, judge([task], period)[task.pk], now)
    row.supplement = last.supplement + 1
    row.parts_in_review = last.parts_in_review
    row.save()
    log.record(
        action="taskperiod.supplement",
        subject=row,
        summary=f"{period.label}补充定稿：{task.code}，{row.get_light_display()}",
        changes={"light": [last.light, row.light], "percent": [last.percent, row.percent]},
        now=now,
    )
    transaction.on_commit(partial(write_board, period.plan_id, now.date()), robust=True)
