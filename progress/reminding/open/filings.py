"""进展报送: what has not left its unit, and for the office whom to telephone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.urls import reverse

from huangshi_tasks.lib import text
from huangshi_tasks.lib.workdays import Overrides, workdays_between
from progress.models import Period, ProgressReport, ReportState
from progress.periods.owed import owed
from progress.reminding.case import PEOPLE_OF_OFFICE, Case
from progress.reminding.ladder import FILING, Ladder
from tasks.models import Plan

UNFILED = (ReportState.DRAFT, ReportState.RETURNED, ReportState.SIGNING)


def cases(
    plan: Plan,
    periods: list[Period],
    ladders: dict[str, Ladder],
    today: date,
    overrides: Overrides,
) -> Iterator[Case]:
    """Of the opened periods. What the office returned has a ladder of its own, not this one."""
    for period in periods:
        unfiled = list(owed(period).filter(state__in=UNFILED, first_left_at=None))
        for report in unfiled:
            yield _of_unit(plan, period, report, ladders[FILING], overrides)
        late = [report for report in unfiled if report.due_on < today]
        if late:
            yield _of_office(plan, period, late, ladders[FILING])


def _of_unit(
    plan: Plan, period: Period, report: ProgressReport, ladder: Ladder, overrides: Overrides
) -> Case:
    return Case(
        subject=f"report:{report.pk}",
        ladder=ladder,
        opens_on=period.opens_on,
        base=report.due_on,
        says=partial(_sentence, report, period, overrides),
        link=reverse("progress:report", args=[plan.slug, report.pk]),
        unit=report.unit,
        report=report,
        task=report.task,
    )


def _sentence(report: ProgressReport, period: Period, overrides: Overrides, today: date) -> str:
    return f"{report.task}：{period.label}进展{_urgency(report.due_on, today, overrides)}"


def _urgency(due_on: date, today: date, overrides: Overrides) -> str:
    if due_on < today:
        return f"未按时报送（{text.day(due_on)}截止），请尽快报送。"
    if due_on == today:
        return "今天24时截止，尚未报送。"
    left = workdays_between(today, due_on, overrides)
    return f"{text.day(due_on)}24时截止，还剩{left}个工作日，尚未报送。"


def _of_office(plan: Plan, period: Period, late: list[ProgressReport], ladder: Ladder) -> Case:
    units = {report.responsibility.unit_id for report in late}
    sentence = f"{period.label}进展仍有{len(units)}个单位{len(late)}份未报送，请电话催报。"
    return Case(
        subject=f"period:{period.pk}",
        ladder=ladder,
        roles=PEOPLE_OF_OFFICE,
        opens_on=period.opens_on,
        base=period.due_on,
        says=lambda today: sentence,
        link=reverse("progress:period", args=[plan.slug, period.pk]),
    )
