"""The pages of 启用检查: what they refuse, what they say, and that 启用 comes once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.adjustments.acts import register_adjustment, request_adjustment
from progress.models import Period, PeriodState, ProgressReport
from progress.periods.opening import open_due_periods
from progress.periods.owed import tasks_of
from progress.starting.tests.drafts import (
    MARCH,
    NOTICE,
    UNKNOWN,
    UNKNOWN_FIRST,
    UNREAD,
    make_draft,
    say,
    switch_on,
    without_owner,
)
from tasks.desk.changes import ASIDE, FIELD, Change
from tasks.desk.content import content_of
from tasks.models import LeftOpen, NoticeDraft, Plan, Task
from tests.cast import Cast
from tests.decisions import approved
from tests.pages import browser
from units.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def end_of_march() -> Iterator[None]:
    """The business date of the pages: 1—2月 is over, 3月 is due in five working days."""
    clock.configure(date(2023, 3, 29))
    yield
    clock.configure(None)


def _url(draft: NoticeDraft) -> str:
    return reverse("progress:draft_check", args=[draft.pk])


def _shown(actor: Actor, url: str) -> str:
    response = browser(actor).get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def _words(page: str) -> str:
    """What is read of it, without tags."""
    return re.sub("<[^>]+>", "", page)


def _posted(actor: Actor, draft: NoticeDraft, **fields: Any) -> Any:
    page = browser(actor).get(_url(draft)).context["page"]
    sent = {"seen": page.seen, "checked": "on", "beginning": "skip", "confirmed": "1", **fields}
    return browser(actor).post(_url(draft), {k: v for k, v in sent.items() if v})


def test_the_page_says_what_blocks_and_what_may_stay_open(cast: Cast) -> None:
    draft = make_draft(cast.office, UNKNOWN, MARCH)
    without_owner(draft, cast.office)
    page = _shown(cast.office, _url(draft))
    assert "1项没有责任单位，不能启用" in page
    assert "重点工作第3项" in page
    assert "1处单位名称不在名录" in page
    assert "3项没有分管市领导" in page
    assert "还有1处必须处理" in page
    assert "disabled>启用2023年度责任分解" in page
    assert "原文100%有去处" in page


def test_what_is_fine_counts_the_items_as_the_table_below_it_does(cast: Cast) -> None:
    draft = make_draft(cast.office, NOTICE, MARCH)
    key = content_of(draft).items[2].key
    say(draft, cast.office, Change(FIELD, f"{key}:kind", "practical_project"))
    page = _shown(cast.office, _url(draft))
    assert "牵头3处、配合2处、实事责任1处。" in page


def test_the_last_row_adds_up_every_column(cast: Cast) -> None:
    draft = make_draft(cast.office, NOTICE, MARCH)
    key = content_of(draft).items[2].key
    say(draft, cast.office, Change(FIELD, f"{key}:kind", "practical_project"))
    response = browser(cast.office).get(_url(draft))
    planned = response.context["chosen"].planned
    rows = [(each.leads, each.projects, each.supports) for each in planned.units]
    assert planned.roles == tuple(map(sum, zip(*rows, strict=True))) == (3, 1, 2)
    shown = response.content.decode().split(">合计</th>")[1]
    assert shown.startswith(
        '<td class="n num">3</td><td class="n num">1</td><td class="n num">2</td>'
    )


def test_what_nobody_read_is_quoted(cast: Cast) -> None:
    page = _shown(cast.office, _url(make_draft(cast.office, UNREAD, MARCH)))
    assert "原文“以上事项请抓紧办理。”。请逐处选择" in page


def test_it_says_until_when_the_first_period_is_owed(cast: Cast) -> None:
    page = _shown(cast.office, _url(make_draft(cast.office, NOTICE, MARCH)))
    assert "今天是2023年3月29日。1—2月（3月6日截止）已过期" in page
    assert "首期为3月，4月6日（星期四）24时截止；1—2月记“启用前”" in page
    assert "补报1—2月" in page
    assert "首期为4月，5月5日" in page


def test_in_time_nothing_is_asked_about_the_beginning(cast: Cast) -> None:
    clock.configure(date(2023, 1, 28))
    page = _shown(cast.office, _url(make_draft(cast.office)))
    assert "从哪一期开始报送" not in page
    assert "首期为1—2月" in page


def test_without_the_tick_nothing_is_switched_on(cast: Cast) -> None:
    draft = make_draft(cast.office, NOTICE, MARCH)
    response = _posted(cast.office, draft, checked="")
    assert response.status_code == 409
    assert "请先与印发文件逐项核对" in response.content.decode()
    assert not Plan.objects.exists()


def test_the_numbers_are_shown_once_more_before_it(cast: Cast) -> None:
    draft = make_draft(cast.office, NOTICE, MARCH)
    response = _posted(cast.office, draft, confirmed="", beginning="late", due_on="2023-04-10")
    page = response.content.decode()
    assert response.status_code == 200
    assert "启用2023年度责任分解？" in page
    assert "1—2月补报，4月10日（星期一）24时截止" in page
    assert 'name="due_on" value="2023-04-10"' in page
    assert not Plan.objects.exists()


def test_a_day_too_near_is_refused_and_what_was_chosen_stays(cast: Cast) -> None:
    draft = make_draft(cast.office, NOTICE, MARCH)
    response = _posted(cast.office, draft, beginning="late", due_on="2023-03-31")
    page = response.content.decode()
    assert response.status_code == 409
    assert "补报截止日期最早为2023年4月6日" in page
    assert 'value="late" checked' in page
    assert "2023-03-31" in page


def test_sent_twice_it_makes_one_year(cast: Cast) -> None:
    draft = make_draft(cast.office, NOTICE, MARCH)
    sent = browser(cast.office)
    confirm = _posted(cast.office, draft, confirmed="").content.decode()
    key = confirm.split('name="once" value="')[1].split('"')[0]
    seen = browser(cast.office).get(_url(draft)).context["page"].seen
    fields = {
        "seen": seen,
        "checked": "on",
        "beginning": "skip",
        "confirmed": "1",
        "once": key,
    }
    first, second = sent.post(_url(draft), fields), sent.post(_url(draft), fields)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == "/2023/receipts/"
    assert Plan.objects.count() == 1
    ended = _shown(cast.office, _url(draft))
    assert "启用时的核对记录" in ended


def test_what_was_left_open_is_on_the_home_until_it_is_solved(cast: Cast) -> None:
    draft = make_draft(cast.office, UNKNOWN, MARCH)
    key = without_owner(draft, cast.office)
    say(draft, cast.office, Change(ASIDE, key, "等机构改革方案"))
    plan = switch_on(draft, cast.office, MARCH)
    home = _shown(cast.office, reverse("reports:office", args=[plan.slug]))
    listed = _shown(cast.office, reverse("progress:left_open", args=[plan.slug]))
    count = int(_words(listed).split("还有")[1].split("处")[0])
    assert f"启用时遗留{count}处" in _words(home)
    assert "等机构改革方案" in listed
    question = LeftOpen.objects.get(plan=plan)
    question.name = ""  # as any other question
    question.save(update_fields=["name"])
    solve = reverse("progress:left_open_solve", args=[plan.slug, question.pk])
    refused = browser(cast.office).post(solve, {"solution": ""})
    assert refused.status_code == 409
    assert browser(cast.office).post(solve, {"solution": "原文如此。"}).status_code == 302
    listed = _shown(cast.office, reverse("progress:left_open", args=[plan.slug]))
    assert f"还有{count - 1}处" in listed
    assert "原文如此。（督查室 审核员" in listed
    assert browser(cast.office).post(solve, {"solution": "又一次"}).status_code == 409


def test_a_document_number_comes_later(cast: Cast) -> None:
    text = NOTICE.replace("甲政办发〔2023〕1号\n", "")
    plan = switch_on(make_draft(cast.office, text, MARCH), cast.office, MARCH)
    assert plan.document_number == ""
    listed = _shown(cast.office, reverse("progress:left_open", args=[plan.slug]))
    assert "没有文号" in listed
    url = reverse("progress:left_open_number", args=[plan.slug])
    assert browser(cast.office).post(url, {"document_number": " "}).status_code == 409
    posted = browser(cast.office).post(url, {"document_number": "甲政办发〔2023〕9号"})
    assert posted.status_code == 302
    plan.refresh_from_db()
    assert plan.document_number == "甲政办发〔2023〕9号"


@pytest.mark.parametrize(
    "name",
    [
        "reports:office",
        "reports:figures",
        "progress:periods",
        "reports:ledger",
        "reports:overview",
        "tasks:namings",
        "tasks:receipts",
        "progress:left_open",
        "reports:workbooks",
        "progress:unreported",
        "reports:matrix",
        "reports:timeline",
        "tasks:action_plans",
        "progress:outcomes",
    ],
)
def test_pages_stand_with_an_item_of_nobody_and_periods_before_the_start(
    cast: Cast, name: str
) -> None:
    draft = make_draft(cast.office, UNKNOWN, MARCH)
    key = without_owner(draft, cast.office)
    say(draft, cast.office, Change(ASIDE, key, "等机构改革方案"))
    plan = switch_on(draft, cast.office, MARCH)
    page = _shown(cast.office, reverse(name, args=[plan.slug]))
    if name == "progress:periods":
        assert PeriodState.BEFORE.label in page
    if name == "reports:figures":
        assert 'title="启用前，不报送"' in page.split('id="heat"')[1]


def _give(cast: Cast, task: Task, day: date) -> None:
    """A unit takes the item by a decision, from a day on."""
    given = {"leaving": None, "unit": cast.lead.pk, "role": "lead", "becomes_primary": False}
    asked = request_adjustment(
        task=task,
        kind="responsibility",
        reason="机构改革方案已定。",
        starts_on=day,
        detail=given,
        actor=cast.office,
        now=MARCH,
    )
    approval = approved(cast, MARCH.date(), MARCH)
    register_adjustment(adjustment=asked, approval=approval, actor=cast.office, now=MARCH)


def _set_aside(cast: Cast) -> Task:
    """The third item of a year that was switched on without anybody for it."""
    draft = make_draft(cast.office, NOTICE, MARCH)
    key = without_owner(draft, cast.office)
    say(draft, cast.office, Change(ASIDE, key, "等机构改革方案"))
    plan = switch_on(draft, cast.office, MARCH)
    return Task.objects.get(plan=plan, number=3)


def test_an_item_of_nobody_is_shown_and_given_to_a_unit(cast: Cast) -> None:
    task = _set_aside(cast)
    plan = task.plan
    page = _shown(cast.office, task.get_absolute_url())
    assert "暂缓" in page
    assert "等机构改革方案" in page
    _give(cast, task, MARCH.date())
    open_due_periods(plan, MARCH.date())
    period = Period.objects.get(plan=plan, cycle=task.cycle, data_as_of="2023-03-31")
    assert ProgressReport.objects.filter(period=period, responsibility__task=task).count() == 1
    assert task in tasks_of(period)
    assert "暂缓" not in _shown(cast.office, task.get_absolute_url())
    assert "等机构改革方案" not in _shown(
        cast.office, reverse("progress:left_open", args=[plan.slug])
    )


def test_an_item_of_nobody_is_set_aside_until_the_day_on_which_a_unit_takes_it(cast: Cast) -> None:
    task = _set_aside(cast)
    _give(cast, task, date(2023, 5, 1))
    assert "暂缓" in _shown(cast.office, task.get_absolute_url())
    listed = _shown(cast.office, reverse("progress:left_open", args=[task.plan.slug]))
    assert "5月1日起由市住建局汇总牵头" in listed
    first, second = (
        Period.objects.get(plan=task.plan, cycle=task.cycle, data_as_of=day)
        for day in ("2023-03-31", "2023-06-30")
    )
    assert task not in tasks_of(first)
    assert task in tasks_of(second)
    clock.configure(date(2023, 5, 1))
    assert "暂缓" not in _shown(cast.office, task.get_absolute_url())


def test_an_item_whose_first_lead_nobody_knows_says_so(cast: Cast) -> None:
    draft = make_draft(cast.office, UNKNOWN_FIRST, MARCH)
    desk = _shown(cast.office, reverse("tasks:draft_items", args=[draft.pk]))
    assert "汇总牵头待定" in desk
    plan = switch_on(draft, cast.office, MARCH)
    task = Task.objects.get(plan=plan, number=2)
    page = _shown(cast.office, task.get_absolute_url())
    assert "<b>汇总牵头待定</b>：首位单位“市河湖保护中心”不在单位名录" in page
    listed = _shown(cast.office, reverse("progress:left_open", args=[plan.slug]))
    assert "单位未识别<small>1个称谓" in listed
    _give(cast, task, MARCH.date())
    assert "汇总牵头待定" not in _shown(cast.office, task.get_absolute_url())


def test_desk_and_home_say_what_is_before_the_start_and_when_the_first_period_opens(
    cast: Cast,
) -> None:
    plan = switch_on(make_draft(cast.office, NOTICE, MARCH), cast.office, MARCH, "quarter")
    said = "在启用前，不补报；首期4月，4月25日起填报，5月5日截止。"
    desk = _shown(cast.reporter, reverse("reports:desk", args=[plan.slug]))
    assert f"1—2月、3月{said}" in desk
    assert "下次报送：4月进展4月25日至5月5日" in desk
    home = _shown(cast.office, reverse("reports:office", args=[plan.slug]))
    assert f"1—2月、3月、一季度{said}" in home
    unit = _shown(cast.office, reverse("reports:unit", args=[plan.slug, cast.lead.pk]))
    assert unit.count('class="hc is-before"') == 2
    clock.configure(date(2023, 4, 26))
    desk = _shown(cast.reporter, reverse("reports:desk", args=[plan.slug]))
    assert "1—2月、3月在启用前，不补报。" in desk
    unit = _shown(cast.office, reverse("reports:unit", args=[plan.slug, cast.lead.pk]))
    assert unit.count('class="hc is-before"') == 2


def test_what_is_filed_late_is_listed_period_by_period_on_the_item(cast: Cast) -> None:
    plan = switch_on(make_draft(cast.office, NOTICE, MARCH), cast.office, MARCH, "late")
    task = Task.objects.get(plan=plan, number=1)
    page = browser(cast.office).get(task.get_absolute_url()).context["item"]
    assert [(each.row.frozen.period.label, each.is_live) for each in page.past] == [
        ("3月", True),
        ("1—2月", True),
    ]
    assert page.live == page.past[0].row
    assert browser(cast.leader).get(task.get_absolute_url()).context["item"].past == []


def test_leaders_parts_and_time_limit_of_the_notice_stand_on_the_item(cast: Cast) -> None:
    text = NOTICE.replace(
        "2.建成污水处理厂1座。(牵头单位：市住建局、市城管委)",
        "2.实施惠民工程：\n"
        "（1）建成公园3座。(牵头单位：市住建局；责任领导：王副市长；完成时限：6月底前)\n"
        "（2）改造道路2条。(牵头单位：市城管委)",
    ).replace("配合单位：市财政局)", "配合单位：市财政局；责任领导：李副市长；完成时限：9月底)")
    plan = switch_on(make_draft(cast.office, text, MARCH), cast.office, MARCH)
    parted, led = (Task.objects.get(plan=plan, number=number) for number in (2, 3))
    for actor in (cast.office, cast.leader, cast.co_reporter):
        page = _shown(actor, led.get_absolute_url())
        assert "责任领导（原文所列）" in page
        assert "李副市长" in page
        assert "<dt>原文时限</dt><dd>9月底</dd>" in page
        page = _shown(actor, parted.get_absolute_url())
        assert "分项2个" in _words(page)
        assert "牵头：市住建局" in page
        assert "王副市长" in page
    held = led.responsibilities.get(unit=cast.co_lead)
    duty = _shown(cast.co_reporter, reverse("progress:duty", args=[plan.slug, held.pk]))
    assert "原文所列责任领导：李副市长" in duty
