"""Changes of the plan in mid-year: items added, wording mended, cycles, visibility, officers."""

from __future__ import annotations

from datetime import date

import pytest

from progress.models import ProgressReport
from progress.periods.opening import ensure_reports, open_due_periods
from progress.periods.owed import duties_of, tasks_of
from tasks.changing.added_items import NewItem, add_item
from tasks.changing.authority import Decision
from tasks.changing.changes import mend_wording, set_visibility
from tasks.changing.cycles import apply_due, set_cycle
from tasks.holders.officers import assign, end
from tasks.holders.portfolios import supervised_by
from tasks.intake.publication import export
from tasks.models import Area, Plan, Task, TaskCycle, Wording
from tests.cast import Cast, at, make_actor, make_item, period_of
from units.errors import NotNow, Refused
from units.models import LogEntry, Post, Role

pytestmark = pytest.mark.django_db

NOW, TODAY = at("2022-08-03"), date(2022, 8, 3)
MEETING = Decision("市政府常务会议", date(2022, 7, 29), "示例纪要第8号")


def add(cast: Cast, plan: Plan) -> Task:
    area, _ = Area.objects.get_or_create(plan=plan, ordinal=3, defaults={"title": "扩大开放"})
    item = NewItem(
        text="建成示例产业园。",
        short_title="示例产业园",
        area=area,
        theme=None,
        tracking="milestone",
        cycle="monthly",
        leads=[cast.lead, cast.co_lead],
        supports=[cast.support, cast.lead],
        due_on=date(2022, 12, 31),
    )
    return add_item(
        plan=plan,
        item=item,
        decision=MEETING,
        starts_on=date(2022, 8, 1),
        actor=cast.office,
        now=NOW,
    )


def test_an_added_item_has_the_next_number_its_authority_and_its_units(
    cast: Cast, task: Task
) -> None:
    added = add(cast, task.plan)
    assert (added.number, added.is_added) == (2, True)
    assert added.approval is not None
    assert added.approval.authority == "示例纪要第8号"
    held = added.responsibilities.order_by("ordinal")
    assert [(each.unit, each.role, each.is_primary) for each in held] == [
        (cast.lead, "lead", True),
        (cast.co_lead, "lead", False),
        (cast.support, "support", False),
    ]


def test_an_added_item_is_owed_and_judged_from_its_first_period_on(cast: Cast, task: Task) -> None:
    added = add(cast, task.plan)
    july, august = (period_of(task.plan, code) for code in ("2022-07", "2022-08"))
    assert added not in tasks_of(july)
    assert added in tasks_of(august)
    ensure_reports(july, TODAY)
    assert not july.reports.filter(responsibility__task=added).exists()


def test_an_added_item_is_not_published_as_the_notices(cast: Cast, task: Task) -> None:
    before = export(task.plan)
    add(cast, task.plan)
    assert export(task.plan)["items"] == before["items"]


def test_a_decision_of_tomorrow_is_refused_and_nothing_is_left(cast: Cast, task: Task) -> None:
    late = Decision("市政府常务会议", date(2022, 8, 4), "示例")
    with pytest.raises(NotNow):
        mend_wording(
            task=task,
            text="改造道路310公里。",
            short_title="道路改造",
            reason="示例。",
            decision=late,
            actor=cast.office,
            now=NOW,
        )
    assert not Wording.objects.exists()
    task.refresh_from_db()
    assert task.mended_text == ""


def mend(cast: Cast, task: Task, text: str, day: str = "2022-08-03") -> Wording:
    return mend_wording(
        task=task,
        text=text,
        short_title=task.short_title,
        reason="示例：勘误。",
        decision=MEETING,
        actor=cast.office,
        now=at(day),
    )


def test_a_mended_wording_keeps_the_original_and_the_trail(cast: Cast, task: Task) -> None:
    mend(cast, task, "改造道路310公里。", "2022-08-01")
    mend(cast, task, "改造道路320公里。")
    task.refresh_from_db()
    assert (task.text, task.words) == ("改造道路300公里。", "改造道路320公里。")
    assert list(Wording.objects.values_list("text", "starts_on", "ends_on")) == [
        ("改造道路310公里。", date(2022, 8, 1), date(2022, 8, 2)),
        ("改造道路320公里。", date(2022, 8, 3), None),
    ]


