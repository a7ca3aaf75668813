"""The first day of a plan: nothing is finalized yet, and no page says 0 for what nobody knows."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from progress.models import Period
from reports.office.page import collecting, passed
from reports.tests.factories import freeze, make_area
from tasks.models import Plan
from tests.cast import Cast, make_item
from units.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def items(plan: Plan, cast: Cast) -> None:
    area = make_area(plan)
    for number in (1, 2, 3):
        make_item(plan, cast, number, area=area, theme=area.themes.get())
    make_item(plan, cast, 4, kind="practical_project")


def text_of(actor: Actor, address: str) -> str:
    client = Client()
    client.force_login(actor.user)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


@pytest.mark.parametrize(
    "address", ["overview/", "overview/page/", "screen/", "areas/1/", "projects/", "counties/"]
)
def test_no_share_is_said_of_what_nobody_knows(cast: Cast, address: str) -> None:
    body = text_of(cast.leader, f"/2022/{address}")
    assert "0%" not in re.sub(r"[1-9]\d*0%", "", body), body
    assert "达到序时进度0项" not in body
    assert "没有未达序时进度" not in body


def test_each_page_says_when_it_will_show_something(cast: Cast) -> None:
    assert "首期进展定稿后，本页显示" in text_of(cast.leader, "/2022/overview/")
    assert "还没有审核通过的进展" in text_of(cast.office, "/2022/overview/?live=1")
    assert "首期进展定稿后列出。" in text_of(cast.leader, "/2022/overview/page/")
    assert "首期进展定稿后显示。" in text_of(cast.leader, "/2022/screen/")
    assert "首期定稿后统计。" in text_of(cast.reporter, f"/2022/units/{cast.lead.pk}/")


def test_the_columns_of_the_areas_are_all_there_once_anything_is_known(
    cast: Cast, plan: Plan
) -> None:
    assert "未启动暂无数据" not in text_of(cast.leader, "/2022/overview/")
    freeze(plan.tasks.get(number=1, kind="key_task"))
    body = text_of(cast.leader, "/2022/overview/")
    assert "未启动暂无数据" in body
    assert "达到序时进度及以上占比" in body


def test_every_page_leads_to_the_search(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.leader.user)
    assert 'class="tbtn tsearch" href="/2022/search/"' in (
        client.get("/2022/overview/").content.decode()
    )


def test_periods_behind_their_last_day_are_said_apart_and_once() -> None:
    periods = [
        Period(label=label, due_on=due_on)
        for label, due_on in (
            ("7月", date(2022, 8, 5)),
            ("全年", date(2023, 1, 5)),
            ("全年", date(2023, 1, 5)),
        )
    ]
    today = date(2022, 12, 31)
    assert collecting(periods, today) == [("全年", date(2023, 1, 5))]
    assert passed(periods, today) == ["7月"]
