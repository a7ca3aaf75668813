"""补充文件, by the page: shown against what runs, and taken over as decisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from progress.models import Adjustment, AdjustmentKind
from progress.supplementing.page import SupplementPage, page_of
from tasks.desk.content import content_of
from tasks.desk.originals.tests.bringing import address, bring, client_of, paste
from tasks.models import (
    Area,
    DraftState,
    NoticeDraft,
    Plan,
    Responsibility,
    Task,
    TaskDeadline,
)
from tests.cast import Cast, at
from tests.month import cast, plan, task, third_of_august
from units.models import LogEntry

__all__ = ["cast", "plan", "task", "third_of_august"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

TODAY = date(2022, 8, 3)
HEAD = "市政府办公室关于调整2022年重点工作的补充通知\n甲政办发〔2022〕9号\n"
FOOT = "2022年7月20日\n"


@pytest.fixture
def running(plan: Plan, task: Task) -> Task:
    """The item of the month, in an area, due in September, of 300 and the words of a sentence."""
    area = Area.objects.create(plan=plan, ordinal=1, title="城市建设")
    task.area, task.text = area, "改造老旧道路300公里，确保按期通车。"
    task.save()
    TaskDeadline.objects.filter(task=task).delete()
    TaskDeadline.objects.create(task=task, due_on=date(2022, 9, 30), starts_on=plan.issued_on)
    return task


def _text(*items: str) -> str:
    listed = "".join(f"{at}.{words}\n" for at, words in enumerate(items, start=1))
    return f"{HEAD}一、城市建设\n{listed}{FOOT}"


def _supplement(cast: Cast, plan: Plan, *items: str) -> tuple[Client, NoticeDraft]:
    client = client_of(cast.office)
    draft = bring(client, paste(_text(*items)))
    answer = client.post(address(draft), {"act": "supplement", "plan": plan.slug})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.supplements == plan
    return client, draft


def _page(draft: NoticeDraft) -> SupplementPage:
    assert draft.supplements is not None
    return page_of(content_of(draft), draft.supplements, TODAY)


def _sent(draft: NoticeDraft, **more: Any) -> dict[str, Any]:
    """The form as the page proposes it."""
    page = _page(draft)
    sent: dict[str, Any] = {
        "act": "take",
        "seen": page.seen,
        "authority": "甲政办发〔2022〕9号",
        "decided_on": "2022-07-20",
        "decided_by": "市政府常务会议",
        "starts_on": "2022-07-20",
        "checked": "on",
    }
    for row in page.rows:
        key = row.each.key
        sent |= {f"what-{key}": row.what, f"of-{key}": row.typed, f"shown-{key}": row.typed}
        sent[f"fact-{key}"] = [fact.key for fact in row.facts if not fact.refusal]
        if row.area is not None:
            sent[f"area-{key}"] = str(row.area.pk)
    return {**sent, **more}


def _take(client: Client, draft: NoticeDraft, **more: Any) -> Any:
    return client.post(reverse("progress:draft_supplement", args=[draft.pk]), _sent(draft, **more))


def test_what_is_changed_becomes_adjustments_on_the_authority_of_the_paper(
    cast: Cast, plan: Plan, running: Task
) -> None:
    words = "改造老旧道路360公里，确保按期通车。（牵头单位：市城管委；完成时限：11月底）"
    client, draft = _supplement(cast, plan, words)
    row = _page(draft).rows[0]
    assert (row.what, row.task) == ("change", running)
    shown = client.get(reverse("progress:draft_supplement", args=[draft.pk])).content.decode()
    assert "360公里" in shown
    assert 'name="once"' in shown
    assert {fact.kind for fact in row.facts} >= {"words", "extension", "target", "responsibility"}
    assert _take(client, draft).status_code == 302
    running.refresh_from_db()
    assert running.words.startswith("改造老旧道路360公里")
    assert running.text.startswith("改造老旧道路300公里")
    made = {each.kind: each for each in Adjustment.objects.filter(task=running)}
    assert {each.approval.authority for each in made.values()} == {"甲政办发〔2022〕9号"}
    assert {each.starts_on for each in made.values()} == {date(2022, 7, 20)}
    assert running.deadlines.get(ends_on=None).due_on == date(2022, 11, 30)
    target = running.indicators.get().targets.get(ends_on=None)
    assert (target.value, target.starts_on) == (Decimal(360), date(2022, 7, 20))
    primary = Responsibility.objects.primary_on(TODAY, running.pk)
    assert primary is not None
    assert primary.unit.name == "市城管委"
    before = Responsibility.objects.primary_on(date(2022, 7, 1), running.pk)
    assert before is not None
    assert before.unit == cast.lead
    draft.refresh_from_db()
    assert (draft.state, draft.plan) == (DraftState.TAKEN, None)
    assert draft.proof is not None
    assert LogEntry.objects.filter(action="noticedraft.take").count() == 1


def test_what_is_new_is_added_and_what_is_withdrawn_suspended(
    cast: Cast, plan: Plan, running: Task
) -> None:
    new = "开展城市内涝点整治，消除易涝点12处。（牵头单位：市城管委；配合单位：市财政局）"
    gone = f"取消第{running.number}项。"
    client, draft = _supplement(cast, plan, new, gone)
    first, second = _page(draft).rows
    assert (first.what, second.what) == ("add", "withdraw")
    assert second.task == running
    assert _take(client, draft).status_code == 302
    added = Task.objects.get(plan=plan, added_on=date(2022, 7, 20))
    assert added.text.startswith("开展城市内涝点整治")
    assert added.approval is not None
    assert added.approval.authority == "甲政办发〔2022〕9号"
    assert [int(each.targets.get().value) for each in added.indicators.all()] == [12]
    held = {row.unit.name: row.role for row in added.responsibilities.all()}
    assert held == {"市城管委": "lead", "市财政局": "support"}
    suspended = Adjustment.objects.get(task=running)
    assert suspended.kind == AdjustmentKind.SUSPENSION


def test_it_is_all_or_nothing_and_says_which_item(cast: Cast, plan: Plan, running: Task) -> None:
    new = "开展城市内涝点整治，消除易涝点12处。（牵头单位：市城管委）"
    client, draft = _supplement(cast, plan, new, f"取消第{running.number}项。")
    answer = _take(client, draft, starts_on="2021-12-01")
    assert answer.status_code == 409
    assert "补充文件第1项" in answer.content.decode()
    assert "市政府常务会议" in answer.content.decode()
    assert not Task.objects.filter(plan=plan).exclude(pk=running.pk).exists()
    assert not Adjustment.objects.exists()
    draft.refresh_from_db()
    assert draft.is_open


def test_what_is_left_is_left_and_unticked_facts_too(cast: Cast, plan: Plan, running: Task) -> None:
    words = "改造老旧道路360公里，确保按期通车。（完成时限：11月底）"
    client, draft = _supplement(cast, plan, words)
    key = _page(draft).rows[0].each.key
    answer = _take(client, draft, **{f"what-{key}": "leave"})
    assert answer.status_code == 409
    assert "没有选择要采用的内容" in answer.content.decode()
    assert _take(client, draft, **{f"fact-{key}": ["deadline"]}).status_code == 302
    assert [each.kind for each in Adjustment.objects.all()] == [AdjustmentKind.EXTENSION]
    running.refresh_from_db()
    assert running.words == running.text


def test_another_item_is_compared_before_anything_is_written(
    cast: Cast, plan: Plan, running: Task
) -> None:
    client, draft = _supplement(cast, plan, "完全不同的一句话。（牵头单位：市城管委）")
    key = _page(draft).rows[0].each.key
    chosen = {f"what-{key}": "change", f"of-{key}": str(running.number)}
    answer = _take(client, draft, act="compare", **chosen)
    assert answer.status_code == 200
    assert "改造老旧道路300公里" in answer.content.decode()
    assert not Adjustment.objects.exists()
    unknown = _take(client, draft, **{f"what-{key}": "change", f"of-{key}": "没有这项"})
    assert unknown.status_code == 409
    assert "请从现行事项中选择一项" in unknown.content.decode()


def test_a_second_click_and_another_state_take_nothing(
    cast: Cast, plan: Plan, running: Task
) -> None:
    new = "开展城市内涝点整治，消除易涝点12处。（牵头单位：市城管委）"
    client, draft = _supplement(cast, plan, new)
    sent = _sent(draft, once="k" * 20)
    url = reverse("progress:draft_supplement", args=[draft.pk])
    assert client.post(url, {**sent, "seen": "0-0-0"}).status_code == 409
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    assert Task.objects.filter(plan=plan).count() == 2


def test_who_may_and_which_plans(cast: Cast, plan: Plan, running: Task) -> None:
    client, draft = _supplement(cast, plan, "开展城市内涝点整治。（牵头单位：市城管委）")
    url = reverse("progress:draft_supplement", args=[draft.pk])
    assert client_of(cast.reporter).get(url).status_code == 404
    check = reverse("progress:draft_check", args=[draft.pk])
    assert client.post(check, {})["Location"] == url
    Plan.objects.filter(pk=plan.pk).update(state="archived")
    answer = _take(client, draft)
    assert answer.status_code == 409
    assert "没有在执行" in answer.content.decode()
    assert at("2022-08-03").date() == TODAY
