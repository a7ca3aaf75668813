"""An item as the tests of its page want it: figures, decisions, half a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from progress.models import (
    EvidenceKind,
    Period,
    ReportVersion,
)
from reports.tests.factories import freeze, make_post
from tasks.models import Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    attach,
    fill,
    make_indicator,
    make_item,
    make_milestone,
    make_responsibility,
    make_share,
    report_of,
)
from tests.decisions import adjusted

ADDRESS, JUNE, JULY = "/2022/tasks/1/", "2022-06", "2022-07"
SHOWN = {
    JUNE: at("2022-07-04"),
    JULY: at("2022-08-02"),
}


def finalize_before_july(plan: Plan) -> None:
    before = Period.objects.filter(plan=plan, data_as_of__lte=date(2022, 6, 30))
    before.update(state="finalized")


def accepted(task: Task, cast: Cast, km: int, code: str = JUNE) -> ReportVersion:
    accept_report(cast, report_of(task, cast.lead, code), SHOWN[code], km)
    version = report_of(task, cast.lead, code).accepted_version
    assert version is not None
    return version


def frozen_june(plan: Plan, cast: Cast, **fields: Any) -> Task:
    """Item 1, June accepted with 150 of 300 km and finalized."""
    task = make_item(plan, cast)
    version = accepted(task, cast, 150)
    freeze(task, percent=50, version=version, digest="全线推进。", **fields)
    finalize_before_july(plan)
    return task


def part(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end, text.index(start))]


def decide(task: Task, cast: Cast, kind: str, detail: dict[str, object]) -> None:
    adjusted(
        cast,
        task,
        kind,
        date(2022, 5, 20),
        detail=detail,
        by=cast.reporter,
        decided_on=date(2022, 5, 18),
        now=at("2022-05-20"),
    )


def make_heavy(plan: Plan, cast: Cast) -> Task:
    """An item with everything, and half a year of it."""
    task = make_item(plan, cast)
    primary = task.responsibilities.get(is_primary=True)
    make_indicator(task, primary, name="新建桥梁")
    make_milestone(task, primary, date(2022, 9, 1))
    make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    make_responsibility(task, cast.county, "support", ordinal=3)
    make_post("分管城建副市长", cast.lead)
    for indicator in task.indicators.all():
        make_share(indicator, cast.county, 150)
    decide(task, cast, "extension", {"due_on": "2023-06-30"})
    for month in range(2, 7):
        report_of(task, cast.lead, f"2022-0{month}")
        freeze(task, code=f"2022-0{month}", percent=40)
    report = report_of(task, cast.lead, JULY)
    fill(report, cast.reporter, at("2022-08-02"), 200)
    attach(report, cast.reporter, at("2022-08-02"), EvidenceKind.EVIDENCE)
    finalize_before_july(plan)
    return task
