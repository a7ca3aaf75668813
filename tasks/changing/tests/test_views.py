"""计划调整 on its pages, and what everybody else sees of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tasks.models import Area, Portfolio, Task, TaskCycle
from tests.cast import Cast
from tests.office_files import PDF
from tests.pages import browser
from units.models import Appointment, Approval, Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
AUTHORITY = {
    "decided_by": "市政府常务会议",
    "decided_on": "2022-07-29",
    "authority": "示例纪要第8号",
}


def new_item(cast: Cast, task: Task) -> dict[str, Any]:
    area = Area.objects.create(plan=task.plan, ordinal=3, title="扩大开放")
    return AUTHORITY | {
        "text": "建成示例产业园。",
        "short_title": "示例产业园",
        "theme": f"a{area.pk}",
        "tracking": "milestone",
        "cycle": "monthly",
        "primary": cast.lead.pk,
        "supports": [cast.support.pk],
        "starts_on": "2022-08-01",
        "due_on": "2022-12-31",
    }


def test_an_added_item_is_seen_by_its_units_and_marked(cast: Cast, task: Task) -> None:
    answer = browser(cast.office).post("/2022/changes/add/", new_item(cast, task))
    assert answer["Location"] == "/2022/tasks/2/"
    page = browser(cast.supporter).get("/2022/tasks/2/").content.decode()
    assert "新增" in page
    assert "示例纪要第8号" in page
    assert "新增" in browser(cast.leader).get("/2022/tasks/").content.decode()
    assert "新增，8月1日起" in browser(cast.office).get("/2022/changes/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"short_title": ""}, "请填写短标题"),
        ({"primary": ""}, "请选择汇总牵头单位"),
        ({"authority": ""}, "请填写依据"),
        ({"due_on": "2022-07-01"}, "完成时限不能早于起始日期"),
        ({"decided_on": "2022-08-04"}, "批准日期不能晚于今天"),
    ],
)
def test_an_incomplete_item_comes_back_as_typed(
    cast: Cast, task: Task, wrong: dict[str, str], words: str
) -> None:
    answer = browser(cast.office).post("/2022/changes/add/", new_item(cast, task) | wrong)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert "建成示例产业园。" in answer.content.decode()
    assert Task.objects.count() == 1


def test_a_new_item_brings_its_numbers_and_the_scan(cast: Cast, task: Task) -> None:
    numbers = {
        "number1-name": "引进项目",
        "number1-unit_of_measure": "个",
        "number1-kind": "cumulative",
        "number1-comparator": "ge",
        "number1-value": "20",
        "number2-kind": "cumulative",  # a row of which nothing was typed
        "number2-comparator": "ge",
        "number3-name": "开工率",
        "number3-unit_of_measure": "%",
        "number3-kind": "rate",
        "number3-comparator": "ge",
        "number3-value": "80",
    }
    scan = {"scan": SimpleUploadedFile("纪要.pdf", PDF)}
    typed = new_item(cast, task) | numbers
    wrong = browser(cast.office).post("/2022/changes/add/", typed | {"number3-value": "八成"})
    assert wrong.status_code == 409
    assert "请填写数字" in wrong.content.decode()
    assert 'value="引进项目"' in wrong.content.decode()
    browser(cast.office).post("/2022/changes/add/", typed | scan)
    added = Task.objects.get(number=2)
    made = [(each.name, each.kind, each.approval_id) for each in added.indicators.all()]
    assert made == [
        ("引进项目", "cumulative", added.approval_id),
        ("开工率", "rate", added.approval_id),
    ]
    page = browser(cast.reporter).get("/2022/tasks/2/").content.decode()
    assert "引进项目" in page
    address = f"/2022/approvals/{added.approval_id}/"
    assert address in page
    answer = browser(cast.reporter).get(address)
    assert b"".join(answer) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_mended_wording_shows_with_the_original(cast: Cast, task: Task) -> None:
    typed = AUTHORITY | {
        "text": "改造道路310公里。",
        "short_title": "道路改造",
        "reason": "示例：勘误。",
        "scan": SimpleUploadedFile("纪要.pdf", PDF),
    }
    browser(cast.office).post(f"/2022/changes/{task.pk}/wording/", typed)
    assert Approval.objects.get().scan_sha256
    assert "批准件扫描件" in (
        browser(cast.office).get(f"/2022/changes/{task.pk}/").content.decode()
    )
    page = browser(cast.reporter).get("/2022/tasks/1/").content.decode()
    assert "改造道路310公里。" in page
    assert "通知原文" in page
    assert "改造道路300公里。" in page
    assert "表述已修订" in browser(cast.leader).get("/2022/tasks/").content.decode()
    assert "示例纪要第8号" in browser(cast.office).get(f"/2022/changes/{task.pk}/").content.decode()


def test_a_cycle_is_announced_before_it_is_in_force(cast: Cast, task: Task) -> None:
    office = browser(cast.office)
    typed = {"cycle": "quarterly", "reason": "示例。"}
    office.post(f"/2022/changes/{task.pk}/cycle/", typed)
    assert "已决定自8月3日起按季报送" in office.get(f"/2022/changes/{task.pk}/").content.decode()
    assert office.post(f"/2022/changes/{task.pk}/cycle/", typed).status_code == 409
    assert TaskCycle.objects.count() == 2


def test_a_restricted_item_disappears_for_who_is_not_named(cast: Cast, task: Task) -> None:
    typed = {"visibility": "restricted", "readers": [cast.leader.user.pk], "reason": "示例。"}
    browser(cast.office).post(f"/2022/changes/{task.pk}/visibility/", typed)
    assert browser(cast.leader).get("/2022/tasks/1/").status_code == 200
    assert browser(cast.observer).get("/2022/tasks/1/").status_code == 404


def test_a_leader_who_held_another_post_before_may_be_named(cast: Cast, task: Task) -> None:
    held = cast.leader.appointment
    Appointment.objects.create(
        user=held.user, role=held.role, starts_on=held.starts_on, ends_on=date(2022, 6, 30)
    )
    typed = {"visibility": "restricted", "readers": [held.user.pk], "reason": "示例。"}
    browser(cast.office).post(f"/2022/changes/{task.pk}/visibility/", typed)
    assert browser(cast.leader).get("/2022/tasks/1/").status_code == 200
    assert browser(cast.observer).get("/2022/tasks/1/").status_code == 404


def test_an_officer_is_assigned_for_one_thing_and_ended(cast: Cast, task: Task) -> None:
    office = browser(cast.office)
    assert "还没有督查员职务" in office.get("/2022/officers/").content.decode()
    post = Post.objects.create(title="督查员一（示例）", kind="supervisor")
    typed = {"post": post.pk, "starts_on": "2022-08-01", "unit": cast.lead.pk}
    both = office.post("/2022/officers/assign/", typed | {"task": task.pk})
    assert both.status_code == 409
    assert "只选其一" in both.content.decode()
    office.post("/2022/officers/assign/", typed)
    held = Portfolio.objects.get()
    assert "市住建局" in office.get("/2022/officers/").content.decode()
    office.post(f"/2022/officers/{held.pk}/end/")
    held.refresh_from_db()
    assert str(held.ends_on) == "2022-08-02"


def test_the_desk_says_what_is_missing(cast: Cast, task: Task) -> None:
    page = browser(cast.reporter).get("/2022/desk/").content.decode()
    assert "2022年责任1项待签收" in page
    assert re.search(r'data-n="todo-action_plan"[^>]*>1<', page)
    assert "办理方案待报；未报的，计划进度按时间折算" in page
