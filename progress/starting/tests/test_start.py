"""启用 of a draft: one plan, its periods, what is owed, and what stayed open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from progress.models import Duty, Period, PeriodState, ProgressReport
from progress.periods.owed import duties_of, tasks_of
from progress.starting.acts import start
from progress.starting.left_open import groups_of
from progress.starting.page import page_of_start
from progress.starting.tests.drafts import (
    JANUARY,
    MARCH,
    NOTICE,
    UNKNOWN,
    UNKNOWN_FIRST,
    UNREAD,
    make_draft,
    say,
    switch_on,
    without_owner,
)
from progress.starting.unknown_names import open_names
from tasks.desk import changes as said
from tasks.desk.changes import Change
from tasks.desk.content import content_of
from tasks.desk.open_doubts import open_doubts
from tasks.models import Designation, LeftOpen, NoticeDraft, Plan, PlanState, Task
from tests.cast import Cast
from units.errors import NotNow, Refused

pytestmark = pytest.mark.django_db


def _states(plan: Plan) -> dict[str, str]:
    return dict(Period.objects.filter(plan=plan, cycle="monthly").values_list("code", "state"))


def test_a_draft_becomes_a_year_in_one_step(cast: Cast) -> None:
    draft = make_draft(cast.office)
    plan = switch_on(draft, cast.office)
    draft.refresh_from_db()
    assert (draft.state, draft.plan, draft.ended_by_name) == ("activated", plan, cast.office.name)
    assert (plan.state, plan.activated_on, plan.tasks.count()) == ("active", date(2023, 1, 28), 3)
    assert set(_states(plan).values()) == {"collecting"}
    assert draft.proof["items"] == 3
    assert draft.proof["characters"]["item"] > 0
    with pytest.raises(Refused):
        switch_on(draft, cast.office)
    assert Plan.objects.count() == 1


def test_what_was_due_is_asked_for_at_once(cast: Cast) -> None:
    plan = switch_on(make_draft(cast.office), cast.office, MARCH, "late")
    opened = set(ProgressReport.objects.values_list("period__code", flat=True))
    assert opened == {"2023-02", "2023-03", "2023-Q1"} & opened
    assert opened
    february = Period.objects.get(plan=plan, code="2023-02")
    assert february.due_on == date(2023, 4, 6)  # the fifth working day, over 清明
    assert february.closes_on >= february.due_on
    assert "补报" in february.note


def test_earlier_periods_are_never_opened(cast: Cast) -> None:
    plan = switch_on(make_draft(cast.office), cast.office, MARCH)
    assert _states(plan)["2023-02"] == PeriodState.BEFORE
    assert _states(plan)["2023-03"] == PeriodState.COLLECTING
    assert not ProgressReport.objects.filter(period__state=PeriodState.BEFORE).exists()


def test_from_the_next_quarter_on(cast: Cast) -> None:
    plan = switch_on(make_draft(cast.office), cast.office, MARCH, "quarter")
    before = Period.objects.filter(plan=plan, state=PeriodState.BEFORE)
    assert set(before.values_list("code", flat=True)) == {"2023-02", "2023-03", "2023-Q1"}
    assert not ProgressReport.objects.exists()


def test_an_item_of_nobody_refuses_it_until_it_is_set_aside(cast: Cast) -> None:
    draft = make_draft(cast.office)
    key = without_owner(draft, cast.office)
    with pytest.raises(NotNow, match="1项没有责任单位"):
        switch_on(draft, cast.office)
    assert not Plan.objects.exists()
    say(draft, cast.office, Change(said.ASIDE, key, "等机构改革方案"))
    task = Task.objects.get(plan=switch_on(draft, cast.office), number=3)
    assert task.aside_reason == "等机构改革方案"
    assert task.primary_unit is None


def test_set_aside_by_name_an_item_with_units_is_owed_by_nobody(cast: Cast) -> None:
    draft = make_draft(cast.office)
    third = content_of(draft).items[2]
    say(draft, cast.office, Change(said.ASIDE, third.key, "等机构改革方案"))
    task = Task.objects.get(plan=switch_on(draft, cast.office), number=3)
    assert [each.unit for each in task.responsibilities.all()] == [cast.support]
    assert task.primary_unit is None
    assert Designation.objects.filter(task=task, role="lead").exists()


def test_a_number_read_twice_refuses_it(cast: Cast) -> None:
    draft = make_draft(cast.office)
    third = content_of(draft).items[2]
    say(draft, cast.office, Change(said.FIELD, f"{third.key}:number", 2))
    with pytest.raises(NotNow, match="重点工作第2项出现2次"):
        switch_on(draft, cast.office)


def test_an_unread_part_of_the_body_refuses_it(cast: Cast) -> None:
    draft = make_draft(cast.office, UNREAD)
    with pytest.raises(NotNow, match="1处正文没有读入"):
        switch_on(draft, cast.office)
    doubt = open_doubts(content_of(draft))[0]
    left_out = next(each for each in doubt.answers if each.words == "不采用")
    say(draft, cast.office, Change.of(left_out.decision))
    assert switch_on(draft, cast.office).state == PlanState.ACTIVE


def test_a_name_that_nobody_knows_stays_in_the_words_and_on_the_list(cast: Cast) -> None:
    plan = switch_on(make_draft(cast.office, UNKNOWN), cast.office)
    named = Designation.objects.get(task__plan=plan, printed="市河湖保护中心")
    assert (named.unit, named.group) == (None, None)
    question = LeftOpen.objects.get(plan=plan, sentence__contains="市河湖保护中心")
    assert question.task == Task.objects.get(plan=plan, number=2)


def test_behind_an_unknown_first_lead_nobody_slips_into_its_place(cast: Cast) -> None:
    draft = make_draft(cast.office, UNKNOWN_FIRST)
    page = page_of_start(content_of(draft), JANUARY.date())
    assert "1项汇总牵头待定" in [each.title for each in page.checked.left_open]
    plan = switch_on(draft, cast.office)
    task = Task.objects.get(plan=plan, number=2)
    held = task.responsibilities.values_list("unit__name", "role", "is_primary")
    assert list(held) == [("市城管委", "lead", False)]
    assert "市河湖保护中心" in task.aside_reason
    assert task.primary_unit is None
    period = Period.objects.get(plan=plan, cycle=task.cycle, code="2023-02")
    assert task not in tasks_of(period)  # nobody is late for what nobody owes
    assert {each.duty for each in duties_of(plan, task.cycle, period.data_as_of)} == {
        Duty.MAIN, Duty.CO_LEAD
    }  # fmt: skip
    groups = {each.key for each in groups_of(plan, JANUARY.date())}
    assert groups.isdisjoint({"aside", "pending"})  # it stands with the name it waits for
    assert [each.name for each in open_names(plan)] == ["市河湖保护中心"]


def test_nobody_switches_on_what_they_did_not_see(cast: Cast) -> None:
    draft = make_draft(cast.office)
    seen = page_of_start(content_of(draft), JANUARY.date()).seen
    key = content_of(draft).items[0].key
    say(draft, cast.office, Change(said.FIELD, f"{key}:short_title", "规上企业"))
    with pytest.raises(NotNow, match="刚刚被更正过"):
        start(draft=draft, seen=seen, beginning="skip", due_on=None, actor=cast.office, now=JANUARY)


def test_a_unit_does_not_switch_on_a_year(cast: Cast) -> None:
    draft = make_draft(cast.office)
    with pytest.raises(Refused):
        switch_on(draft, cast.reporter)


def test_a_year_without_its_date_is_refused_in_words(cast: Cast) -> None:
    draft = make_draft(cast.office, NOTICE.replace("2023年1月20日\n", ""))
    with pytest.raises(NotNow, match="没有找到成文日期"):
        switch_on(draft, cast.office)
    assert NoticeDraft.objects.get(pk=draft.pk).is_open


def test_the_same_notice_is_not_begun_twice(cast: Cast) -> None:
    switch_on(make_draft(cast.office), cast.office)
    with pytest.raises(NotNow, match="已经导入"):
        switch_on(make_draft(cast.office), cast.office, JANUARY + timedelta(days=1))
    assert Plan.objects.get().state == PlanState.ACTIVE
