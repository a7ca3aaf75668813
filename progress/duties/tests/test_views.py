"""责任清单: receipt one by one and all at once, contacts, objections, answers to namings."""

from __future__ import annotations

import pytest

from progress.models import Adjustment
from tasks.models import Designation, Naming, Plan, Responsibility, Task
from tasks.naming.acts import propose
from tests.cast import Cast, at, make_item
from tests.pages import browser, text_of
from units.models import LogEntry, UnitGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
LIST = "/2022/duties/"


def primary_of(task: Task) -> Responsibility:
    return task.responsibilities.get(is_primary=True)


def test_one_item_is_received_by_whom_and_when(cast: Cast, task: Task) -> None:
    held = primary_of(task)
    client = browser(cast.reporter)
    assert "待签收1项" in text_of(client.get(LIST))
    client.post(f"{LIST}{held.pk}/receive/")
    held.refresh_from_db()
    assert held.received_by == cast.reporter.user
    assert held.received_at is not None
    page = client.get(LIST).content.decode()
    assert "均已签收" in page
    assert "8月3日" in page


def test_receiving_twice_is_told_and_changes_nothing(cast: Cast, task: Task) -> None:
    held = primary_of(task)
    browser(cast.reporter).post(f"{LIST}{held.pk}/receive/")
    page = browser(cast.signer).post(f"{LIST}{held.pk}/receive/", follow=True)
    held.refresh_from_db()
    assert held.received_by == cast.reporter.user
    assert page.status_code == 200


def test_all_at_once_receives_only_the_units_own(cast: Cast, plan: Plan) -> None:
    for number in (1, 2, 3):
        make_item(plan, cast, number)
    browser(cast.reporter).post(f"{LIST}receive/")
    received = Responsibility.objects.filter(received_at__isnull=False)
    assert {each.unit for each in received} == {cast.lead}
    assert received.count() == 3
    entry = LogEntry.objects.get(action="responsibility.receive")
    assert all(f"重点工作第{number}项" in entry.payload for number in (1, 2, 3))


def test_a_draft_year_is_not_received(cast: Cast, task: Task) -> None:
    Plan.objects.update(state="draft")
    assert browser(cast.reporter).post(f"{LIST}receive/").status_code == 404
    assert not Responsibility.objects.filter(received_at__isnull=False).exists()


def test_contacts_are_dated_and_logged(cast: Cast, task: Task) -> None:
    held = primary_of(task)
    typed = {"leader_name": "分管副局长", "section": "建管科", "telephone": "0714-6350000"}
    browser(cast.reporter).post(f"{LIST}{held.pk}/contacts/", typed)
    held.refresh_from_db()
    assert (held.leader_name, str(held.contacts_on)) == ("分管副局长", "2022-08-03")
    entry = LogEntry.objects.get(action="responsibility.contacts")
    assert "建管科" in entry.payload


def test_a_wrong_telephone_comes_back_with_what_was_typed(cast: Cast, task: Task) -> None:
    held = primary_of(task)
    typed = {"leader_name": "分管副局长", "telephone": "无"}
    answer = browser(cast.reporter).post(f"{LIST}{held.pk}/contacts/", typed)
    assert answer.status_code == 409
    assert "分管副局长" in answer.content.decode()
    assert "请填写电话号码" in answer.content.decode()


@pytest.mark.parametrize("who", ["reporter", "supporter"])
def test_every_holder_may_object_as_a_change_of_responsibility(
    cast: Cast, task: Task, who: str
) -> None:
    actor = getattr(cast, who)
    held = task.responsibilities.get(unit=actor.unit)
    typed = {"about": "role", "reason": "示例：应由市交通运输局牵头。"}
    browser(actor).post(f"{LIST}{held.pk}/object/", typed)
    asked = Adjustment.objects.get()
    assert (asked.kind, asked.state) == ("responsibility", "requested")
    assert asked.detail["objection"] == "role"
    assert "异议办理中" in browser(actor).get(LIST).content.decode()


def asked(cast: Cast, task: Task) -> Naming:
    group = UnitGroup.objects.create(name="相关市政府部门", mode="relevant")
    designation = Designation.objects.create(
        task=task, role="support", ordinal=9, printed="相关市政府部门", group=group
    )
    return propose(
        designation=designation, unit_id=cast.stranger.pk, actor=cast.office, now=at("2022-08-02")
    )


def test_a_named_unit_confirms_and_then_answers_for_the_item(cast: Cast, task: Task) -> None:
    naming = asked(cast, task)
    client = browser(cast.stranger_reporter)
    assert "请确认是否参加" in client.get(LIST).content.decode()
    client.post(f"/2022/namings/{naming.pk}/answer/", {"answer": "confirm"})
    assert task.responsibilities.filter(unit=cast.stranger).exists()
    assert "请确认是否参加" not in client.get(LIST).content.decode()


def test_an_objection_without_a_reason_is_not_taken(cast: Cast, task: Task) -> None:
    naming = asked(cast, task)
    answer = browser(cast.stranger_reporter).post(
        f"/2022/namings/{naming.pk}/answer/", {"answer": "object"}
    )
    assert answer.status_code == 409
    naming.refresh_from_db()
    assert naming.state == "proposed"


def test_the_support_of_a_restricted_item_is_not_asked(cast: Cast, task: Task) -> None:
    naming = asked(cast, task)
    Task.objects.update(visibility="restricted")
    client = browser(cast.stranger_reporter)
    assert "请确认是否参加" not in client.get(LIST).content.decode()
    answer = client.post(f"/2022/namings/{naming.pk}/answer/", {"answer": "confirm"})
    assert answer.status_code == 404