def test_a_cycle_is_owed_from_the_next_period_on(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast, cycle="quarterly")
    set_cycle(task=task, cycle="monthly", reason="示例。", actor=cast.office, now=NOW)
    july, august = period_of(plan, "2022-07"), period_of(plan, "2022-08")
    third = period_of(plan, "2022-Q3")
    assert task not in tasks_of(july)
    assert task in tasks_of(august)
    assert task not in tasks_of(third)
    assert task in tasks_of(period_of(plan, "2022-Q2"))
    assert duties_of(plan, "monthly", august.data_as_of)
    assert not duties_of(plan, "quarterly", third.data_as_of)


def test_the_item_turns_by_itself_on_its_day_and_once(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast, cycle="quarterly")
    set_cycle(task=task, cycle="monthly", reason="示例。", actor=cast.office, now=NOW)
    open_due_periods(plan, date(2022, 8, 24))
    task.refresh_from_db()
    assert task.cycle == "quarterly"
    open_due_periods(plan, date(2022, 8, 25))
    task.refresh_from_db()
    assert task.cycle == "monthly"
    assert apply_due(plan, date(2022, 8, 25)) == 0
    owed = ProgressReport.objects.filter(responsibility__task=task, duty="main")
    assert [report.period.code for report in owed] == ["2022-Q1", "2022-Q2", "2022-08"]


def test_what_has_opened_stays_owed(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast, cycle="monthly")
    now = at("2022-07-27")
    made = set_cycle(task=task, cycle="quarterly", reason="示例。", actor=cast.office, now=now)
    assert made.starts_on == date(2022, 8, 1)
    assert task in tasks_of(period_of(plan, "2022-07"))
    assert task not in tasks_of(period_of(plan, "2022-08"))


def test_two_decisions_of_a_day_leave_one_change(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast, cycle="quarterly")
    for cycle in ("monthly", "half_yearly"):
        set_cycle(task=task, cycle=cycle, reason="示例。", actor=cast.office, now=NOW)
    rows = TaskCycle.objects.filter(task=task).values_list("cycle", "ends_on")
    assert list(rows) == [("quarterly", date(2022, 8, 2)), ("half_yearly", None)]
    with pytest.raises(NotNow, match="已是"):
        set_cycle(task=task, cycle="half_yearly", reason="示例。", actor=cast.office, now=NOW)


def test_a_restricted_item_is_for_named_readers_only(cast: Cast, task: Task) -> None:
    set_visibility(
        task=task,
        visibility="restricted",
        readers=[cast.leader.user],
        reason="示例。",
        actor=cast.office,
        now=NOW,
    )
    assert task in Task.objects.visible_to(cast.leader)
    for actor in (cast.observer, cast.supporter):
        assert task not in Task.objects.visible_to(actor)
    assert "市领导" in LogEntry.objects.get(action="task.visibility").payload


def test_only_the_office_changes_the_plan(cast: Cast, task: Task) -> None:
    with pytest.raises(Refused):
        set_cycle(task=task, cycle="quarterly", reason="示例。", actor=cast.reporter, now=NOW)


def test_my_items_are_those_of_my_post(cast: Cast, plan: Plan) -> None:
    first, second = make_item(plan, cast, 1), make_item(plan, cast, 2)
    one, two = (Post.objects.create(title=f"督查员{n}（示例）", kind="supervisor") for n in "一二")
    mine = make_actor(Role.OFFICE, name="督查一", post=one)
    theirs = make_actor(Role.OFFICE, name="督查二", post=two)
    for_unit = assign(
        post=one, unit=cast.lead, starts_on=date(2022, 7, 1), actor=cast.office, now=NOW
    )
    assign(post=two, task=second, starts_on=date(2022, 8, 1), actor=cast.office, now=NOW)
    assert list(supervised_by(mine, TODAY)) == [first]
    assert list(supervised_by(theirs, TODAY)) == [second]
    assert list(supervised_by(mine, date(2022, 7, 15))) == [first, second]
    assert list(supervised_by(cast.office, TODAY)) == []
    end(portfolio=for_unit, last_day=date(2022, 8, 2), actor=cast.office, now=NOW)
    assert list(supervised_by(mine, TODAY)) == []
    assert list(supervised_by(mine, date(2022, 8, 2))) == [first]


def test_a_successor_begins_when_the_predecessor_ends(cast: Cast, task: Task) -> None:
    one, two = (Post.objects.create(title=f"督查员{n}（示例）", kind="supervisor") for n in "一二")
    first = assign(post=one, task=task, starts_on=date(2022, 7, 1), actor=cast.office, now=NOW)
    assign(post=two, task=task, starts_on=TODAY, actor=cast.office, now=NOW)
    first.refresh_from_db()
    assert first.ends_on == date(2022, 8, 2)
