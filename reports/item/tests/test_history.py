"""How a moved responsibility reads on the item's page."""

from __future__ import annotations

from datetime import date

import pytest

from progress.adjustments.acts import register_adjustment, request_adjustment
from reports.item.history import decisions_of
from tests.cast import Cast, at, make_item, make_plan
from units.files.approvals import new_approval

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


def test_a_moved_lead_is_told_with_its_old_and_new_names() -> None:
    cast = Cast()
    task = make_item(make_plan(), cast)
    detail = {"leaving": cast.lead.pk, "unit": cast.co_lead.pk, "role": "lead"}
    asked = request_adjustment(
        task=task,
        kind="responsibility",
        reason="示例：机构改革。",
        starts_on=date(2022, 8, 1),
        detail={**detail, "becomes_primary": True},
        actor=cast.office,
        now=NOW,
    )
    approval = new_approval(
        decided_by="市政府常务会议",
        decided_on=date(2022, 7, 29),
        authority="示例纪要",
        actor=cast.office,
        now=NOW,
    )
    done = register_adjustment(adjustment=asked, approval=approval, actor=cast.office, now=NOW)
    (told,) = decisions_of(task, [done], [], cast.leader)
    words = "牵头单位由市住建局（汇总牵头）改为市城管委（汇总牵头）"
    assert told.what == f"{words}，自2022年8月1日起"
