from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from progress.models import Reminder
from tasks.action_plans.acts import (
    accept,
    return_to_liaison,
    return_to_unit,
    revise,
    sign,
    submit,
)
from tasks.action_plans.content import from_json, to_json
from tasks.action_plans.drafting import (
    action_plan_of,
    add_milestone,
    draft_of,
    edit,
    set_needs,
    set_planned_values,
    set_share,
)
from tasks.models import (
    ActionPlan,
    Designation,
    IndicatorPlan,
    IndicatorShare,
    Milestone,
    Naming,
    Task,
)
from tests.cast import (
    Cast,
    at,
    make_item,
    make_milestone,
    make_plan,
    make_responsibility,
    make_share,
    make_task,
)
from units.errors import NotNow, Refused
from units.models import UnitGroup

pytestmark = pytest.mark.django_db

DAY, NOW = date(2022, 8, 3), at("2022-08-03")
HALF, WHOLE = date(2022, 6, 30), date(2022, 12, 31)


def write(cast: Cast, task: Task, half: int = 150, whole: int = 300) -> ActionPlan:
    action_plan = action_plan_of(task, DAY)
    set_planned_values(
        action_plan=action_plan,
        indicator=task.indicators.get(ordinal=1),
        values={HALF: Decimal(half), WHOLE: Decimal(whole)},
        actor=cast.reporter,
        now=NOW,
    )
    return action_plan


def send(cast: Cast, action_plan: ActionPlan) -> ActionPlan:
    submit(action_plan=action_plan, actor=cast.reporter, now=NOW)
    return sign(action_plan=action_plan, actor=cast.signer, now=NOW)


def pass_it(cast: Cast, action_plan: ActionPlan) -> ActionPlan:
    return accept(action_plan=send(cast, action_plan), actor=cast.office, now=NOW)


def planned(task: Task) -> list[tuple[date, Decimal]]:
    rows = IndicatorPlan.objects.filter(indicator__task=task, unit=None)
    return list(rows.values_list("as_of", "value"))


def test_nothing_is_in_force_before_the_office_accepts(cast: Cast, task: Task) -> None:
    sent = send(cast, write(cast, task))
    assert planned(task) == []
    accepted = accept(action_plan=sent, actor=cast.office, now=NOW)
    assert planned(task) == [(HALF, Decimal(150)), (WHOLE, Decimal(300))]
    assert accepted.accepted_version is not None
    assert accepted.accepted_version.signed_by_name == cast.signer.name


def test_a_return_opens_the_next_version_with_the_same_content(cast: Cast, task: Task) -> None:
    sent = send(cast, write(cast, task))
    returned = return_to_unit(action_plan=sent, reason="请按月细化。", actor=cast.office, now=NOW)
    first, second = returned.versions.order_by("number")
    assert first.return_reason == "请按月细化。"
    assert second.content == first.content
    assert second.signed_at is None


def test_what_is_told_of_a_plan_fits_its_columns(cast: Cast, task: Task) -> None:
    """SQLite measures no text: what is too long fails on PostgreSQL only."""
    held = submit(action_plan=write(cast, task), actor=cast.reporter, now=NOW)
    back = return_to_liaison(action_plan=held, reason="请补充节点。", actor=cast.signer, now=NOW)
    sent = send(cast, back)
    returned = return_to_unit(action_plan=sent, reason="请按月细化。", actor=cast.office, now=NOW)
    pass_it(cast, returned)
    told = Reminder.objects.filter(subject=f"actionplan:{returned.pk}")
    rungs = {each.rung.split(":")[0] for each in told}
    assert rungs == {"to-sign", "sent-back", "returned", "accepted"}
    for each in told:
        each.clean_fields()


def test_revising_keeps_the_accepted_one_in_force(cast: Cast, task: Task) -> None:
    accepted = pass_it(cast, write(cast, task))
    revise(action_plan=accepted, actor=cast.reporter, now=NOW)
    write(cast, task, half=120)
    assert planned(task)[0] == (HALF, Decimal(150))
    pass_it(cast, accepted)
    assert planned(task)[0] == (HALF, Decimal(120))


def test_only_the_primarys_liaison_writes(cast: Cast, task: Task) -> None:
    action_plan = action_plan_of(task, DAY)
    for actor in (cast.signer, cast.supporter, cast.office):
        with pytest.raises(Refused):
            edit(action_plan=action_plan, change=lambda c: c, actor=actor, now=NOW)


def test_what_another_saved_meanwhile_is_not_overwritten(cast: Cast, task: Task) -> None:
    action_plan = action_plan_of(task, DAY)
    seen = action_plan.latest().stamp
    write(cast, task)
    with pytest.raises(NotNow, match="刚保存过"):
        edit(
            action_plan=action_plan,
            change=lambda content: content,
            actor=cast.reporter,
            now=NOW,
            seen=seen,
        )


