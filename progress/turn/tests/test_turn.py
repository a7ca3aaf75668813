"""年度衔接: proposals, what is confirmed, and what is carried over line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.lib import clock
from progress.models import Period, PeriodState
from progress.turn.acts import carry, confirm, say, take_back, take_back_answer
from progress.turn.chosen import meant
from progress.turn.common import parted
from progress.turn.likeness import bare, candidates
from progress.turn.lines import kinds_of
from progress.turn.pairs import predecessor, turn_of
from progress.turn.taken import taken_over
from tasks.holders.receipts import set_contacts
from tasks.models import (
    Designation,
    Naming,
    Plan,
    PlanRule,
    Portfolio,
    Responsibility,
    Task,
    TaskCycle,
)
from tests.cast import (
    Cast,
    accept_report,
    at,
    make_indicator,
    make_item,
    make_responsibility,
    make_task,
    report_of,
)
from tests.two_plans import begun
from units.errors import NotNow, Refused
from units.models import LogEntry, Post, PostKind, UnitGroup

pytestmark = pytest.mark.django_db
NOW = at("2023-01-29")
TODAY = NOW.date()
OLD = "改造老旧小区131个，惠及居民2.3万户。"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.configure(TODAY)
    yield
    clock.configure(None)


@pytest.fixture
def new(plan: Plan) -> Plan:
    return begun(plan, 2023, "2023")


def pair(cast: Cast, plan: Plan, new: Plan) -> tuple[Task, Task]:
    """An item of both years, led by the same unit."""
    before = make_item(plan, cast, 1, text=OLD)
    after = make_task(new, 7, text="改造老旧小区120个，惠及居民2万户。")
    primary = make_responsibility(after, cast.lead, is_primary=True, starts_on=new.issued_on)
    make_indicator(after, primary, 120)
    return before, after


def test_alike_are_sentences_and_not_their_punctuation() -> None:
    before = {
        1: bare("改造老旧小区131个，惠及居民2.3万户。"),
        2: bare("新建公园5个。"),
        3: bare("推进棋盘洲新港能级提升"),
    }
    (found,) = candidates("改造老旧小区120个，惠及居民2万户。", before)
    assert (found.pk, found.word) == (1, "很相近")
    (same,) = candidates("改造老旧小区131个,惠及居民2.3万户", before)
    assert same.is_same
    assert candidates("建设智慧城管平台", before) == []


def test_a_year_continues_its_own_series(cast: Cast, plan: Plan, new: Plan) -> None:
    special = begun(plan, 2023, "2023-2", series="营商环境", is_main=False)
    assert predecessor(new) == plan
    assert predecessor(special) is None
    assert predecessor(plan) is None


def test_what_is_confirmed_is_written_and_logged(cast: Cast, plan: Plan, new: Plan) -> None:
    before, after = pair(cast, plan, new)
    make_task(plan, 2, text="新建公园5个。")
    found = turn_of(new, plan)
    assert [each.task for each in found.open] == [before, plan.tasks.get(number=2)]
    assert [[one.task for one in each.proposals] for each in found.open] == [[after], []]
    assert confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW) == 1
    after.refresh_from_db()
    assert after.carried_from == before
    assert LogEntry.objects.filter(action="task.carried_from").count() == 1
    assert confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW) == 0
    take_back(task=after, actor=cast.office, now=NOW)
    assert turn_of(new, plan).open[0].proposals
    with pytest.raises(NotNow):
        confirm(plan=new, chosen={before.pk: after.pk}, actor=cast.office, now=NOW)
    with pytest.raises(Refused):
        confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.reporter, now=NOW)


def offered(plan: Plan, before: Plan) -> dict[str, list[str]]:
    kinds = kinds_of(plan, before, TODAY)
    return {kind.key: [line.key for line in kind.lines] for kind in kinds}


def test_what_was_entered_last_year_is_carried_line_by_line(
    cast: Cast, plan: Plan, new: Plan
) -> None:
    before, after = pair(cast, plan, new)
    officer = Post.objects.create(title="（示例）督查员一", kind=PostKind.SUPERVISOR)
    mayor = Post.objects.create(title="（示例）副市长", kind=PostKind.CITY_LEADER)
    for post, kind in ((officer, "supervising"), (mayor, "in_charge")):
        Portfolio.objects.create(post=post, kind=kind, task=before, starts_on=plan.issued_on)
    Responsibility.objects.filter(task=before, unit=cast.lead).update(
        contact_name="市住建局 责任人", telephone="0714-0000001"
    )
    group = UnitGroup.objects.create(name="相关市政府部门", mode="relevant")
    for task in (before, after):
        Designation.objects.create(
            task=task, role="support", ordinal=5, printed="相关市政府部门", group=group
        )
    Naming.objects.create(
        designation=before.designations.get(),
        unit=cast.support,
        state="confirmed",
        starts_on=plan.issued_on,
        proposed_by_name="市住建局办理方案",
        proposed_at=NOW,
    )
    PlanRule.objects.create(plan=plan, key="ladder.filing", value=[], starts_on=plan.issued_on)
    accept_report(cast, report_of(before, cast.lead, "2022-12"), at("2023-01-04"), 290)
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    assert offered(new, plan)["baselines"] == []  # December is not finalized
    Period.objects.filter(plan=plan).update(state=PeriodState.FINALIZED)
    found = offered(Plan.objects.get(pk=new.pk), Plan.objects.get(pk=plan.pk))
    assert {key: len(lines) for key, lines in found.items()} == {
        "officers": 1,
        "posts": 1,
        "contacts": 1,
        "namings": 1,
        "baselines": 1,
        "rules": 1,
    }
    wanted = {key for lines in found.values() for key in lines} - set(found["posts"])
    assert carry(plan=new, keys=wanted, actor=cast.office, now=NOW) == 5
    assert Portfolio.objects.get(task=after).post == officer  # what was not ticked is not carried
    held = Responsibility.objects.get(task=after, unit=cast.lead)
    assert (held.contact_name, held.telephone) == ("市住建局 责任人", "0714-0000001")
    naming = Naming.objects.get(designation__task=after)
    assert (naming.unit, naming.state) == (cast.support, "proposed")
    assert naming.proposed_by_name == "由2022年沿用"
    assert after.indicators.get().baseline == Decimal(290)
    assert new.rules.get().key == "ladder.filing"
    assert [each.kind for each in taken_over(new, 2022)] == [
        "责任督查员",
        "联系人",
        "“相关…”",
        "上年底数",
        "规则",
    ]
    again = offered(new, plan)
    assert {key for key, lines in again.items() if lines} == {"posts"}  # nothing is carried twice
    assert LogEntry.objects.filter(summary__startswith="由2022年沿用").count() == 3
    with pytest.raises(NotNow):
        carry(plan=new, keys=wanted, actor=cast.office, now=NOW)


def test_what_was_entered_in_the_new_year_is_never_replaced(
    cast: Cast, plan: Plan, new: Plan
) -> None:
    before, after = pair(cast, plan, new)
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    Responsibility.objects.filter(task=before).update(contact_name="去年的人")
    Responsibility.objects.filter(task=after).update(contact_name="今年的人")
    assert offered(new, plan)["contacts"] == []


def test_the_page_confirms_and_carries(cast: Cast, plan: Plan, new: Plan) -> None:
    before, after = pair(cast, plan, new)
    Responsibility.objects.filter(task=before, unit=cast.lead).update(contact_name="（示例）责任人")
    client = Client()
    client.force_login(cast.office.user)
    assert "没有上一年度" in client.get("/2022/turn/").content.decode()
    html = client.get("/2023/turn/").content.decode()
    assert "很相近" in html
    assert "请选择" in client.post("/2023/turn/confirm/", follow=True).content.decode()
    posted = {"pair": [after.pk], f"before-{after.pk}": before.pk}
    done = client.post("/2023/turn/confirm/", posted, follow=True)
    assert "已确认1对" in done.content.decode()
    for show in ("carry", "confirmed", "alone", "new", "nonsense"):
        assert client.get(f"/2023/turn/?show={show}").status_code == 200
    (line,) = offered(new, plan)["contacts"]
    carried = client.post("/2023/turn/carry/", {"line": [line]}, follow=True)
    assert "已沿用1处" in carried.content.decode()
    assert "由2022年沿用" in client.get("/2023/turn/").content.decode()
    client.post(f"/2023/turn/{after.pk}/take-back/")
    assert Task.objects.get(pk=after.pk).carried_from is None


def test_the_first_day_of_a_carried_post_is_not_in_the_past(
    cast: Cast, plan: Plan, new: Plan
) -> None:
    before, after = pair(cast, plan, new)
    post = Post.objects.create(title="（示例）督查员一", kind=PostKind.SUPERVISOR)
    Portfolio.objects.create(post=post, kind="supervising", task=before, starts_on=date(2022, 2, 1))
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    (line,) = offered(new, plan)["officers"]
    carry(plan=new, keys=[line], actor=cast.office, now=NOW)
    assert Portfolio.objects.get(task=after).starts_on == TODAY


def test_the_baseline_waits_for_the_last_period_of_the_cycle_of_the_item(
    cast: Cast, plan: Plan, new: Plan
) -> None:
    before, after = pair(cast, plan, new)
    accept_report(cast, report_of(before, cast.lead, "2022-11"), at("2022-12-02"), 250)
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    december = Period.objects.filter(plan=plan, code="2022-12")
    Period.objects.filter(plan=plan).exclude(pk__in=december).update(state=PeriodState.FINALIZED)
    assert offered(new, Plan.objects.get(pk=plan.pk))["baselines"] == []
    december.update(state=PeriodState.FINALIZED)
    assert len(offered(new, Plan.objects.get(pk=plan.pk))["baselines"]) == 1


def test_an_item_is_continued_by_one_only(cast: Cast, plan: Plan, new: Plan) -> None:
    before, after = pair(cast, plan, new)
    twin = make_task(new, 8, text=OLD)
    chosen = {after.pk: before.pk, twin.pk: before.pk}
    with pytest.raises(NotNow, match="同时选给了"):
        confirm(plan=new, chosen=chosen, actor=cast.office, now=NOW)
    assert not new.tasks.exclude(carried_from=None).exists()
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    with pytest.raises(NotNow, match=f"已由{after.code}承接"):
        confirm(plan=new, chosen={twin.pk: before.pk}, actor=cast.office, now=NOW)


def test_what_another_plan_continues_too_is_not_offered_here(
    cast: Cast, plan: Plan, new: Plan
) -> None:
    before, after = pair(cast, plan, new)
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    accept_report(cast, report_of(before, cast.lead, "2022-12"), at("2023-01-04"), 290)
    Period.objects.filter(plan=plan).update(state=PeriodState.FINALIZED)
    Responsibility.objects.filter(task=before).update(contact_name="（示例）责任人")
    earlier = Plan.objects.get(pk=plan.pk)
    alone = offered(new, earlier)
    assert (len(alone["contacts"]), len(alone["baselines"])) == (1, 1)
    other = begun(plan, 2023, "2023-2", series="营商环境", is_main=False)
    also = make_task(other, 1, text=OLD, carried_from=before)
    lead = make_responsibility(also, cast.lead, is_primary=True, starts_on=other.issued_on)
    make_indicator(also, lead, 120)
    assert offered(new, earlier) == alone


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="no locks of rows")
def test_who_carries_has_the_plan_alone(cast: Cast, plan: Plan, new: Plan) -> None:
    with CaptureQueriesContext(connection) as asked, pytest.raises(NotNow):
        carry(plan=new, keys=[], actor=cast.office, now=NOW)
    locked = [each["sql"] for each in asked if "FOR UPDATE" in each["sql"]]
    assert any("tasks_plan" in sql for sql in locked)


def test_what_is_not_the_same_is_not_proposed_again(cast: Cast, plan: Plan, new: Plan) -> None:
    before, after = pair(cast, plan, new)
    twin = make_task(new, 8, text=OLD)
    assert [one.task for one in turn_of(new, plan).open[0].proposals] == [twin, after]
    given: dict[str, Any] = {"plan": new, "old": before, "actor": cast.office, "now": NOW}
    assert say(kind="not_same", news=[twin.pk], **given) == 1
    assert say(kind="not_same", news=[twin.pk], **given) == 0
    found = turn_of(new, plan)
    assert [one.task for one in found.open[0].proposals] == [after]  # the next one
    assert say(kind="not_same", news=[after.pk], **given) == 1
    assert turn_of(new, plan).open[0].likeness == "没有相近"
    (first, _) = turn_of(new, plan).apart
    take_back_answer(answer=first, actor=cast.office, now=NOW)
    assert [one.task for one in turn_of(new, plan).open[0].proposals] == [twin]
    assert LogEntry.objects.filter(action="task.turn_answer").count() == 3


def test_an_item_without_successor_goes_on_or_ends(cast: Cast, plan: Plan, new: Plan) -> None:
    before, after = pair(cast, plan, new)
    given: dict[str, Any] = {"plan": new, "old": before, "actor": cast.office, "now": NOW}
    say(kind="goes_on", **given)
    say(kind="dropped", **given)  # the last one counts
    (alone,) = turn_of(new, plan).alone
    assert (alone.row.task, str(alone.answer.get_kind_display())) == (before, "不再列入")
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    assert turn_of(new, plan).alone == []
    with pytest.raises(NotNow, match="已确认衔接"):
        say(kind="goes_on", **given)
    with pytest.raises(Refused):
        say(kind="goes_on", **{**given, "actor": cast.reporter})


def test_another_one_is_chosen_by_number_or_words(cast: Cast, plan: Plan, new: Plan) -> None:
    tasks = [make_task(new, number, text=f"新建公园{number}个。") for number in (1, 12)]
    tasks.append(make_task(new, 3, text="推进棋盘洲新港能级提升。"))
    assert meant("12", tasks).number == 12
    assert meant("棋盘洲新港", tasks).number == 3
    assert meant(f"{tasks[0].code} {tasks[0].short_title}", tasks).number == 1
    for typed, said in (
        ("新建公园", "请从列出的事项中选择一项"),
        ("地铁", "没有可以衔接"),
        (" ", "请按编号"),
    ):
        with pytest.raises(NotNow, match=said):
            meant(typed, tasks)


def test_the_cycle_of_last_year_is_off_until_it_is_ticked(
    cast: Cast, plan: Plan, new: Plan
) -> None:
    before, after = pair(cast, plan, new)
    Task.objects.filter(pk=before.pk).update(cycle="quarterly")
    Task.objects.filter(pk=after.pk).update(cycle="monthly")
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    kind = kinds_of(new, plan, TODAY)[-1]
    assert (kind.title, kind.is_on, [line.says for line in kind.lines]) == (
        "报送频次和提醒规则",
        False,
        ["按月改为按季"],
    )
    carry(plan=new, keys=[kind.lines[0].key], actor=cast.office, now=NOW)
    made = TaskCycle.objects.open_ended().get(task=after)
    assert (made.cycle, made.reason) == ("quarterly", "由2022年沿用")
    assert kinds_of(new, plan, TODAY)[-1].lines == []


def test_contacts_that_are_written_anew_are_no_longer_last_years(
    cast: Cast, plan: Plan, new: Plan
) -> None:
    before, after = pair(cast, plan, new)
    Responsibility.objects.filter(task=before, unit=cast.lead).update(contact_name="去年的人")
    confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW)
    (line,) = offered(new, plan)["contacts"]
    carry(plan=new, keys=[line], actor=cast.office, now=NOW)
    held = Responsibility.objects.get(task=after, unit=cast.lead)
    assert held.contacts_from == 2022
    contacts = {"contact_name": "今年的人"}
    set_contacts(responsibility=held, contacts=contacts, actor=cast.office, now=NOW)
    held.refresh_from_db()
    assert held.contacts_from is None


def test_the_page_takes_every_answer(cast: Cast, plan: Plan, new: Plan) -> None:
    before, after = pair(cast, plan, new)
    other = make_task(plan, 2, text="新建公园5个。")
    client = Client()
    client.force_login(cast.office.user)

    def answer(old: Task, **sent: object) -> str:
        posted = client.post(f"/2023/turn/{old.pk}/answer/", sent, follow=True)
        return str(posted.content.decode())

    assert "请选择一个答复" in answer(before)
    assert "请先选择是哪一项" in answer(before, answer="same")
    assert "不是同一项。" in answer(before, answer="not_same", shown=[after.pk])
    assert "由2023年重点工作第7项承接" in answer(before, answer="other", other="7")
    assert "不再列入。" in answer(other, answer="dropped")
    page = client.get("/2023/turn/?show=alone").content.decode()
    said = new.turn_answers.get(kind="dropped")
    assert f"/2023/turn/{said.pk}/take-back/" in page
    client.post(f"/2023/turn/{said.pk}/take-back/", {"answer": "said"})
    assert [each.task for each in turn_of(new, plan).open] == [other]
    sheet = client.get("/2023/turn/sheet/")
    assert sheet.status_code == 200
    assert client.get("/2022/turn/sheet/").status_code == 404


def test_the_same_sentences_are_confirmed_at_once(cast: Cast, plan: Plan, new: Plan) -> None:
    before = make_item(plan, cast, 1, text=OLD)
    after = make_task(new, 7, text=OLD.replace("，", ","))
    make_task(plan, 2, text="新建公园5个。")
    make_task(plan, 3, text="新建公园5个。")
    make_task(new, 8, text="新建公园5个。")  # which of the two it is somebody has to say
    assert turn_of(new, plan).same == [(before, after)]
    client = Client()
    client.force_login(cast.office.user)
    page = client.get("/2023/turn/").content.decode()
    assert "文字相同的1对，一并确认" in page
    assert "2022年重点工作第1项→2023年重点工作第7项" in page


def test_a_long_list_shows_its_head(cast: Cast, plan: Plan, new: Plan) -> None:
    for number in range(1, 33):
        make_task(plan, number, text=f"甲{number}乙丙。")
    client = Client()
    client.force_login(cast.office.user)
    page = client.get("/2023/turn/")
    assert (len(page.context["rows"]), page.context["more"]) == (30, 2)
    assert "还有2项，答复后依次列出" in page.content.decode()
    assert len(client.get("/2023/turn/?all=1").context["rows"]) == 32


def test_common_words_are_marked() -> None:
    assert parted("续建滨江绿地15万平方米", "新增滨江绿地") == [
        ("续建", False),
        ("滨江绿地", True),
        ("15万平方米", False),
    ]
    assert parted("", "甲") == []
