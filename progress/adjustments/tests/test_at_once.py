"""登记调整 in one step, beside what holds now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from huangshi_tasks.lib import clock
from progress.models import Adjustment, DecisionState
from tasks.models import Plan
from tests.cast import Cast, make_item
from tests.pages import browser

pytestmark = pytest.mark.django_db
ADDRESS = "/2022/tasks/17/adjust/extension/register/"
DECIDED = {
    "due_on": "2023-03-31",
    "starts_on": "2022-08-03",
    "reason": "示例：等待上级规划。",
    "decided_by": "市政府常务会议",
    "decided_on": "2022-07-29",
    "authority": "示例纪要第8号",
}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


def test_one_form_asks_and_registers_and_shows_what_holds_now(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast, 17)
    client = browser(cast.office)
    assert "完成时限2022年12月31日" in client.get(ADDRESS).content.decode()
    response = client.post(ADDRESS, DECIDED)
    made = Adjustment.objects.get(task=task)
    assert response["Location"] == f"/2022/adjustments/{made.pk}/"
    assert made.state == DecisionState.REGISTERED
    assert made.before == {"due_on": "2022-12-31"}
    assert "完成时限2023年3月31日" in client.get(ADDRESS).content.decode()


def test_what_is_wrong_comes_back_and_nothing_is_left_behind(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast, 17)
    client = browser(cast.office)
    for wrong in ({"due_on": "2022-08-01"}, {"authority": ""}, {"reason": ""}):
        response = client.post(ADDRESS, DECIDED | wrong)
        assert response.status_code == 409
        assert "市政府常务会议" in response.content.decode()
    assert not Adjustment.objects.exists()


def test_the_list_leads_there_by_the_number_of_an_item(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast, 17)
    client = browser(cast.office)
    found = client.get("/2022/adjustments/?item=重点17&what=extension")
    assert found["Location"] == ADDRESS
    missing = client.get("/2022/adjustments/?item=99&what=extension")
    assert "没有找到“99”" in missing.content.decode()
