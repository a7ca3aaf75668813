"""The desk of 市住建局 in every state, for the tests of its page."""

from __future__ import annotations

import re

from progress.lifecycle import by_office, by_unit
from progress.models import Period, ProgressReport
from tasks.models import Plan
from tests.cast import Cast, accept_report, at, file_report, fill, make_item, report_of

ADDRESS = "/2022/desk/"
REPORTS = f"{ADDRESS}?kind=report"


JUNE = "2022-06"


NOW = at("2022-08-02")


ROW = re.compile(r'<li class="td-.*?</li>', re.DOTALL)


def set_june(state: str) -> None:
    Period.objects.filter(code=JUNE).update(state=state)


def rows_of(page: str) -> list[str]:
    """The words of each row of the list, without white space."""
    return [re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", row)) for row in ROW.findall(page)]


def july(plan: Plan, cast: Cast, number: int) -> ProgressReport:
    return report_of(make_item(plan, cast, number), cast.lead)


def return_it(report: ProgressReport, cast: Cast) -> ProgressReport:
    sent = file_report(cast, report, at("2022-08-01"), 200)
    return by_office.return_to_unit(
        report=sent, actor=cast.office, now=at("2022-08-02", "16:20:00"), reason="请补充现场照片。"
    )


def make_every_state(plan: Plan, cast: Cast) -> None:
    """待填报, 草稿, 待审签, 退回, 待审核 and 已通过, in the order of items 1 to 6."""
    july(plan, cast, 1)
    fill(july(plan, cast, 2), cast.reporter, NOW, 180, next_steps="")
    signing = july(plan, cast, 3)
    fill(signing, cast.reporter, NOW, 200)
    by_unit.submit(report=signing, actor=cast.reporter, now=NOW)
    return_it(july(plan, cast, 4), cast)
    file_report(cast, july(plan, cast, 5), NOW, 200)
    accept_report(cast, july(plan, cast, 6), NOW, 200)
