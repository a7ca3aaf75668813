"""我的工作台: items, punctuality, who it is for, and what a year costs."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from progress.models import ProgressReport
from progress.periods.opening import open_due_periods
from reports.desk.tests.desks import ADDRESS, JUNE, NOW, july, make_every_state, set_june
from reports.tests.factories import freeze
from reports.tests.reading import page_of, text_of
from tasks.models import Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    file_report,
    fill,
    make_indicator,
    make_item,
    make_responsibility,
    report_of,
)
from tests.pages import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_is_final")]


def test_the_second_line_counts_by_role(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast, 1)
    other = make_item(plan, cast, 2)
    other.responsibilities.filter(is_primary=True).update(unit=cast.stranger)
    make_responsibility(other, cast.lead, "lead", ordinal=2)
    make_item(plan, cast, 1, kind="practical_project")
    helped = make_item(plan, cast, 3)
    helped.responsibilities.filter(is_primary=True).update(unit=cast.stranger)
    make_responsibility(helped, cast.lead, "support", ordinal=2)
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert (
        "牵头2项（其中首位牵头1项），十件实事1件（其中首位责任1件），配合1项（其中通知点名0项）"
    ) in text


def test_items_that_are_behind_come_first(cast: Cast, plan: Plan) -> None:
    for number, light in ((1, "on_pace"), (2, "slow"), (3, "late"), (4, "not_started")):
        freeze(make_item(plan, cast, number), light, percent=40)
    text = text_of(page_of(cast.reporter, ADDRESS))
    own = text[text.index("本单位承担的任务") :]
    assert re.findall(r"道路改造(\d)", own)[:4] == ["3", "2", "4", "1"]
    assert "6月定稿情况本单位4项正常推进1进度偏慢1滞后1未启动1" in text


def test_punctuality_names_what_came_too_late(cast: Cast, plan: Plan) -> None:
    set_june("collecting")
    tasks = [make_item(plan, cast, number) for number in (1, 2, 3)]
    for task, day in zip(tasks, ("2022-07-05", "2022-07-06", "2022-07-08"), strict=True):
        file_report(cast, report_of(task, cast.lead, JUNE), at(day, "23:59:59"), 150)
    set_june("finalized")
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "按时报送按数据截至，%6月7月33报送中6月2份未按时报送（迟报1至3天）。" in text
    ProgressReport.objects.filter(period__code=JUNE, responsibility__task=tasks[2]).update(
        first_left_at=None, state="draft"
    )
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "6月7月33报送中6月2份未按时报送（1份未报送，均迟报1天）。" in text


def test_an_empty_desk_says_when_the_next_filing_begins(cast: Cast, plan: Plan) -> None:
    accept_report(cast, july(plan, cast, 1), NOW, 200)
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "没有待办事项" in text
    assert "下次报送：8月进展8月25日至9月5日。" in text


def test_a_unit_sees_nothing_of_others(cast: Cast, plan: Plan) -> None:
    make_every_state(plan, cast)
    for actor in (cast.stranger_reporter, cast.supporter):
        text = text_of(page_of(actor, ADDRESS))
        assert "待办0项" in text
        assert "退回" not in text.replace("退回重报不影响按时", "")


@pytest.mark.parametrize("who", ["office", "leader", "observer"])
def test_the_desk_is_for_units(who: str, cast: Cast, plan: Plan) -> None:
    response = browser(getattr(cast, who)).get(ADDRESS)
    assert response.status_code == 403
    assert "我的工作台供各单位联络员和负责人使用。" in response.content.decode()


def fill_the_year(plan: Plan, cast: Cast, count: int) -> None:
    for number in range(1, count + 1):
        task = make_item(plan, cast, number)
        make_indicator(task, task.responsibilities.get(is_primary=True), name="新建桥梁")
        freeze(task, "slow", percent=40)
    open_due_periods(plan, date(2022, 8, 3))
    for report in ProgressReport.objects.filter(period__code="2022-07")[:20]:
        fill(report, cast.reporter, NOW)


@pytest.mark.parametrize("who", ["reporter", "signer", "supporter"])
def test_a_full_year_costs_no_more_than_25_queries(
    who: str, cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill_the_year(plan, cast, 144)
    client = browser(getattr(cast, who))
    client.get(ADDRESS)
    with django_assert_max_num_queries(25):
        assert client.get(ADDRESS).status_code == 200


def test_twenty_items_cost_no_more_queries_than_one(cast: Cast, plan: Plan) -> None:
    def cost() -> int:
        client = browser(cast.reporter)
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    fill_the_year(plan, cast, 1)
    one = cost()
    for number in range(2, 21):
        make_item(plan, cast, number)
    assert Task.objects.count() == 20
    assert cost() == one
