"""年度衔接: proposals, what is confirmed, and what is carried over line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.lib import clock
from progress.models import Period, PeriodState
from progress.turn.acts import carry, confirm, take_back
from progress.turn.likeness import bare, candidates
from progress.turn.lines import kinds_of
from progress.turn.pairs import predecessor, turn_of
from tasks.models import Designation, Naming, Plan, PlanRule, Portfolio, Responsibility, Task
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
    assert [each.task for each in found.open] == [after]
    assert [row.task.number for row in found.alone] == [2]
    assert confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW) == 1
    after.refresh_from_db()
    assert after.carried_from == before
    assert LogEntry.objects.filter(action="task.carried_from").count() == 1
    assert confirm(plan=new, chosen={after.pk: before.pk}, actor=cast.office, now=NOW) == 0
    take_back(task=after, actor=cast.office, now=NOW)
    assert turn_of(new, plan).open
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
    assert "请勾选" in client.post("/2023/turn/confirm/", follow=True).content.decode()
    posted = {"pair": [after.pk], f"before-{after.pk}": before.pk}
    done = client.post("/2023/turn/confirm/", posted, follow=True)
    assert "已确认1对" in done.content.decode()
    for show in ("confirmed", "alone", "new", "nonsense"):
        assert client.get(f"/2023/turn/?show={show}").status_code == 200
    (line,) = offered(new, plan)["contacts"]
    carried = client.post("/2023/turn/carry/", {"line": [line]}, follow=True)
    assert "已沿用1处" in carried.content.decode()
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
