"""What the office types into 审核, for the tests of its page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from progress.lifecycle import by_office
from progress.models import ProgressReport
from tasks.models import Plan
from tests.cast import Cast, at, file_report, make_item, report_of

DIGEST = "示例：改造道路180公里。"
VERIFIED = "示例：改造道路178.5公里。"  # as 核定数 178.5 has it: nothing is asked about it


WHY = "示例：征地未完成的路段不计。"


def url(report: ProgressReport, name: str = "review_report") -> str:
    return reverse(f"progress:{name}", args=[report.period.plan.slug, report.pk])


def seen(report: ProgressReport) -> str:
    version = report.latest()
    assert version is not None
    return str(version.pk)


def posted(report: ProgressReport, **more: Any) -> dict[str, Any]:
    return {"version": seen(report), "digest": DIGEST, "next_digest": "", **more}


def figure(report: ProgressReport) -> str:
    return f"{report.task.indicators.get().pk}:"


def another(cast: Cast, plan: Plan, number: int, sent_at: Any) -> ProgressReport:
    report = report_of(make_item(plan, cast, number), cast.lead)
    return file_report(cast, report, sent_at, 180)


def accepted_by_the_head(cast: Cast, july: ProgressReport) -> None:
    by_office.accept(report=july, actor=cast.office_head, now=at("2022-08-03", "09:30:00"))


def returned_by_the_head(cast: Cast, july: ProgressReport) -> None:
    now = at("2022-08-03", "09:30:00")
    by_office.return_to_unit(report=july, actor=cast.office_head, now=now, reason="示例：缺材料。")
