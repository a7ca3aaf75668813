"""A 办理方案 says which step measures which commitment, how the rows weigh, and what stays open."""

from __future__ import annotations

from datetime import date

import pytest

from progress.judging.judge import judge_live
from progress.periods.access import newest_opened
from tasks.action_plans.acceptance import content_in_force
from tasks.action_plans.drafting import draft_of
from tasks.commitments.promised import promised_by
from tasks.models import ActionPlan, Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    make_indicator,
    make_responsibility,
    make_task,
    report_of,
)
from tests.pages import browser, text_of
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

TEXT = "建成示例电车一期工程,优化调整公交路线10条,增加公交线网密度。"
STEP = {"step-0-title": "示例电车一期通车", "step-0-due_on": "2022-11-30", "step-0-weight": "1"}
REASON = "客运走廊规划批复后再定。"


@pytest.fixture
def tram(plan: Plan, cast: Cast) -> Task:
    task = make_task(plan, 9, text=TEXT)
    lead = make_responsibility(task, cast.lead, is_primary=True)
    make_indicator(task, lead, 10, name="公交路线", span_start=11, span_end=21)
    return task


def address(task: Task, act: str = "") -> str:
    return f"/2022/action-plans/{task.pk}/{act}"


def sent(cast: Cast, task: Task, **typed: str) -> None:
    """Typed, signed, and at the office."""
    browser(cast.reporter).post(address(task, "save/"), {**STEP, **typed, "submit": "1"})
    browser(cast.signer).post(address(task, "sign/"))
    assert ActionPlan.objects.get(task=task).state == "reviewing"


def test_what_stays_open_is_said_and_accepted_with_tick_and_reason_only(
    cast: Cast, tram: Task
) -> None:
    sent(cast, tram)
    office = browser(cast.office)
    page = text_of(office.get(address(tram)))
    assert "条承诺没有指标或节点计量" in page
    for typed in ({}, {"knows": "1"}, {"open_reason": REASON}):
        answer = office.post(address(tram, "accept/"), typed)
        assert answer.status_code == 409
        assert "增加公交线网密度" in text_of(answer)
    assert ActionPlan.objects.get(task=tram).state == "reviewing"
    office.post(address(tram, "accept/"), {"knows": "1", "open_reason": REASON})
    assert ActionPlan.objects.get(task=tram).state == "accepted"
    assert [each.measure for each in promised_by(tram)] == ["节点", "指标", "暂不计量"]
    assert LogEntry.objects.get(action="commitment.decide").payload.count(REASON) == 1
    assert REASON in text_of(browser(cast.reporter).get("/2022/tasks/9/"))


def test_a_step_names_the_commitment_that_it_measures(cast: Cast, tram: Task) -> None:
    sent(cast, tram, **{"step-0-commitment": "3"})
    drafted = draft_of(ActionPlan.objects.get(task=tram))
    assert [step.commitment for step in drafted.milestones] == [3]
    answer = browser(cast.office).post(address(tram, "accept/"))
    assert "建成示例电车一期工程" in text_of(answer)  # that one is open now
    browser(cast.office).post(address(tram, "accept/"), {"knows": "1", "open_reason": REASON})
    assert [each.measure for each in promised_by(tram)] == ["暂不计量", "指标", "节点"]
    assert content_in_force(tram, date(2022, 8, 3)).milestones[0].commitment == 3


def test_the_rows_weigh_as_the_accepted_plan_says(cast: Cast, tram: Task) -> None:
    number = tram.indicators.get()
    accept_report(cast, report_of(tram, cast.lead, "2022-06"), at("2022-07-04"), 8)
    sent(cast, tram, **{f"weight-{number.pk}": "3", "weight-0": "1"})
    browser(cast.office).post(address(tram, "accept/"), {"knows": "1", "open_reason": REASON})
    assert content_in_force(tram, date(2022, 8, 3)).weights == {number.pk: 3}
    fresh = Task.objects.select_related("plan").get(pk=tram.pk)
    newest = newest_opened(tram.plan, date(2022, 8, 3))
    judged = judge_live([fresh], newest)[tram.pk].judgement
    assert judged.percent == 60  # (3 × 80 + 0) / 4
    assert judged.lowest_in_words == "最低一项：节点0%"
    newest[tram.cycle].counts_steps = False  # opened before rows were counted so
    assert judge_live([fresh], newest)[tram.pk].judgement.percent == 80


@pytest.mark.parametrize("typed", ["0", "一", "1001", "1.5"])
def test_a_weight_that_is_none_comes_back_as_typed(cast: Cast, tram: Task, typed: str) -> None:
    answer = browser(cast.reporter).post(address(tram, "save/"), {**STEP, "weight-0": typed})
    assert answer.status_code == 409
    assert "请填写1至1000的整数" in text_of(answer)
    assert f'value="{typed}"' in answer.content.decode()
