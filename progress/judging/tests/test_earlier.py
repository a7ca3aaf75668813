"""What a unit last had accepted on an item, also when the lead changed during the year."""

from __future__ import annotations

from datetime import date

import pytest

from progress.checking.look import examine
from progress.lifecycle import by_office, by_unit
from progress.models import ProgressReport, ReportVersion
from tasks.models import Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    fill,
    make_indicator,
    make_responsibility,
    make_task,
    report_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_over(cast: Cast, plan: Plan) -> Task:
    """市住建局 led until 31 May; since June it is a co-lead of another unit."""
    task = make_task(plan)
    ended = date(2022, 5, 31)
    first = make_responsibility(task, cast.lead, is_primary=True, ends_on=ended)
    make_indicator(task, first)
    may = report_of(task, cast.lead, "2022-05")
    accept_report(cast, may, at("2022-06-02"), 120, progress="示例：五月牵头推进。")
    june = date(2022, 6, 1)
    make_responsibility(task, cast.co_lead, is_primary=True, starts_on=june)
    make_responsibility(task, cast.lead, starts_on=june)
    return task


def accepted(cast: Cast, report: ProgressReport, text: str) -> ProgressReport:
    fill(report, cast.reporter, at("2022-07-04"), progress=text)
    by_unit.submit(report=report, actor=cast.reporter, now=at("2022-07-04"))
    by_unit.sign(report=report, actor=cast.signer, now=at("2022-07-04"))
    return by_office.accept(report=report, actor=cast.office, now=at("2022-07-05"))


def draft(cast: Cast, task: Task) -> ReportVersion:
    fill(report_of(task, cast.lead), cast.reporter, at("2022-08-02"), progress="示例：七月。")
    return ReportVersion.objects.get(
        report__responsibility__task=task,
        report__responsibility__unit=cast.lead,
        report__period__code="2022-07",
    )


def test_a_former_lead_is_held_against_what_it_filed_since(cast: Cast, handed_over: Task) -> None:
    report_of(handed_over, cast.co_lead, "2022-06")
    accepted(cast, report_of(handed_over, cast.lead, "2022-06"), "示例：六月配合推进。")
    previous = examine(draft(cast, handed_over)).previous
    assert previous is not None
    assert previous.progress == "示例：六月配合推进。"


def test_a_former_lead_that_filed_nothing_since_is_held_against_its_last(
    cast: Cast, handed_over: Task
) -> None:
    report_of(handed_over, cast.co_lead, "2022-06")
    previous = examine(draft(cast, handed_over)).previous
    assert previous is not None
    assert previous.progress == "示例：五月牵头推进。"
