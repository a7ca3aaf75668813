"""沿用上年, by the page: what the draft has of the plan, what not, and what becomes of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from huangshi_tasks.lib import clock
from tasks.desk.acts import correct
from tasks.desk.changes import FIELD, TARGETS, Change
from tasks.desk.content import content_of
from tasks.desk.open_doubts import open_doubts
from tasks.desk.originals.page import OriginalPage
from tasks.desk.originals.tests.bringing import client_of, paste, replace
from tasks.intake.plan import create_plan
from tasks.models import NoticeDraft, Plan, PlanState, Responsibility, SourceKind, Task
from tasks.reader.directory import Directory
from tasks.reader.parser import parse_notice
from tests.cast import Cast
from tests.month import cast
from units.models import LogEntry

__all__ = ["cast"]
pytestmark = pytest.mark.django_db

NOTICE = """市政府办公室关于印发2022年市政府重点工作责任分解的通知
甲政办发〔2022〕1号
一、产业
（一）工业
1.新增规上企业100家，开工项目20个。(牵头单位：市财政局；配合单位：市体育局；完成时限：10月底)
2.建成污水处理厂1座。(牵头单位：市住建局；完成时限：2022年11月底)
二、城市
3.出台培育方案。(牵头单位：市城管委、市住建局)
2022年1月20日
"""
NEXT = NOTICE.replace("2022", "2023").replace("100家", "120家")


@pytest.fixture
def plan(cast: Cast) -> Plan:
    names = ["市财政局", "市体育局", "市城管委", cast.lead.name]
    known = Directory.of(units=names, groups=[], aliases={}, group_aliases={})
    made = create_plan(
        notice=parse_notice(NOTICE, known), source_text=NOTICE, state=PlanState.ACTIVE,
        now=clock.now(),
    )  # fmt: skip
    named = made.tasks.get(number=3)
    named.short_title, named.cycle = "培育方案", "monthly"
    named.save()
    return made


def _carry(cast: Cast, plan: Plan, **more: str) -> NoticeDraft:
    client = client_of(cast.office)
    answer = client.post(reverse("tasks:draft_carry"), {"plan": str(plan.pk), **more})
    assert answer.status_code == 302, answer.content.decode()
    draft = NoticeDraft.objects.latest("id")
    assert answer["Location"] == reverse("tasks:draft", args=[draft.pk])
    return draft


def test_the_draft_has_the_items_of_the_plan_and_owes_what_the_notice_says(
    cast: Cast, plan: Plan
) -> None:
    draft = _carry(cast, plan)
    assert (draft.year, draft.title) == (2023, plan.title.replace("2022", "2023"))
    content = content_of(draft)
    first, second, third = (each.item for each in content.items)
    assert [each.text for each in (first, second, third)] == [
        task.text for task in plan.tasks.order_by("number")
    ]
    assert [area.title for area in content.areas] == ["产业", "城市"]
    assert (first.theme, third.theme) == ("工业", None)
    assert (first.names("lead"), first.names("support")) == (["市财政局"], ["市体育局"])
    assert (first.deadline_text, first.deadline) == ("10月底", date(2023, 10, 31))
    assert second.deadline_text == ""
    assert third.names("lead") == ["市城管委", cast.lead.name]
    assert (third.short_title, third.cycle) == ("培育方案", "monthly")
    assert content.acts == ()
    asked = [each.name for each in OriginalPage(content).open_fields]
    assert asked == ["document_number", "issued_on"]
    assert OriginalPage(content).unsaid_tables == []
    assert content.series == plan.series


def test_targets_are_nobodys_until_somebody_says_them(cast: Cast, plan: Plan) -> None:
    draft = _carry(cast, plan)
    content = content_of(draft)
    asked = [each for each in open_doubts(content) if each.kind == "targets"]
    assert [each.item for each in asked] == [0, 1]
    assert all(not each.indicators for each in content.notice().items)
    first, second = content.items[:2]
    changes = [
        Change(TARGETS, second.key, "same"),
        Change(FIELD, f"{first.key}:text", first.item.text.replace("100家", "130家")),
    ]
    for each in changes:
        correct(draft=draft, changes=[each], words="目标", actor=cast.office, now=clock.now())
    content = content_of(draft)
    assert [each for each in open_doubts(content) if each.kind == "targets"] == []
    found = [[int(one.value) for one in each.indicators] for each in content.notice().items]
    assert found == [[130, 20], [1], []]


def test_the_answer_on_the_desk_takes_the_targets_of_the_year_before(
    cast: Cast, plan: Plan
) -> None:
    draft = _carry(cast, plan)
    client = client_of(cast.office)
    page = client.get(reverse("tasks:draft_items", args=[draft.pk])).content.decode()
    assert "目标值待定" in page
    doubt = next(each for each in open_doubts(content_of(draft)) if each.kind == "targets")
    sent = {"doubt": doubt.key, "answer": "采用上年的目标值"}
    answer = client.post(reverse("tasks:draft_answer", args=[draft.pk]), sent)
    assert answer.status_code == 302
    assert [each.item for each in open_doubts(content_of(draft)) if each.kind == "targets"] == [1]


def test_the_notice_comes_over_it_and_keeps_what_was_put_right(cast: Cast, plan: Plan) -> None:
    draft = _carry(cast, plan)
    third = content_of(draft).items[2]
    said = Change(FIELD, f"{third.key}:leaders", ["分管副市长"])
    correct(draft=draft, changes=[said], words="责任领导", actor=cast.office, now=clock.now())
    assert replace(client_of(cast.office), draft, paste(NEXT)).status_code == 302
    content = content_of(draft)
    assert not content.is_carried
    first, second, third = content.items
    assert third.item.leaders == ("分管副市长",)
    assert (third.item.short_title, third.item.cycle) == ("培育方案", "monthly")
    assert [int(one.value) for one in first.item.indicators] == [120, 20]
    assert second.item.deadline == date(2023, 11, 30)
    assert [each for each in open_doubts(content) if each.kind == "targets"] == []
    assert [each.words for each in content.lost] == []


def test_who_answers_by_a_later_decision_is_taken(cast: Cast, plan: Plan) -> None:
    task = plan.tasks.get(number=2)
    held = Responsibility.objects.get(task=task)
    held.ends_on = date(2022, 3, 31)
    held.save()
    Responsibility.objects.create(
        task=task, unit=cast.support, role="lead", is_primary=True, starts_on=date(2022, 4, 1)
    )
    item = content_of(_carry(cast, plan)).items[1].item
    assert item.names("lead") == [cast.support.name]


def test_it_is_logged_once_and_changes_nothing_of_the_plan(cast: Cast, plan: Plan) -> None:
    before = list(Task.objects.values())
    draft = _carry(cast, plan, once="k" * 20)
    answer = client_of(cast.office).post(
        reverse("tasks:draft_carry"), {"plan": str(plan.pk), "once": "k" * 20}
    )
    assert answer.status_code == 302
    assert NoticeDraft.objects.get() == draft
    assert draft.sources.get().kind == SourceKind.CARRIED
    entries = LogEntry.objects.filter(action="noticesource.carry")
    assert [each.summary for each in entries] == [f"沿用2022年度台账：{draft}"]
    assert list(Task.objects.values()) == before


def test_what_is_not_there_or_there_already_is_refused(cast: Cast, plan: Plan) -> None:
    client = client_of(cast.office)
    address = reverse("tasks:draft_carry")
    assert "请选择沿用哪一年度" in client.post(address, {"plan": "x"}, follow=True).content.decode()
    assert client.post(address, {"plan": "999999"}).status_code == 404
    assert client_of(cast.reporter).post(address, {"plan": str(plan.pk)}).status_code == 403
    Plan.objects.create(
        series=plan.series, year=2023, slug="2023", title="示例", issued_on=date(2023, 1, 1)
    )
    answer = client.post(address, {"plan": str(plan.pk)}, follow=True)
    assert "不必再由上年沿用" in answer.content.decode()
    assert not NoticeDraft.objects.exists()


def test_the_page_says_what_is_taken_and_what_not(cast: Cast, plan: Plan) -> None:
    page = client_of(cast.office).get(reverse("tasks:draft_new")).content.decode()
    assert "由2022年度建立草稿" in page
    assert "不带入" in page
