"""Why a matter is not urged: a whole sentence that names it, or nothing when it may be."""

from __future__ import annotations

from datetime import date

from huangshi_tasks.lib import text
from progress.lifecycle.permissions import window
from progress.models import Instruction, ProgressReport, ReportState, SupervisionOrder
from tasks.models import Plan

Subject = ProgressReport | Instruction | SupervisionOrder


def name_of(subject: Subject) -> str:
    """重点工作第49项6月进展; 批示〔2022〕3号."""
    return str(subject) if isinstance(subject, ProgressReport) else subject.code


def plan_of(subject: Subject) -> Plan:
    """The year to which it belongs."""
    return subject.task.plan if isinstance(subject, ProgressReport) else subject.plan


def why_not(subject: Subject, today: date, *, is_urged: bool) -> str:
    """Empty when it may be urged today."""
    name = name_of(subject)
    if isinstance(subject, ProgressReport):
        reason = _why_not_report(subject, today)
    elif not subject.is_with_unit:
        reason = f"当前为“{subject.get_state_display()}”，不再催办。"
    elif today <= subject.answer_due_on:
        reason = f"{text.day(subject.answer_due_on)}24时到期，到期后方可催办。"
    else:
        reason = ""
    if not reason and is_urged:
        reason = "今天已催办过，不再重复催办。"
    return f"{name}{reason}" if reason else ""


def _why_not_report(report: ProgressReport, today: date) -> str:
    if report.state == ReportState.ACCEPTED:
        return "已审核通过，不再催办。"
    if report.state == ReportState.REVIEWING:
        return "已报送，正在审核，不再催办。"
    due_on = report.due_on
    if report.first_left_at is not None:  # sent back, or opened for a correction
        if report.return_due_on is None:
            return "已报送，正在更正，不再催办。"
        due_on = report.return_due_on
    if report.reopened_until is not None and today <= report.reopened_until:
        due_on = report.reopened_until
    if today <= due_on:
        return f"{text.day(due_on)}24时截止，截止后方可催办。"
    closed = window(report, today)
    return "" if closed else f"不能催办：{closed.reason}"
