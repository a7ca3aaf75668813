"""来源和口径 are typed once, by who reports the figure, and changed by the office."""

from __future__ import annotations

import pytest

from tasks.models import Task
from tests.cast import Cast, accept_report, at, report_of
from tests.pages import browser, text_of
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

TYPED = {"data_source": "示例台账", "definition": "验收后计入。", "remark": ""}
SAID = "来源：示例台账；口径：验收后计入"


def save(cast: Cast, task: Task, by: str, **typed: str) -> int:
    number = task.indicators.get()
    address = f"/2022/figures/{task.pk}/save/"
    sent = {"indicator": str(number.pk), **TYPED, **typed}
    return browser(getattr(cast, by)).post(address, sent).status_code


def test_the_reporting_unit_states_it_once_and_the_office_changes_it(
    cast: Cast, task: Task
) -> None:
    assert save(cast, task, "supporter") == 403
    assert save(cast, task, "reporter", definition="") == 409
    assert save(cast, task, "reporter") == 302
    assert task.indicators.get().stated == SAID
    assert save(cast, task, "reporter", data_source="另一台账") == 403
    assert save(cast, task, "office", data_source="统计月报") == 302
    assert task.indicators.get().stated.startswith("来源：统计月报")
    assert LogEntry.objects.filter(action="indicator.state").count() == 2


def test_the_item_shows_what_its_figure_rests_on(cast: Cast, task: Task) -> None:
    page = text_of(browser(cast.leader).get("/2022/tasks/1/"))
    assert "尚未填写" in page
    assert "本年未核查" in page
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    save(cast, task, "reporter")
    page = text_of(browser(cast.leader).get("/2022/tasks/1/"))
    assert SAID in page
    assert f"{cast.signer.name}审签，7月4日" in page
