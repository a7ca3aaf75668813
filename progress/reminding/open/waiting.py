"""What waits for somebody's next step: the unit after a return, its signer, the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from huangshi_tasks.lib import text
from huangshi_tasks.lib.clock import SHANGHAI
from progress.models import Decision, Period, ProgressReport, ReportState, ReportVersion
from progress.reminding.case import PEOPLE_OF_OFFICE, PEOPLE_OF_UNITS, Case
from progress.reminding.ladder import RETURNED, REVIEW, SIGNER, SIGNING, Ladder
from tasks.models import Plan

ONLY_SIGNERS = frozenset({SIGNER})


def cases(plan: Plan, periods: list[Period], ladders: dict[str, Ladder]) -> Iterator[Case]:
    """Of the periods that are not finalized."""
    waiting = (ReportState.RETURNED, ReportState.SIGNING, ReportState.REVIEWING)
    reports = ProgressReport.objects.filter(period__in=periods, state__in=waiting)
    reports = reports.select_related("period", "responsibility__unit", "responsibility__task")
    newest = _newest_versions(reports)
    sent: Counter[tuple[Period, date]] = Counter()
    for report in reports:
        version = newest[report.pk]
        if report.state == ReportState.RETURNED:
            yield from _returned(plan, report, version, ladders[RETURNED])
        elif report.state == ReportState.SIGNING and version.submitted_at is not None:
            yield _unsigned(plan, report, version, ladders[SIGNING])
        elif version.signed_at is not None:
            sent[report.period, _day(version.signed_at)] += 1
    for (period, day), count in sent.items():
        yield _unreviewed(plan, period, day, count, ladders[REVIEW])


def _newest_versions(reports: QuerySet[ProgressReport]) -> dict[int, ReportVersion]:
    """Report id → what is being decided on; of a returned one the version that came back."""
    versions = ReportVersion.objects.filter(report__in=reports).order_by("number")
    found: dict[int, ReportVersion] = {}
    for version in versions:
        is_answer = version.report_id in found and version.submitted_at is None
        if not is_answer or not found[version.report_id].decision:
            found[version.report_id] = version
    return found


def _returned(
    plan: Plan, report: ProgressReport, version: ReportVersion, ladder: Ladder
) -> Iterator[Case]:
    if version.decision != Decision.RETURNED or version.decided_at is None:
        return
    due = f"，重报期限{text.day(report.return_due_on)}" if report.return_due_on else ""
    sentence = f"{report.task}：{report.period.label}进展已退回，尚未重新报送{due}。"
    yield Case(
        subject=f"report:{report.pk}",
        prefix=f"returned:{version.number}",
        ladder=ladder,
        base=_day(version.decided_at),
        says=lambda today: sentence,
        link=reverse("progress:report", args=[plan.slug, report.pk]),
        roles=PEOPLE_OF_UNITS,
        unit=report.unit,
        report=report,
        task=report.task,
    )


def _unsigned(plan: Plan, report: ProgressReport, version: ReportVersion, ladder: Ladder) -> Case:
    assert version.submitted_at is not None
    day = _day(version.submitted_at)
    sentence = f"{report.task}：{report.period.label}进展{text.day(day)}送审签，请审签。"
    return Case(
        subject=f"report:{report.pk}",
        prefix=f"signing:{version.number}",
        ladder=ladder,
        base=day,
        says=lambda today: sentence,
        link=reverse("progress:signing_report", args=[plan.slug, report.pk]),
        roles=ONLY_SIGNERS,
        unit=report.unit,
        report=report,
        task=report.task,
    )


def _unreviewed(plan: Plan, period: Period, day: date, count: int, ladder: Ladder) -> Case:
    sentence = f"{text.day(day)}报送的{period.label}进展还有{count}项未审核，请审核。"
    return Case(
        subject=f"review:{period.pk}:{day:%Y%m%d}",
        ladder=ladder,
        base=day,
        says=lambda today: sentence,
        link=reverse("progress:review", args=[plan.slug]),
        roles=PEOPLE_OF_OFFICE,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
