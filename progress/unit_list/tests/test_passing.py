"""合并 and 拆分: as one act with a date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from progress.jobs import open_periods
from progress.lifecycle.permissions import can_write
from progress.matters.orders import send_order, sign_order
from progress.models import (
    InstructionUnit,
    ProgressReport,
    Reminder,
    SupervisionOrder,
    UnitChange,
)
from progress.periods.opening import open_due_periods
from progress.unit_list.answering import answers_for
from progress.unit_list.passing import carry_out_due, register, withdraw
from tasks.intake.plan import directory
from tasks.models import Plan, Responsibility
from tests.cast import Cast, accept_report, at, make_item, make_responsibility, make_task, report_of
from tests.matters import approval_of, make_instruction, make_order
from tests.month import cast, plan, third_of_august
from tests.pages import browser, text_of
from units.actors import Actor
from units.errors import NotNow, Refused
from units.models import (
    Appointment,
    LogEntry,
    Role,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitGroupMember,
)

__all__ = ["cast", "plan", "third_of_august"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
NOW = at("2022-08-03")
TODAY, SEPTEMBER = date(2022, 8, 3), date(2022, 9, 1)


def changed(cast: Cast, kind: str = "merger", day: date = TODAY, **given: Any) -> UnitChange:
    return register(
        kind=kind,
        leaving=cast.lead,
        into=cast.co_lead,
        starts_on=day,
        authority="示例〔2022〕3号",
        actor=cast.office if "tasks" in given else cast.admin,
        now=NOW,
        **given,
    )


def holders(task: Any, day: date) -> dict[str, tuple[str, bool]]:
    rows = Responsibility.objects.on(day).filter(task=task)
    return {row.unit.name: (row.role, row.is_primary) for row in rows.select_related("unit")}


def test_a_merger_passes_everything_on_and_what_was_filed_stays(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    instruction = make_instruction(cast, plan)
    order = make_order(cast, task)
    sign_order(order=order, approval=approval_of(cast), actor=cast.office, now=at("2022-08-02"))
    send_order(order=order, actor=cast.office, now=at("2022-08-02"))
    group = UnitGroup.objects.create(name="各示例单位", mode="all")
    UnitGroupMember.objects.create(group=group, unit=cast.lead, starts_on="2022-01-01")

    changed(cast)

    assert holders(task, date(2022, 8, 2))["市住建局"] == ("lead", True)
    assert "市住建局" not in holders(task, TODAY)
    assert holders(task, TODAY)["市城管委"] == ("lead", True)
    june = report_of(task, cast.lead, "2022-06")
    assert (june.state, june.unit) == ("accepted", cast.lead)
    held = InstructionUnit.objects.open_ended().get(instruction=instruction, role="lead")
    assert held.unit == cast.co_lead
    assert SupervisionOrder.objects.get(pk=order.pk).unit == cast.co_lead
    assert group.members_on(date(2022, 8, 2)).get() == cast.lead
    assert group.members_on(TODAY).get() == cast.co_lead
    person = Appointment.objects.on(TODAY).get(user=cast.reporter.user)
    assert (person.unit, person.role) == (cast.co_lead, Role.REPORTER)
    assert Unit.objects.get(pk=cast.lead.pk).retired_on == TODAY
    done = LogEntry.objects.get(action="unitchange.done")
    assert f'"orders":[{order.pk}]' in done.payload


def test_a_notice_that_prints_the_old_name_means_the_new_unit(cast: Cast, plan: Plan) -> None:
    UnitAlias.objects.create(unit=cast.lead, name="市建设局")
    changed(cast)
    for printed in ("市住建局", "市建设局", "市城管委"):
        assert directory().resolve(printed) == ("市城管委", "unit")


def test_of_two_roles_the_stronger_stays(cast: Cast, plan: Plan) -> None:
    support, both = make_task(plan, 1), make_task(plan, 2)
    make_responsibility(support, cast.support, is_primary=True)
    make_responsibility(support, cast.lead, "support")
    make_responsibility(support, cast.co_lead, "lead")
    make_responsibility(both, cast.lead, is_primary=True)
    make_responsibility(both, cast.co_lead, "support")
    changed(cast)
    assert holders(support, TODAY) == {"市财政局": ("lead", True), "市城管委": ("lead", False)}
    assert holders(both, TODAY) == {"市城管委": ("lead", True)}


def test_a_merger_to_come_waits_for_its_day_and_runs_once(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    changed(cast, day=SEPTEMBER)
    assert holders(task, TODAY)["市住建局"] == ("lead", True)
    assert "2022年9月1日起市住建局并入市城管委" in text_of(
        browser(cast.admin).get("/unit-list/?state=changing")
    )
    assert carry_out_due(at("2022-08-31")) == 0
    assert carry_out_due(at("2022-09-02")) == 1  # a day late: it holds from its day all the same
    assert carry_out_due(at("2022-09-02")) == 0
    assert holders(task, date(2022, 8, 31))["市住建局"] == ("lead", True)
    assert holders(task, SEPTEMBER)["市城管委"] == ("lead", True)


def test_the_hourly_job_carries_it_out(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    change = changed(cast, day=SEPTEMBER)
    UnitChange.objects.update(starts_on=TODAY)
    open_periods()
    change.refresh_from_db()
    assert change.done_at is not None


def test_what_cannot_be_carried_out_on_its_day_is_told(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    change = changed(cast, day=SEPTEMBER)
    Unit.objects.filter(pk=cast.co_lead.pk).update(retired_on=date(2022, 8, 20))
    for hour in ("00:10:00", "01:10:00"):  # told once a day, tried every hour
        assert carry_out_due(at("2022-09-01", hour)) == 0
    told = Reminder.objects.filter(subject=f"unitchange:{change.pk}")
    people = [row.recipient for row in told]
    assert {cast.admin.user, cast.office.user} <= set(people)
    assert len(people) == len(set(people))
    assert "市城管委已停用" in told[0].text
    assert told[0].link == f"/unit-list/{cast.lead.pk}/"
    Unit.objects.filter(pk=cast.co_lead.pk).update(retired_on=None)
    assert carry_out_due(at("2022-09-01", "02:10:00")) == 1
    change.refresh_from_db()
    assert change.problem == ""


def test_it_is_withdrawn_before_its_day_only(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    changed(cast, day=SEPTEMBER)
    withdraw(leaving=cast.lead, actor=cast.admin, now=NOW)
    assert carry_out_due(at("2022-09-02")) == 0
    assert holders(task, SEPTEMBER)["市住建局"] == ("lead", True)
    with pytest.raises(NotNow, match="没有可以撤回"):
        withdraw(leaving=cast.lead, actor=cast.admin, now=NOW)


def test_a_split_passes_on_what_was_chosen(cast: Cast, plan: Plan) -> None:
    goes, stays = make_item(plan, cast, 1), make_item(plan, cast, 2)
    person = cast.reporter.appointment.pk
    changed(cast, "split", tasks=[goes.pk], people=[person])
    assert holders(goes, TODAY)["市城管委"] == ("lead", True)
    assert "市住建局" not in holders(goes, TODAY)
    assert holders(stays, TODAY)["市住建局"] == ("lead", True)
    assert Appointment.objects.on(TODAY).get(user=cast.reporter.user).unit == cast.co_lead
    assert Appointment.objects.on(TODAY).get(user=cast.signer.user).unit == cast.lead
    assert Unit.objects.get(pk=cast.lead.pk).retired_on is None


def test_the_open_month_is_filed_by_the_unit_that_took_over(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    july = report_of(task, cast.lead)
    changed(cast)
    open_due_periods(plan, TODAY)
    july.refresh_from_db()
    assert july.unit == cast.co_lead
    assert ProgressReport.objects.filter(period=july.period).get() == july
    reporter = Actor(cast.reporter.user, Appointment.objects.on(TODAY).get(user=cast.reporter.user))
    assert ProgressReport.objects.visible_to(reporter).contains(july)
    assert can_write(reporter, july)


def test_what_was_begun_twice_stays_with_who_began_it(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    make_responsibility(task, cast.co_lead)
    Responsibility.objects.filter(task=task).update(is_primary=False)
    primary = make_responsibility(task, cast.stranger)
    Responsibility.objects.filter(pk=primary.pk).update(is_primary=True)
    own, theirs = (report_of(task, unit) for unit in (cast.co_lead, cast.lead))
    changed(cast)
    open_due_periods(plan, TODAY)
    left = ProgressReport.objects.filter(period=own.period, duty="co_lead")
    assert list(left) == [own]
    assert not ProgressReport.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"into": "lead"}, "承接单位不能是原单位"),
        ({"kind": "split"}, "请至少选择一个"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, given: dict[str, Any], sentence: str) -> None:
    wanted: dict[str, Any] = {"kind": "merger", "into": "co_lead", **given}
    with pytest.raises(NotNow, match=sentence):
        register(
            kind=wanted["kind"],
            leaving=cast.lead,
            into=getattr(cast, wanted["into"]),
            starts_on=SEPTEMBER,
            authority="示例",
            actor=cast.admin,
            now=NOW,
        )
    assert not UnitChange.objects.exists()


def test_it_is_done_on_the_page_of_the_unit(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    client = browser(cast.office)
    page = f"/unit-list/{cast.lead.pk}/"
    given = {
        "act": "split",
        "into": cast.co_lead.pk,
        "starts_on": "2022-09-01",
        "authority": "示例",
    }
    refused = client.post(page, given)
    assert refused.status_code == 409
    assert "请至少选择一个转入的事项或人员" in text_of(refused)
    assert client.post(page, given | {"tasks": [task.pk]}).status_code == 302
    assert "撤回" in text_of(client.get(page))
    assert client.post(page, {"act": "withdraw"}).status_code == 302
    merged = client.post(page, given | {"act": "merge"})
    assert merged.status_code == 302
    assert UnitChange.objects.filter(withdrawn_at=None).count() == 1


def test_a_unit_to_which_something_is_to_come_can_neither_leave_nor_be_retired(
    cast: Cast, plan: Plan
) -> None:
    changed(cast, day=SEPTEMBER)
    with pytest.raises(NotNow, match="请先撤回再登记"):
        register(
            kind="merger",
            leaving=cast.co_lead,
            into=cast.support,
            starts_on=TODAY,
            authority="示例〔2022〕4号",
            actor=cast.admin,
            now=NOW,
        )
    assert "将转入的合并、拆分" in [each.word for each in answers_for(cast.co_lead, TODAY)]


def test_nothing_passes_to_a_unit_that_is_gone_by_then(cast: Cast, plan: Plan) -> None:
    change = changed(cast, day=SEPTEMBER)
    Unit.objects.filter(pk=cast.co_lead.pk).update(retired_on=TODAY)
    carry_out_due(at("2022-09-01"))
    change.refresh_from_db()
    assert (change.done_at, change.problem) == (None, "市城管委已停用，不能办理。")


def test_numbers_of_a_unit_that_leads_beside_others_are_asked_of_the_one_it_joins(
    cast: Cast, plan: Plan
) -> None:
    task = make_item(plan, cast)
    row = Responsibility.objects.get(task=task, unit=cast.lead)
    own = make_responsibility(task, cast.co_lead, role="lead")
    primary = make_responsibility(task, cast.stranger, role="lead")
    Responsibility.objects.filter(task=task).update(is_primary=False)
    Responsibility.objects.filter(pk=primary.pk).update(is_primary=True)
    changed(cast)
    row.refresh_from_db()
    assert row.followed_by == own


def test_who_was_appointed_since_goes_on_under_the_same_appointment(cast: Cast, plan: Plan) -> None:
    Appointment.objects.filter(user=cast.reporter.user).update(starts_on=TODAY)
    held = Appointment.objects.get(user=cast.reporter.user)
    changed(cast)
    assert Appointment.objects.get(user=cast.reporter.user).pk == held.pk
    held.refresh_from_db()
    assert held.unit == cast.co_lead


def test_a_unit_that_takes_its_own_parent_in_stands_below_nobody(cast: Cast, plan: Plan) -> None:
    Unit.objects.filter(pk=cast.co_lead.pk).update(parent=cast.lead)
    changed(cast)
    assert Unit.objects.get(pk=cast.co_lead.pk).parent is None


def test_the_administrator_passes_on_people_and_no_items(cast: Cast, plan: Plan) -> None:
    task, person = make_item(plan, cast), cast.reporter.appointment.pk
    client, page = browser(cast.admin), f"/unit-list/{cast.lead.pk}/"
    given = {
        "act": "split",
        "into": cast.co_lead.pk,
        "starts_on": "2022-09-01",
        "authority": "示例",
    }
    assert client.post(page, given | {"tasks": [task.pk]}).status_code == 409
    assert not UnitChange.objects.exists()
    assert client.post(page, given | {"tasks": [task.pk], "people": [person]}).status_code == 302
    assert (UnitChange.objects.get().tasks, UnitChange.objects.get().people) == ([], [person])
    with pytest.raises(Refused):
        register(
            kind="split",
            leaving=cast.co_lead,
            into=cast.support,
            starts_on=SEPTEMBER,
            authority="示例",
            actor=cast.admin,
            now=NOW,
            tasks=[task.pk],
        )
