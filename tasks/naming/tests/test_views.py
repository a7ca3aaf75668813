"""The naming desk of the office: search, naming several, as in another item, objections."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.test import Client

from tasks.models import Area, Designation, Naming, Plan, Responsibility, Task
from tasks.naming.acts import object_to, propose
from tasks.naming.desk import OPEN, ORDER, RELEVANT_OPEN, counted_states, desk_rows, wanted
from tests.cast import Cast, at, make_item
from tests.pages import text_of
from units.models import GroupMode, UnitGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
DESK = "/2022/designations/"


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.office.user)
    return client


def open_one(task: Task, printed: str = "相关市政府部门") -> Designation:
    group, _ = UnitGroup.objects.get_or_create(name=printed, defaults={"mode": "relevant"})
    return Designation.objects.create(
        task=task, role="support", ordinal=9, printed=printed, group=group
    )


def named(task: Task) -> list[str]:
    held = Responsibility.objects.filter(task=task, designation__isnull=False)
    return [each.unit.name for each in held.order_by("unit__name")]


def test_what_the_notice_spells_out_is_not_on_the_desk(
    office: Client, task: Task, cast: Cast
) -> None:
    Designation.objects.create(
        task=task, role="support", ordinal=1, printed="市财政局", unit=cast.support
    )
    assert "没有需要明确的单位" in office.get(DESK).content.decode()


def test_search_by_words_area_and_state(office: Client, cast: Cast, plan: Plan) -> None:
    area = Area.objects.create(plan=plan, ordinal=3, title="扩大开放")
    first = make_item(plan, cast, 1, short_title="招商引资", area=area)
    second = make_item(plan, cast, 2, short_title="城市更新")
    for task in (first, second):
        open_one(task)
    for asked, there, absent in (
        ("words=招商", "招商引资", "城市更新"),
        ("words=2", "城市更新", "招商引资"),
        ("area=3", "招商引资", "城市更新"),
        ("state=named", "没有符合条件", "招商引资"),
    ):
        page = office.get(f"{DESK}?{asked}").content.decode()
        assert there in page, asked
        assert absent not in page, asked


def test_several_units_from_a_day_then_the_next_open_one(
    office: Client, cast: Cast, plan: Plan
) -> None:
    first, second = (open_one(make_item(plan, cast, number)) for number in (1, 2))
    typed = {
        "units": [cast.stranger.pk, cast.county.pk],
        "starts_on": "2022-07-01",
        "reason": "示例：牵头单位来函。",
    }
    answer = office.post(f"{DESK}{first.pk}/name/", typed)
    assert answer["Location"] == f"{DESK}{second.pk}/"
    assert named(first.task) == ["大冶市政府", "市体育局"]
    starts = Responsibility.objects.filter(designation=first).values_list("starts_on", flat=True)
    assert {str(day) for day in starts} == {"2022-07-01"}


def test_the_same_as_another_item(office: Client, cast: Cast, plan: Plan) -> None:
    first, second = (open_one(make_item(plan, cast, number)) for number in (1, 2))
    starts = {"starts_on": "2022-07-01"}
    office.post(f"{DESK}{first.pk}/name/", {"units": [cast.stranger.pk], **starts})
    assert "重点工作第1项" in office.get(f"{DESK}{second.pk}/").content.decode()
    office.post(f"{DESK}{second.pk}/name/", {"same_as": str(first.pk), **starts})
    assert named(second.task) == ["市体育局"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_on": "2022-07-01"}, "请选择单位"),
        ({"units": "x", "starts_on": "2022-07-01"}, "所选单位"),
        ({"same_as": "1", "starts_on": ""}, "请填写起始日期"),
        ({"starts_on": "昨天"}, "2022-08-05"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_saved(
    office: Client, task: Task, typed: dict[str, str], words: str
) -> None:
    answer = office.post(f"{DESK}{open_one(task).pk}/name/", typed)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert named(task) == []


def test_a_day_before_the_notice_is_refused(office: Client, task: Task, cast: Cast) -> None:
    designation = open_one(task)
    typed = {"units": [cast.stranger.pk], "starts_on": "2022-01-01"}
    answer = office.post(f"{DESK}{designation.pk}/name/", typed)
    assert answer.status_code == 409
    assert "成文日期" in answer.content.decode()


def test_the_office_decides_on_an_objection(office: Client, task: Task, cast: Cast) -> None:
    naming = propose(
        designation=open_one(task),
        unit_id=cast.stranger.pk,
        actor=cast.office,
        now=at("2022-08-02"),
    )
    object_to(
        naming=naming, reason="示例：非职责。", actor=cast.stranger_reporter, now=at("2022-08-03")
    )
    assert "有异议" in office.get(DESK).content.decode()
    address = f"/2022/namings/{naming.pk}/decide/"
    assert office.post(address, {"decision": "drop"}).status_code == 409
    office.post(address, {"decision": "drop", "reason": "示例：采纳。"})
    naming.refresh_from_db()
    assert naming.state == "dropped"
    assert named(task) == []


def test_needing_nobody_takes_it_off_the_open_list(office: Client, task: Task) -> None:
    designation = open_one(task)
    office.post(f"{DESK}{designation.pk}/nobody/", {"reason": "示例：已列全。"})
    assert "无需另行明确" in office.get(f"{DESK}?state=named").content.decode()
    assert "没有符合条件" in office.get(f"{DESK}?state=open").content.decode()


def test_who_has_not_received_is_listed_with_numbers(
    office: Client, task: Task, cast: Cast
) -> None:
    page = text_of(office.get("/2022/receipts/"))
    assert "2个单位还有2项未签收" in page
    client = Client()
    client.force_login(cast.reporter.user)
    client.post("/2022/duties/receive/")
    assert "1个单位还有1项未签收，1个单位已全部签收" in text_of(office.get("/2022/receipts/"))


def test_missing_plans_are_listed(office: Client, task: Task) -> None:
    page = text_of(office.get("/2022/action-plans/"))
    assert "定量和节点事项1项，0项有经审核通过" in page
    assert "市住建局" in office.get("/2022/action-plans/?state=none").content.decode()


def test_the_counted_states_are_those_of_the_rows(cast: Cast, plan: Plan) -> None:
    """Every set of up to two namings, standing, over, or to come."""
    states = ["proposed", "confirmed", "objected", "dropped"]
    ends = [None, date(2022, 7, 1), date(2022, 12, 31)]
    each = [*product(states, ends)]
    for number, chosen in enumerate([(), *((one,) for one in each), *product(each[::2], each)], 1):
        words = ("相关市政府部门", "成员单位")[number % 2]
        designation = open_one(make_item(plan, cast, number), words)
        for unit, (state, ends_on) in zip((cast.stranger, cast.county), chosen, strict=False):
            Naming.objects.create(
                designation=designation,
                unit=unit,
                state=state,
                starts_on=date(2022, 6, 1),
                ends_on=ends_on,
                proposed_by_name="示例",
                proposed_at=at("2022-06-01"),
            )
    UnitGroup.objects.filter(name="成员单位").update(mode="to_be_named")
    day = date(2022, 8, 3)
    rows, counted = desk_rows(plan, day), counted_states(plan, day)
    for state in ORDER:
        assert counted[state] == len(wanted(rows, state=state)) > 0, state
    relevant = wanted(rows, state=OPEN, mode=GroupMode.RELEVANT)
    assert 0 < counted[RELEVANT_OPEN] == len(relevant) < counted[OPEN]
