"""交办事项 from the registration to its end, by the verbs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from progress.matters import answers as answering
from progress.matters import instructions
from progress.matters import requests as instruction_requests
from progress.matters.answers import close, return_to_unit
from progress.matters.coordination import asked_list, hand_on
from progress.matters.permissions import unit_of
from progress.models import Instruction, Reminder, ReportVersion
from tasks.models import Plan, Task
from tests.cast import Cast, accept_report, at, report_of
from tests.matters import MONDAY, answered, approval_of, make_instruction
from units.errors import NotNow, Refused
from units.models import Appointment, LogEntry

pytestmark = pytest.mark.django_db

WEDNESDAY = at("2022-08-03")


def told(instruction: Instruction) -> set[tuple[str, str]]:
    rows = Reminder.objects.filter(subject=f"instruction:{instruction.pk}", is_immediate=True)
    return set(rows.values_list("recipient__username", "rung"))


@pytest.mark.parametrize(
    ("urgency", "due_on"), [("urgent", date(2022, 8, 8)), ("ordinary", date(2022, 8, 22))]
)
def test_the_urgency_says_how_many_working_days(
    cast: Cast, plan: Plan, urgency: str, due_on: date
) -> None:
    assert make_instruction(cast, plan, urgency=urgency).due_on == due_on


def test_each_source_counts_for_itself_and_the_units_are_told_at_once(
    cast: Cast, plan: Plan
) -> None:
    first, second = make_instruction(cast, plan), make_instruction(cast, plan)
    meeting = make_instruction(cast, plan, source="meeting")
    assert [str(each.code) for each in (first, second, meeting)] == [
        "批示〔2022〕1号",
        "批示〔2022〕2号",
        "会议议定〔2022〕1号",
    ]
    people = {name for name, _ in told(first)}
    assert people == {"市住建局联络员", "市住建局单位负责人", "市财政局联络员"}


def test_of_a_restricted_matter_only_the_lead_is_told(cast: Cast, plan: Plan) -> None:
    secret = make_instruction(cast, plan, visibility="restricted")
    assert {name for name, _ in told(secret)} == {"市住建局联络员", "市住建局单位负责人"}


def test_no_leader_is_told_anything(cast: Cast, plan: Plan, task: Task) -> None:
    close(
        matter=answered(cast, make_instruction(cast, plan)),
        actor=cast.office,
        now=WEDNESDAY,
        conclusion="示例",
    )
    leaders = Appointment.objects.filter(role="leader").values("user")
    assert not Reminder.objects.filter(recipient__in=leaders).exists()


def test_answered_returned_answered_again_and_closed(cast: Cast, plan: Plan) -> None:
    matter = answered(cast, make_instruction(cast, plan))
    assert (matter.state, matter.received_at) == ("answered", at("2022-08-02"))
    back = return_to_unit(
        matter=matter, actor=cast.office, now=WEDNESDAY, reason="缺清单。", due_on=date(2022, 8, 5)
    )
    assert (back.state, back.answer_due_on, back.due_on) == (
        "returned",
        date(2022, 8, 5),
        date(2022, 8, 22),
    )
    assert back in Instruction.objects.overdue(date(2022, 8, 6))
    again = answered(cast, back, at("2022-08-04"))
    assert again.first_answered_at == at("2022-08-02")
    done = close(matter=again, actor=cast.office, now=at("2022-08-05"), conclusion="已落实。")
    answers = list(done.answers.values_list("number", "decision", "signed_by_name"))
    assert [(n, d) for n, d, _ in answers] == [(1, "returned"), (2, "accepted")]
    assert all("单位负责人" in name for _, _, name in answers)
    assert LogEntry.objects.filter(action="instruction.close", subject_id=done.pk).exists()


def test_a_unit_without_a_signer_answers_at_once_and_is_marked(cast: Cast, plan: Plan) -> None:
    matter = make_instruction(cast, plan, lead=cast.support, co_units=[])
    done = answering.submit_answer(matter=matter, actor=cast.supporter, now=WEDNESDAY, text="示例")
    assert (done.state, done.answers.get().signature) == ("answered", "unsigned")


def test_nobody_closes_what_they_recorded(cast: Cast, plan: Plan) -> None:
    matter = make_instruction(cast, plan)
    done = answering.record_answer(matter=matter, actor=cast.office, now=WEDNESDAY, text="示例")
    with pytest.raises(Refused, match="其他人员"):
        close(matter=done, actor=cast.office, now=WEDNESDAY, conclusion="示例")
    closed = close(matter=done, actor=cast.office_head, now=WEDNESDAY, conclusion="示例")
    assert closed.state == "closed"
    assert isinstance(closed, Instruction)
    opened = instructions.reopen(
        instruction=closed, actor=cast.office, now=WEDNESDAY, reason="示例"
    )
    assert (opened.state, opened.closed_on) == ("answering", None)


def test_what_was_withdrawn_is_written_over(cast: Cast, plan: Plan) -> None:
    matter = make_instruction(cast, plan)
    sent = answering.submit_answer(matter=matter, actor=cast.reporter, now=MONDAY, text="一")
    back = answering.withdraw(matter=sent, actor=cast.reporter, now=MONDAY)
    answering.submit_answer(matter=back, actor=cast.reporter, now=MONDAY, text="二")
    assert list(matter.answers.values_list("number", "text")) == [(1, "二")]


@pytest.mark.parametrize(("day", "is_late"), [("2022-08-03", False), ("2022-08-04", True)])
def test_an_objection_has_two_working_days(cast: Cast, plan: Plan, day: str, is_late: bool) -> None:
    matter = make_instruction(cast, plan)
    if is_late:
        with pytest.raises(NotNow, match="8月3日"):
            instruction_requests.object_to(
                instruction=matter, actor=cast.reporter, now=at(day), reason="示例"
            )
        return
    asked = instruction_requests.object_to(
        instruction=matter, actor=cast.reporter, now=at(day, "23:59:59"), reason="示例"
    )
    instruction_requests.grant_objection(
        request=asked, actor=cast.office, now=at(day), lead=cast.support, note="示例"
    )
    matter = Instruction.objects.get(pk=matter.pk)
    assert unit_of(matter) == cast.support
    assert matter in Instruction.objects.visible_to(cast.reporter)  # held it once
    assert ("市财政局联络员", "assigned:20220803100000") in told(matter)


def test_an_extension_is_asked_for_in_time_and_moves_the_day(cast: Cast, plan: Plan) -> None:
    matter = make_instruction(cast, plan, due_on=date(2022, 8, 5))
    for_all: dict[str, Any] = {"instruction": matter, "actor": cast.reporter, "reason": "示例"}
    later = date(2022, 8, 12)
    with pytest.raises(NotNow, match="已过"):
        instruction_requests.ask_extension(**for_all, now=at("2022-08-06"), wanted_on=later)
    asked = instruction_requests.ask_extension(**for_all, now=WEDNESDAY, wanted_on=later)
    with pytest.raises(NotNow, match="待处理"):
        instruction_requests.ask_extension(**for_all, now=WEDNESDAY, wanted_on=later)
    instruction_requests.grant_extension(
        request=asked, actor=cast.office, now=WEDNESDAY, approval=approval_of(cast), until=later
    )
    matter.refresh_from_db()
    assert matter.due_on == later
    assert "due_on" in LogEntry.objects.get(action="instructionrequest.grant").payload


def test_what_a_report_asks_for_becomes_an_instruction_once(
    cast: Cast, plan: Plan, task: Task
) -> None:
    accept_report(
        cast,
        report_of(task, cast.lead, "2022-06"),
        at("2022-07-04"),
        150,
        coordination="示例：请协调征地。第二句。",
        coordination_lead="市财政局",
    )
    (row,) = asked_list(plan)
    done = hand_on(version=row.version, actor=cast.office, now=MONDAY)
    assert (done.title, unit_of(done), done.decided_by) == (
        "示例：请协调征地",
        cast.support,
        "市住建局",
    )
    assert list(done.tasks.all()) == [task]
    with pytest.raises(NotNow, match="需协调〔2022〕1号"):
        hand_on(version=row.version, actor=cast.office, now=MONDAY)
    ReportVersion.objects.filter(pk=row.version.pk).update(coordination_lead="某单位")
    assert asked_list(plan)[0].instruction == done
