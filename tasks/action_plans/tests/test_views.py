"""办理方案 on its page: typed, saved, sent, signed, accepted; what each reader sees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.judging.judge import judge_live
from progress.periods.access import newest_opened
from tasks.models import ActionPlan, Designation, IndicatorPlan, Naming, Task
from tests.cast import Cast, accept_report, at, make_responsibility, report_of
from tests.pages import browser
from units.models import UnitGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]


def address(task: Task, act: str = "") -> str:
    return f"/2022/action-plans/{task.pk}/{act}"


def cell(task: Task, day: str, unit: int = 0) -> str:
    return f"value-{task.indicators.get(ordinal=1).pk}-{unit}-{day}"


def typed(task: Task, **more: Any) -> dict[str, Any]:
    return {cell(task, "20220731"): "180", cell(task, "20221231"): "３００", **more}


def latest(task: Task) -> dict[str, Any]:
    content: dict[str, Any] = ActionPlan.objects.get(task=task).latest().content
    return content


def test_from_typing_to_acceptance(cast: Cast, task: Task) -> None:
    browser(cast.reporter).post(address(task, "save/"), typed(task, submit="1"))
    assert ActionPlan.objects.get(task=task).state == "signing"
    page = browser(cast.signer).get(address(task)).content.decode()
    assert "审签并报送督查室" in page
    browser(cast.signer).post(address(task, "sign/"))
    browser(cast.office).post(address(task, "accept/"))
    assert ActionPlan.objects.get(task=task).state == "accepted"
    planned = IndicatorPlan.objects.filter(indicator__task=task).values_list("as_of", "value")
    assert list(planned) == [
        (date(2022, 7, 31), Decimal(180)),
        (date(2022, 12, 31), Decimal(300)),
    ]


def test_the_plan_is_what_the_item_is_judged_by(cast: Cast, task: Task) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    newest = newest_opened(task.plan, date(2022, 8, 3))
    before = judge_live([task], newest)[task.pk].judgement
    assert before.basis == "按时间折算"
    test_from_typing_to_acceptance(cast, task)
    fresh = Task.objects.select_related("plan").get(pk=task.pk)
    after = judge_live([fresh], newest)[task.pk].judgement
    assert (after.basis, after.expected) == ("按计划值", Decimal("60.0"))


def test_what_cannot_be_read_comes_back_as_typed_and_saves_nothing(cast: Cast, task: Task) -> None:
    answer = browser(cast.reporter).post(
        address(task, "save/"),
        typed(task, **{cell(task, "20220630"): "一百五", "step-0-title": "开工"}),
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "一百五" in page
    assert "请填写数字" in page
    assert "请按“2022-08-05”的格式填写日期" in page
    assert latest(task)["values"] == []


def test_open_points_are_said_and_stop_the_sending_not_the_saving(cast: Cast, task: Task) -> None:
    client = browser(cast.reporter)
    client.post(address(task, "save/"), {cell(task, "20221231"): "250", "submit": "1"})
    assert len(latest(task)["values"]) == 1
    assert ActionPlan.objects.get(task=task).state == "draft"
    assert "低于目标" in client.get(address(task)).content.decode()


def test_empty_rows_can_be_filled_in_a_straight_line(cast: Cast, task: Task) -> None:
    browser(cast.reporter).post(address(task, "save/"), {"fill": "1"})
    values = {day: value for _, _, day, value in latest(task)["values"]}
    assert (values["2022-02-28"], values["2022-07-31"]) == ("50", "175")
    assert values["2022-12-31"] == "300"


def test_two_windows_on_one_plan_the_second_is_told(cast: Cast, task: Task) -> None:
    first, second = browser(cast.reporter), browser(cast.reporter)
    first.get(address(task))
    seen = ActionPlan.objects.get(task=task).latest().stamp
    first.post(address(task, "save/"), typed(task, seen=seen))
    answer = second.post(address(task, "save/"), {cell(task, "20220831"): "199", "seen": seen})
    assert answer.status_code == 409
    assert "刚保存过" in answer.content.decode()
    assert "199" in answer.content.decode()


def test_a_draft_is_nobody_elses_to_read(cast: Cast, task: Task) -> None:
    browser(cast.reporter).post(address(task, "save/"), typed(task))
    page = browser(cast.supporter).get(address(task)).content.decode()
    assert "还没有经审核通过的办理方案" in page
    assert "180" not in page


def test_a_return_needs_a_reason_and_shows_it(cast: Cast, task: Task) -> None:
    browser(cast.reporter).post(address(task, "save/"), typed(task, submit="1"))
    browser(cast.signer).post(address(task, "sign/"))
    office = browser(cast.office)
    assert office.post(address(task, "return/")).status_code == 409
    office.post(address(task, "return/"), {"reason": "示例：请按季细化。"})
    page = browser(cast.reporter).get(address(task)).content.decode()
    assert "请按季细化" in page
    assert "送本单位审签" in page


def test_units_ticked_are_asked_after_acceptance(cast: Cast, task: Task) -> None:
    group = UnitGroup.objects.create(name="相关市政府部门", mode="relevant")
    designation = Designation.objects.create(
        task=task, role="support", ordinal=9, printed="相关市政府部门", group=group
    )
    need = {f"need-{designation.pk}": [str(cast.stranger.pk)], "submit": "1"}
    browser(cast.reporter).post(address(task, "save/"), typed(task, **need))
    browser(cast.signer).post(address(task, "sign/"))
    assert not Naming.objects.exists()
    browser(cast.office).post(address(task, "accept/"))
    assert Naming.objects.get().unit == cast.stranger


def test_a_county_has_its_own_row(cast: Cast, task: Task) -> None:
    make_responsibility(task, cast.county, "support")
    client = browser(cast.reporter)
    assert "大冶市" in client.get(address(task)).content.decode()
    indicator = task.indicators.get(ordinal=1)
    share = f"share-{indicator.pk}-{cast.county.pk}"
    client.post(address(task, "save/"), {share: "299"})
    assert latest(task)["shares"] == [[indicator.pk, cast.county.pk, "299"]]
    assert "合计299，与全市目标300不符" in client.get(address(task)).content.decode()


def test_a_step_of_a_unit_that_left_says_who_reports_it_now(cast: Cast, task: Task) -> None:
    left = make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    step = {
        "step-0-title": "完成招标", "step-0-due_on": "2022-09-30", "step-0-weight": "1",
        "step-0-responsibility": str(left.pk),
    }  # fmt: skip
    browser(cast.reporter).post(address(task, "save/"), typed(task, submit="1", **step))
    read = browser(cast.signer).get(address(task)).content.decode()
    assert "<td>市城管委</td>" in read
    left.ends_on = date(2022, 8, 2)
    left.save()
    read = browser(cast.signer).get(address(task)).content.decode()
    assert "<td>市城管委（现由市住建局填报）</td>" in read
