"""调度会: the agenda by risk, drafts that are sent all at once, and the next meeting's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from progress.board.shown import Frozen, FrozenPeriod, Item, PlanName, Shown
from progress.meetings.acts import decide, open_meeting
from progress.meetings.agenda import Facts, agenda_of, row_of
from progress.models import Instruction, Meeting, MeetingDecision, Reminder, TaskPeriod
from tasks.models import Area, Plan, Task
from tests.cast import Cast, at, make_item, make_milestone, period_of
from tests.matters import answered
from tests.office_files import PDF
from tests.pages import browser, text_of
from units.models import LogEntry

TODAY = date(2022, 8, 3)
NOTHING = Facts({}, {}, {})


def shown(light: str, before: str = "", gap: int = 0) -> Shown:
    period = FrozenPeriod(
        pk=1, cycle="monthly", code="2022-06", label="6月", data_as_of=date(2022, 6, 30)
    )
    frozen = Frozen(
        light=light, period=period, frozen_at=at("2022-07-13"), before=before, gap=Decimal(gap)
    )
    plan = PlanName(pk=1, slug="2022", year=2022, is_sample=False)
    item = Item(pk=7, plan=plan, number=7, kind="key_task")
    return Shown(item=item, due_on=TODAY, frozen=frozen)


@pytest.mark.parametrize(
    ("row", "facts", "reasons"),
    [
        (shown("on_pace", "on_pace"), NOTHING, ()),
        (
            shown("late", "slow", -20),
            NOTHING,
            ("滞后，低于计划20个百分点", "较上期变差（上期进度偏慢）"),
        ),
        (shown("slow", "late"), NOTHING, ("进度偏慢",)),
        (
            shown("on_pace", "on_pace"),
            Facts({7: [("开工", date(2022, 7, 1))]}, {7: 1}, {7: 2}),
            ("节点“开工”逾期33天", "1件需协调问题未转办", "上次议定2件未办结"),
        ),
    ],
)
def test_the_reasons_of_an_item(row: Shown, facts: Facts, reasons: Sequence[str]) -> None:
    assert row_of(row, facts, TODAY).reasons == reasons


def freeze(task: Task, light: str, percent: int) -> None:
    """June's 定稿 of the item; 50 were planned."""
    TaskPeriod.objects.create(
        task=task,
        period=period_of(task.plan, "2022-06"),
        light=light,
        computed_light=light,
        percent=percent,
        expected=50,
        gap=percent - 50,
        reason="示例判定。",
        frozen_at=at("2022-07-13"),
    )


def area_of(plan: Plan, ordinal: int) -> Area:
    return Area.objects.create(plan=plan, ordinal=ordinal, title=f"示例方面{ordinal}")


def url(name: str, *args: object) -> str:
    return reverse(f"progress:{name}", args=["2022", *args])


def open_one(cast: Cast, plan: Plan, day: str = "2022-08-03", **about: Any) -> Meeting:
    given = {"title": "示例调度会", "post": None, "area": None, **about}
    moment = at(day)
    return open_meeting(plan=plan, held_on=moment.date(), actor=cast.office, now=moment, **given)


def draft(
    cast: Cast, meeting: Meeting, task: Task, text: str = "示例：倒排工期。"
) -> MeetingDecision:
    return decide(
        meeting=meeting,
        task=task,
        text=text,
        unit=cast.lead,
        due_on=date(2022, 8, 31),
        actor=cast.office,
        now=at("2022-08-03"),
    )


def sent(client: Client, meeting: Meeting, **more: Any) -> Any:
    given = {"basis": "minutes", "authority": "示例纪要〔2022〕8号", **more}
    return client.post(url("meeting_send", meeting.pk), given, follow=True)


