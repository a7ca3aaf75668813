"""办理方案 from Excel: into the draft of the page, through the form of the page."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tasks.action_plans import acts as action_plans
from tasks.action_plans.content import Content
from tasks.action_plans.drafting import action_plan_of, draft_of, set_planned_values
from tasks.models import ActionPlan, Plan, Task
from tasks.sheets.action_plans import ActionPlanSheet
from tests.cast import Cast, at, make_responsibility
from units.errors import NotNow
from units.sheets import running
from units.sheets.results import Result
from units.sheets.tests.filled import Filler

pytestmark = pytest.mark.django_db

NOW = at("2022-02-08")
VALUES, STEPS = "计划值", "节点"
STEP = {"编号": "重点工作第1项", "节点内容": "示例：完成招标", "计划完成日期": date(2022, 6, 30)}


def download(plan: Plan, cast: Cast) -> Filler:
    return Filler(ActionPlanSheet(plan).template(cast.reporter, NOW))


def upload(
    plan: Plan, cast: Cast, filler: Filler, *, skips_bad: bool = False
) -> tuple[Result, bool]:
    return running.perform(
        ActionPlanSheet(plan), filler.read, cast.reporter, NOW, skips_bad=skips_bad
    )


def draft(task: Task) -> Content:
    return draft_of(ActionPlan.objects.get(task=task))


def put_all(filler: Filler, sheet: str, row: int, values: dict[str, Any]) -> None:
    for head, value in values.items():
        filler.put(sheet, row, head, value)


def test_values_shares_and_milestones_become_the_draft(cast: Cast, plan: Plan, task: Task) -> None:
    make_responsibility(task, cast.county, "support")
    filler = download(plan, cast)
    put_all(filler, VALUES, 1, {"6月底": 150, "12月底": "３００"})
    put_all(filler, VALUES, 2, {"分县目标": 120, "12月底": 120})
    put_all(filler, STEPS, 1, {**STEP, "填报单位": "大冶市政府", "权重": 2})
    put_all(filler, STEPS, 2, {**STEP, "节点内容": "示例：全部开工"})
    result, is_written = upload(plan, cast, filler)
    assert (is_written, result.mistakes) == (True, [])
    assert any("分县目标合计120，与全市目标300不符" in note for note in result.notes)
    content, number = draft(task), task.indicators.get().pk
    assert content.course(number, None) == [
        (date(2022, 6, 30), Decimal(150)),
        (date(2022, 12, 31), Decimal(300)),
    ]
    assert content.shares == {(number, cast.county.pk): Decimal(120)}
    county = task.responsibilities.get(unit=cast.county).pk
    told = [(step.title, step.weight, step.responsibility_id) for step in content.milestones]
    primary = task.responsibilities.get(is_primary=True).pk
    assert told == [("示例：完成招标", 2, county), ("示例：全部开工", 1, primary)]


def test_the_download_uploaded_again_changes_nothing_and_a_step_can_be_taken_out(
    cast: Cast, plan: Plan, task: Task
) -> None:
    filler = download(plan, cast)
    put_all(filler, VALUES, 1, {"12月底": 300})
    put_all(filler, STEPS, 1, STEP)
    assert upload(plan, cast, filler)[1]
    again = download(plan, cast)
    result, _ = upload(plan, cast, again)
    assert (result.writes, result.mistakes) == (0, [])
    put_all(again, STEPS, 1, {"节点内容": None, "计划完成日期": None})
    assert upload(plan, cast, again)[1]
    assert draft(task).milestones == ()
    assert len(draft(task).values) == 1


@pytest.mark.parametrize(
    ("sheet", "values", "head", "sentence"),
    [
        (VALUES, {"6月底": "过半"}, "6月底", "请填写数字"),
        (VALUES, {"6月底": -1}, "6月底", "计划值不能是负数"),
        (VALUES, {"分县目标": 3}, "分县目标", "本事项此处不填"),
        (STEPS, {**STEP, "编号": "重点工作第9项"}, "编号", "没有可以填写办理方案的这个事项"),
        (STEPS, {**STEP, "计划完成日期": "六月"}, "计划完成日期", "请按“2022-08-05”的格式"),
        (STEPS, {**STEP, "节点内容": None}, "节点内容", "请填写节点内容"),
        (STEPS, {**STEP, "权重": 0}, "权重", "请填写1至1000的整数"),
        (
            STEPS,
            {**STEP, "填报单位": "市体育局"},
            "填报单位",
            "填报单位只能是：市住建局、市财政局。",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_skipping_writes_the_rest(
    sheet: str, values: dict[str, Any], head: str, sentence: str, cast: Cast, plan: Plan, task: Task
) -> None:
    filler = download(plan, cast)
    put_all(filler, STEPS, 2, {**STEP, "节点内容": "示例：全部开工"})
    put_all(filler, sheet, 1, values)
    result, is_written = upload(plan, cast, filler)
    assert not is_written
    assert not ActionPlan.objects.exists()
    [mistake] = result.mistakes
    assert (mistake.head, mistake.sentence[: len(sentence)]) == (head, sentence)
    assert upload(plan, cast, filler, skips_bad=True)[1]
    assert [step.title for step in draft(task).milestones] == ["示例：全部开工"]
    assert draft(task).values == {}


def test_what_was_changed_meanwhile_is_stale_and_what_left_is_not_offered(
    cast: Cast, plan: Plan, task: Task
) -> None:
    filler = download(plan, cast)
    put_all(filler, VALUES, 1, {"6月底": 150})
    action_plan = action_plan_of(task, NOW.date())
    values = {date(2022, 12, 31): Decimal(300)}
    set_planned_values(
        action_plan=action_plan,
        indicator=task.indicators.get(),
        values=values,
        actor=cast.reporter,
        now=NOW,
    )
    result, _ = upload(plan, cast, filler)
    assert "在系统中已被改过" in result.mistakes[0].sentence
    action_plans.submit(action_plan=action_plan, actor=cast.reporter, now=NOW)
    with pytest.raises(NotNow, match="没有可以填写的办理方案"):
        download(plan, cast)
    assert not ActionPlanSheet(plan).may(cast.office)
