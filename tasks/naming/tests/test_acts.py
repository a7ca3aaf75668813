"""Naming who is meant by 相关…: proposed, answered, decided; what it does to responsibilities."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.models import Designation, Milestone, Naming, Responsibility, Task
from tasks.naming.acts import confirm, decide, drop, name_nobody, name_unit, object_to, propose
from tests.cast import Cast, at, make_milestone
from units.errors import NotNow, Refused
from units.models import Unit, UnitGroup

pytestmark = pytest.mark.django_db

NOW, TODAY = at("2022-08-03"), date(2022, 8, 3)


def open_one(task: Task, role: str = "support") -> Designation:
    group, _ = UnitGroup.objects.get_or_create(name="相关市政府部门", mode="relevant")
    return Designation.objects.create(
        task=task, role=role, ordinal=9, printed="相关市政府部门", group=group
    )


def proposed(cast: Cast, task: Task, unit: Unit, role: str = "support") -> Naming:
    designation = open_one(task, role)
    return propose(designation=designation, unit_id=unit.pk, actor=cast.office, now=NOW)


def held(task: Task, unit: Unit) -> list[tuple[str, date, date | None]]:
    rows = Responsibility.objects.filter(task=task, unit=unit).order_by("starts_on", "pk")
    return list(rows.values_list("role", "starts_on", "ends_on"))


def test_a_confirmed_unit_answers_from_that_day_on(cast: Cast, task: Task) -> None:
    naming = proposed(cast, task, cast.stranger)
    named = confirm(naming=naming, actor=cast.stranger_reporter, now=NOW)
    assert named.state == "confirmed"
    assert held(task, cast.stranger) == [("support", TODAY, None)]
    assert named.responsibility is not None
    assert named.responsibility.designation == naming.designation


def test_only_the_named_unit_answers(cast: Cast, task: Task) -> None:
    naming = proposed(cast, task, cast.stranger)
    with pytest.raises(Refused):
        confirm(naming=naming, actor=cast.reporter, now=NOW)


def test_an_objection_waits_for_the_office(cast: Cast, task: Task) -> None:
    naming = proposed(cast, task, cast.stranger)
    object_to(naming=naming, reason="示例：非本单位职责。", actor=cast.stranger_reporter, now=NOW)
    assert held(task, cast.stranger) == []
    decide(naming=naming, reason="示例：三定方案第5条。", actor=cast.office, now=NOW)
    assert held(task, cast.stranger) == [("support", TODAY, None)]


def test_what_the_office_drops_ends(cast: Cast, task: Task) -> None:
    designation = open_one(task)
    named = name_unit(
        designation=designation,
        unit=cast.stranger,
        starts_on=date(2022, 7, 1),
        actor=cast.office,
        now=NOW,
    )
    drop(naming=named, reason="示例：登记有误。", actor=cast.office, now=NOW)
    assert held(task, cast.stranger) == [("support", date(2022, 7, 1), date(2022, 8, 2))]


def test_the_stronger_role_wins(cast: Cast, task: Task) -> None:
    weaker = proposed(cast, task, cast.lead)
    confirm(naming=weaker, actor=cast.reporter, now=NOW)
    assert [role for role, _, _ in held(task, cast.lead)] == ["lead"]
    designation = Designation.objects.create(
        task=task, role="lead", ordinal=8, printed="相关单位", group=weaker.designation.group
    )
    name_unit(
        designation=designation,
        unit=cast.support,
        starts_on=TODAY,
        actor=cast.office,
        now=NOW,
    )
    assert held(task, cast.support) == [
        ("support", date(2022, 1, 21), date(2022, 8, 2)),
        ("lead", TODAY, None),
    ]


def test_who_writes_the_report_goes_on_writing_it(cast: Cast, task: Task) -> None:
    Responsibility.objects.filter(task=task, is_primary=True).update(role="responsible")
    designation = open_one(task, "lead")
    name_unit(designation=designation, unit=cast.lead, starts_on=TODAY, actor=cast.office, now=NOW)
    assert held(task, cast.lead) == [("responsible", date(2022, 1, 21), None)]
    assert Responsibility.objects.on(TODAY).get(task=task, is_primary=True).unit == cast.lead


def test_a_unit_with_a_stronger_role_goes_on_with_its_steps(cast: Cast, task: Task) -> None:
    step = make_milestone(task, task.responsibilities.get(unit=cast.support), date(2022, 9, 30))
    designation = open_one(task, "lead")
    name_unit(
        designation=designation, unit=cast.support, starts_on=TODAY, actor=cast.office, now=NOW
    )
    step = Milestone.objects.get(pk=step.pk)
    before, after = (step.responsibility.reporter_on(day) for day in (date(2022, 8, 2), TODAY))
    assert before is not None
    assert after is not None
    assert (before.unit, before.role) == (cast.support, "support")
    assert (after.unit, after.role) == (cast.support, "lead")


def test_the_same_unit_is_not_named_twice(cast: Cast, task: Task) -> None:
    designation = open_one(task)
    naming = propose(designation=designation, unit_id=cast.stranger.pk, actor=cast.office, now=NOW)
    name_unit(
        designation=designation,
        unit=cast.stranger,
        starts_on=TODAY,
        actor=cast.office,
        now=NOW,
    )
    assert Naming.objects.get() == naming
    with pytest.raises(NotNow, match="已列入"):
        name_unit(
            designation=designation,
            unit=cast.stranger,
            starts_on=TODAY,
            actor=cast.office,
            now=NOW,
        )


def test_a_naming_may_end_by_date_but_not_before_it_starts(cast: Cast, task: Task) -> None:
    designation = open_one(task)
    with pytest.raises(NotNow, match="终止日期"):
        name_unit(
            designation=designation,
            unit=cast.stranger,
            starts_on=TODAY,
            ends_on=date(2022, 8, 1),
            actor=cast.office,
            now=NOW,
        )
    name_unit(
        designation=designation,
        unit=cast.stranger,
        starts_on=TODAY,
        ends_on=date(2022, 9, 30),
        actor=cast.office,
        now=NOW,
    )
    assert held(task, cast.stranger) == [("support", TODAY, date(2022, 9, 30))]


def test_a_designation_that_needs_nobody_is_marked_once(cast: Cast, task: Task) -> None:
    designation = open_one(task)
    name_nobody(designation=designation, reason="示例：已列全。", actor=cast.office, now=NOW)
    with pytest.raises(NotNow):
        name_nobody(designation=designation, reason="示例：已列全。", actor=cast.office, now=NOW)
    with pytest.raises(Refused):
        name_nobody(designation=designation, reason="示例。", actor=cast.reporter, now=NOW)