@pytest.mark.django_db
def test_the_agenda_is_of_the_area_the_worst_first(cast: Cast, plan: Plan) -> None:
    area = area_of(plan, 1)
    slow, late, step = (make_item(plan, cast, number, area=area) for number in (1, 2, 3))
    freeze(slow, "slow", 40)
    freeze(late, "late", 20)
    freeze(step, "on_pace", 60)
    make_milestone(step, step.responsibilities.get(is_primary=True), date(2022, 7, 1))
    freeze(make_item(plan, cast, 4, area=area_of(plan, 2)), "late", 1)
    freeze(make_item(plan, cast, 5, area=area), "on_pace", 60)
    rows = agenda_of(open_one(cast, plan, area=area), cast.office, TODAY)
    assert [row.shown.item.number for row in rows] == [2, 1, 3]


@pytest.mark.django_db
def test_what_is_decided_is_sent_at_once_with_its_paper(
    cast: Cast, plan: Plan, third_of_august: None
) -> None:
    task, other = make_item(plan, cast, 1), make_item(plan, cast, 2)
    freeze(task, "late", 10)
    client = browser(cast.office)
    made = client.post(url("meetings"), {"title": "示例调度会", "held_on": "2022-08-03"})
    meeting = Meeting.objects.get()
    assert made["Location"] == url("meeting", meeting.pk)
    at_table = url("meeting_item", meeting.pk, "key_task", 1)
    refused = client.post(at_table, {"text": "示例：月底前开工。", "due_on": "2022-08-01"})
    assert refused.status_code == 409
    assert "示例：月底前开工。" in text_of(refused)
    typed = {"text": "示例：月底前开工。", "unit": cast.co_lead.pk, "due_on": "2022-08-31"}
    client.post(at_table, typed)
    draft(cast, meeting, other)
    gone = draft(cast, meeting, other, "示例：记错了。")
    client.post(url("meeting_drop", gone.pk))
    assert not Instruction.objects.exists()
    assert "请写明纪要的文号" in text_of(sent(client, meeting, authority=""))
    scan = SimpleUploadedFile("纪要.pdf", PDF, content_type="application/pdf")
    assert "已交办2件" in text_of(sent(client, meeting, scan=scan))
    first, second = Instruction.objects.order_by("pk")
    assert (first.get_source_display(), first.paper) == (
        "会议议定",
        "会议纪要：示例纪要〔2022〕8号",
    )
    assert list(first.tasks.all()) == [task]
    assert [each.files.count() for each in (first, second)] == [1, 1]
    assert Reminder.objects.filter(recipient=cast.co_reporter.user).exists()
    again = sent(client, meeting)
    assert again.status_code == 409
    assert "不能再改" in text_of(again)
    assert client.post(at_table, typed).status_code == 409
    assert Instruction.objects.count() == 2
    assert LogEntry.objects.filter(action="meeting.send").count() == 1


@pytest.mark.django_db
def test_nothing_decided_is_nothing_to_send(cast: Cast, plan: Plan) -> None:
    meeting = open_one(cast, plan)
    response = sent(browser(cast.office), meeting)
    assert response.status_code == 409
    meeting.refresh_from_db()
    assert not meeting.is_sent


@pytest.mark.django_db
def test_the_next_meeting_opens_with_this_ones_list_and_what_became_of_it(
    cast: Cast, plan: Plan, third_of_august: None
) -> None:
    task = make_item(plan, cast)
    client, meeting = browser(cast.office), open_one(cast, plan)
    draft(cast, meeting, task)
    sent(client, meeting)
    made = Instruction.objects.get()
    other = open_one(cast, plan, "2022-08-02")
    later = open_one(cast, plan, "2022-08-04")
    assert (other.previous, later.previous) == (None, meeting)
    assert "上次议定1件未办结" in text_of(client.get(url("meeting", later.pk)))
    answered(cast, made, at("2022-08-03"))
    page = text_of(client.get(url("meeting_item", later.pk, "key_task", 1)))
    assert "示例：倒排工期。" in page
    assert "已答复" in page