def test_nobody_in_the_office_accepts_what_they_signed(cast: Cast, task: Task) -> None:
    sent = send(cast, write(cast, task))
    version = sent.latest()
    version.signed_by = cast.office.user
    version.save()
    with pytest.raises(Refused):
        accept(action_plan=sent, actor=cast.office, now=NOW)


@pytest.mark.parametrize(
    ("half", "whole", "words"),
    [(310, 300, "小于上一期"), (100, 250, "低于目标")],
)
def test_a_course_that_falls_or_ends_below_the_target_is_not_sent(
    cast: Cast, task: Task, half: int, whole: int, words: str
) -> None:
    action_plan = write(cast, task, half, whole)
    with pytest.raises(NotNow, match=words):
        submit(action_plan=action_plan, actor=cast.reporter, now=NOW)


def test_an_empty_plan_is_not_sent(cast: Cast, task: Task) -> None:
    with pytest.raises(NotNow, match="至少填写"):
        submit(action_plan=action_plan_of(task, DAY), actor=cast.reporter, now=NOW)


def test_parts_must_sum_to_the_target_and_are_dated(cast: Cast, task: Task) -> None:
    county = make_responsibility(task, cast.county, "support")
    indicator = task.indicators.get(ordinal=1)
    make_share(indicator, cast.county, 200)
    action_plan = write(cast, task)
    with pytest.raises(NotNow, match="合计200，与全市目标300不符"):
        submit(action_plan=action_plan, actor=cast.reporter, now=NOW)
    set_share(
        action_plan=action_plan,
        indicator=indicator,
        unit=county.unit,
        value=Decimal(300),
        actor=cast.reporter,
        now=NOW,
    )
    pass_it(cast, action_plan)
    shares = IndicatorShare.objects.filter(indicator=indicator).order_by("starts_on")
    assert list(shares.values_list("value", "starts_on", "ends_on")) == [
        (Decimal(200), date(2022, 1, 21), date(2022, 8, 2)),
        (Decimal(300), DAY, None),
    ]


def test_milestones_that_go_on_keep_what_was_reported(cast: Cast) -> None:
    task = make_task(make_plan(), tracking="milestone")
    primary = make_responsibility(task, cast.lead, is_primary=True)
    done = make_milestone(task, primary, date(2022, 5, 1))
    done.done_on = date(2022, 4, 28)
    done.save()
    action_plan = action_plan_of(task, DAY)
    add_milestone(
        action_plan=action_plan,
        title="竣工",
        due_on=date(2022, 11, 30),
        weight=3,
        responsibility=primary,
        actor=cast.reporter,
        now=NOW,
    )
    pass_it(cast, action_plan)
    rows = Milestone.objects.filter(task=task).values_list("title", "weight", "done_on")
    assert list(rows) == [("开工", 1, date(2022, 4, 28)), ("竣工", 3, None)]


def test_a_milestone_after_the_deadline_is_refused(cast: Cast, task: Task) -> None:
    action_plan = write(cast, task)
    add_milestone(
        action_plan=action_plan,
        title="验收",
        due_on=date(2023, 3, 1),
        weight=1,
        responsibility=task.responsibilities.get(is_primary=True),
        actor=cast.reporter,
        now=NOW,
    )
    with pytest.raises(NotNow, match="延期须另行申请"):
        submit(action_plan=action_plan, actor=cast.reporter, now=NOW)


def test_an_accepted_plan_asks_the_units_it_needs(cast: Cast, task: Task) -> None:
    group = UnitGroup.objects.create(name="相关市政府部门", mode="relevant")
    designation = Designation.objects.create(
        task=task, role="support", ordinal=9, printed="相关市政府部门", group=group
    )
    action_plan = write(cast, task)
    set_needs(
        action_plan=action_plan,
        designation=designation,
        units=[cast.stranger],
        actor=cast.reporter,
        now=NOW,
    )
    pass_it(cast, action_plan)
    naming = Naming.objects.get(designation=designation)
    assert (naming.unit, naming.state) == (cast.stranger, "proposed")
    assert not task.responsibilities.filter(unit=cast.stranger).exists()


def test_what_belongs_to_another_item_is_refused(cast: Cast, task: Task) -> None:
    other = make_item(task.plan, cast, number=2)
    with pytest.raises(NotNow, match="不属于此事项"):
        set_planned_values(
            action_plan=action_plan_of(task, DAY),
            indicator=other.indicators.get(ordinal=1),
            values={WHOLE: Decimal(1)},
            actor=cast.reporter,
            now=NOW,
        )


def test_a_draft_comes_back_from_its_json_as_it_was(cast: Cast, task: Task) -> None:
    content = draft_of(write(cast, task))
    assert from_json(to_json(content)) == content
    assert content.course(task.indicators.get(ordinal=1).pk, None)[0] == (HALF, Decimal(150))
