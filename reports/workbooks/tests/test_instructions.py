"""交办事项台账: its groups stand in the order of the page and of the cover."""

from __future__ import annotations

import pytest

from reports.papers.order_sheet import order_paper
from reports.workbooks.tests.test_workbooks import TODAY, opened
from tasks.models import Plan
from tests.cast import Cast, make_item
from tests.matters import make_instruction, sent_order

pytestmark = pytest.mark.django_db


def test_the_sources_stand_as_on_the_page(cast: Cast, plan: Plan) -> None:
    for source in ("coordination", "check", "written", "meeting", "written"):
        make_instruction(cast, plan, source=source)
    page = opened("instructions", plan, cast.office).worksheets[1]
    groups = [
        str(row[0]) for row in page.iter_rows(values_only=True) if str(row[0]).endswith("项）")
    ]
    assert groups == ["批示（2项）", "会议议定（1项）", "督查发现（1项）", "需协调（1项）"]


@pytest.mark.parametrize("title", ["道路改造滞后", "（示例）道路改造滞后"])
def test_a_sheet_of_a_sample_says_so_once(cast: Cast, plan: Plan, title: str) -> None:
    plan.is_sample = True
    plan.save()
    order = sent_order(cast, make_item(plan, cast), title=title)
    order.plan = plan
    (said,) = [
        row[1]
        for block in order_paper(order, TODAY).blocks
        for row in getattr(block, "rows", ())
        if row[0] == "督办事项"
    ]
    assert said.count("示例") == 1
