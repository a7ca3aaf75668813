"""How a moved responsibility reads on the item's page."""

from __future__ import annotations

from datetime import date

import pytest

from reports.item.history import decisions_of
from tests.cast import Cast, at, make_item, make_plan
from tests.decisions import adjusted

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


def test_a_moved_lead_is_told_with_its_old_and_new_names() -> None:
    cast = Cast()
    task = make_item(make_plan(), cast)
    detail = {"leaving": cast.lead.pk, "unit": cast.co_lead.pk, "role": "lead"}
    detail |= {"becomes_primary": True}
    done = adjusted(cast, task, "responsibility", date(2022, 8, 1), detail=detail)
    (told,) = decisions_of(task, [done], [], cast.leader)
    words = "牵头单位由市住建局（汇总牵头）改为市城管委（汇总牵头）"
    assert told.what == f"{words}，自2022年8月1日起"


def test_the_first_lead_of_an_item_that_was_set_aside_replaces_nobody() -> None:
    cast = Cast()
    task = make_item(make_plan(), cast)
    detail = {"leaving": cast.lead.pk, "unit": cast.co_lead.pk, "role": "lead"}
    detail |= {"becomes_primary": True}
    done = adjusted(cast, task, "responsibility", date(2022, 8, 1), detail=detail)
    done.before = {**done.before, "held": []}
    (told,) = decisions_of(task, [done], [], cast.leader)
    assert told.what == "明确牵头单位为市城管委（汇总牵头），自2022年8月1日起"
